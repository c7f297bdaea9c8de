"""The unified diff, by a small patch of our own (for many texts) and by GNU patch (for the real thing)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from small import PACK, clean

PATCH = shutil.which("patch")
PROSE = [f"Sentence {n} of the article says something that no rule would take for anything else." for n in range(30)]
TEXTS = {
    "plain": "A b.\nRead more: x\nC d.\n",
    "crlf": "A b.\r\n\r\nRead more: x\r\n\r\nC d.\r\n",
    "no final newline": "A b.\nRead more: x\nC d.",
    "last line without newline goes": "A b.\nC d.\nRead more: x",
    "last two without newline go": "A b.\nRead more: y\n\nRead more: x",
    "cut": "A b. (see also: x) C d.\nE f.\n",
    "cut in the last line without newline": "A b.\nC d. (see also: x)",
    "cut and drop side by side": "A b. (see also: x)\nRead more: x\nC d. (see also: y)\nRead more: z\nE f.\n",
    "several hunks": "\n".join([*PROSE[:10], "Read more: 1", *PROSE[10:20], "", "Read more: 2", "", *PROSE[20:], ""]),
    "all": "Read more: x\nRead more: y\n",
    "all without newline": "Read more: x",
    "bom": "\ufeffRead more: x\nA b.\n",
    "looks like a diff": "--- a\n+++ b\n@@ -1,1 +1,1 @@\nRead more: x\n-A\n+B\n\\ No newline\nC d.\n",
    "form feeds and odd line ends": "A\x0cb\u2028c\x85d\nRead more: x\re\nF\r",
    "adjacent contexts": "\n".join([*PROSE[:3], "Read more: 1", *PROSE[3:9], "Read more: 2", *PROSE[9:16], "Read more: 3"]),
}


def patched(diff: str, text: str, back: bool = False) -> str:
    """`text` with a unified diff applied, or taken back; every context line is compared."""
    lines = text.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    out: list[str] = []
    at = 0
    rows = diff.split("\n")[2:-1] if diff else []
    i = 0
    while i < len(rows):
        m = re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", rows[i])
        assert m, rows[i]
        old_start, old_count, new_start, new_count = map(int, m.groups())
        start, count = (new_start, new_count) if back else (old_start, old_count)
        start -= bool(count)
        out += lines[at:start]
        at = start
        other_start = (old_start if back else new_start) - bool(old_count if back else new_count)
        assert len(out) == other_start
        seen = [0, 0]
        i += 1
        while i < len(rows) and not rows[i].startswith("@@"):
            mark, line = rows[i][0], rows[i][1:] + "\n"
            i += 1
            if i < len(rows) and rows[i].startswith("\\"):
                line = line[:-1]
                i += 1
            seen[0] += mark in " -"
            seen[1] += mark in " +"
            if mark in (" +" if back else " -"):
                assert lines[at] == line
                at += 1
            if mark in (" -" if back else " +"):
                out.append(line)
        assert seen == [old_count, new_count]
    return "".join(out + lines[at:])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_own_patch(text: str) -> None:
    result = clean(text)
    assert result.changed
    assert patched(result.diff(), text) == result.body
    assert patched(result.diff(), result.body, back=True) == text


def gnu_patch(folder: Path, diff: bytes, *args: str) -> None:
    done = subprocess.run(
        [str(PATCH), "--batch", "--silent", *args], cwd=folder, input=diff, capture_output=True, timeout=20
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(folder.glob("*.rej"))


CASES = [
    *((text, "article.txt") for text in TEXTS.values()),
    *((TEXTS["several hunks"], name) for name in ("two words.txt", "sub/deep é.txt", "tab\there.txt", 'quo"te.txt', "a\\b")),
]


@pytest.mark.skipif(PATCH is None, reason="GNU patch is not installed")
@pytest.mark.parametrize(("text", "name"), CASES, ids=[*TEXTS, "spaces", "folder", "tab", "quote", "backslash"])
def test_gnu_patch_forward_and_back(text: str, name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(PACK.partition('[[rule]]\nid = "related"')[0].replace('id = "', 'id = "t-'))
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    options = ("--rules", "own.toml", "--select", "promo/en/t-*", name)
    ran = run("-q", *options)
    assert ran.err == ""
    body = ran.out
    diff = run("--diff-only", *options).out
    assert body != text.encode()
    gnu_patch(tmp_path, diff, "-p0", "--no-backup-if-mismatch")
    assert (file.read_bytes() if file.exists() else b"") == body
    gnu_patch(tmp_path, diff, "-p0", "-R", "--no-backup-if-mismatch")
    assert file.read_bytes() == text.encode()


@pytest.mark.skipif(PATCH is None, reason="GNU patch is not installed")
def test_gnu_patch_takes_the_diff_of_several_files(run: Run, tmp_path: Path) -> None:
    texts = {"a.txt": "A b.\nSHOP NOW\n", "b.txt": "C d.\n", "c.txt": "E f.\n\nSHOP NOW\n\nG h.\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    diff = run("--diff-only", *texts).out
    gnu_patch(tmp_path, diff, "-p0")
    assert [(tmp_path / n).read_text() for n in texts] == ["A b.\n", "C d.\n", "E f.\n\nG h.\n"]
    gnu_patch(tmp_path, diff, "-p0", "-R")
    assert {n: (tmp_path / n).read_text() for n in texts} == texts
