"""The unified diff, by a small patch of our own (for many texts) and by GNU patch (for the real thing)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.patching import patched
from tests.running import Run
from tests.small import PACK, clean

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
    "adjacent contexts": "\n".join(
        [*PROSE[:3], "Read more: 1", *PROSE[3:9], "Read more: 2", *PROSE[9:16], "Read more: 3"]
    ),
}


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
    *(
        (TEXTS["several hunks"], name)
        for name in ("two words.txt", "sub/deep é.txt", "tab\there.txt", 'quo"te.txt', "a\\b")
    ),
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
