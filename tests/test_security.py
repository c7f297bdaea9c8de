"""SECURITY.md: each threat has tests that exist; and those tests that have no other home."""

from __future__ import annotations

import ast
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.formats import members
from cleaner.formats import text as texts
from tests.batch_help import DIRTY, tree
from tests.running import ROOT, Run

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]
GUARDED = """
import sys
def refuse(event, args):
    if event in ("socket.__new__", "socket.bind") and "html" in sys.argv:
        return  # urllib3, which trafilatura imports, tries whether there is an IPv6 on this machine
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "urllib.")):
        raise SystemExit(f"{event} {args}")
from cleaner.cli.entry import main
sys.addaudithook(refuse)
sys.exit(main(sys.argv[1:]))
"""
# A page whose type, pictures, frames and addresses lie elsewhere.
LOADING = """<!DOCTYPE html SYSTEM "http://example.org/a.dtd">
<html><head><base href="http://example.org/"><link rel="stylesheet" href="http://example.org/a.css"></head><body><article>
<p>The council met on Monday.</p><img src="http://example.org/a.png"><iframe src="http://example.org/b"></iframe>
<p>Work begins in May, and the bridge will be open in the spring of the year after that, it said.</p>
</article></body></html>
"""


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip()[:50] for row in ROWS])
def test_every_row_names_tests_that_exist(row: str) -> None:
    _, threat, held, named, _ = row.split("|")
    assert threat.strip()
    assert held.strip()
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", named)
    assert tests
    assert named.replace("`", "").split() == ["::".join(test) for test in tests]
    for path, function in tests:
        tree_of = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree_of.body if isinstance(node, ast.FunctionDef)}, (
            f"{path}::{function}"
        )


def test_there_are_rows() -> None:
    assert len(ROWS) > 10


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of this module keep the rules that the first one makes ready."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize(
    "args",
    [
        ["-q", "in/a.txt"],
        ["in/a.txt", "https://example.org/a"],
        ["--jsonl", "in/b.jsonl"],
        ["in", "-o", "out", "--repeats", "--report", "report", "--jobs", "1"],
        ["in", "-i=.bak"],
        ["learn", "in", "--by-site"],
        ["rules", "lint"],
        ["rules", "try", "^advertisement", "in/a.txt"],
        ["explain", "in/a.txt"],
        ["in/a.txt", "--check", "-q", "--report", "r.jsonl"],
        ["report", "results.jsonl", "-o", "page.html"],
        ["compare", "results.jsonl", "results.jsonl"],
        ["-V"],
        ["--format", "html", "-q", "page.html"],
    ],
    ids=" ".join,
)
def test_no_connection_is_opened_and_no_program_started(args: list[str], tmp_path: Path, ready: Path) -> None:
    record = json.dumps({"text": DIRTY, "url": "https://example.org/1"})
    if "page.html" in args and "-q" in args:
        pytest.importorskip("trafilatura", reason="the extra html is not installed")
    tree(tmp_path, {"in/a.txt": DIRTY, "in/b.jsonl": f"{record}\n{record}\n", "page.html": LOADING})
    tree(tmp_path, {"results.jsonl": json.dumps({"text": DIRTY, "edits": []}) + "\n"})
    if args[0] == "report":
        (tmp_path / "page.html").unlink()
    done = subprocess.run(
        [sys.executable, "-c", GUARDED, *args],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "CLEANER_CACHE": str(ready)},
        capture_output=True,
        text=True,
    )
    missing = any("https" in arg for arg in args)
    assert done.returncode == (2 if missing else 1 if "--check" in args else 0), done.stderr
    assert "socket" not in done.stderr


def test_packed_data_without_end_is_refused_unread(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MAX_RECORD", 1 << 20)
    tree(tmp_path, {"in/bomb.txt.gz": gzip.compress(b"\0" * (64 << 20)), "in/good.txt": DIRTY})
    sizes = []
    real = members.Members.readinto

    def readinto(self: members.Members, buffer: bytearray) -> int:
        sizes.append(real(self, buffer))
        return sizes[-1]

    monkeypatch.setattr(members.Members, "readinto", readinto)
    ran = run("-q", "in", "-o", "out", "--jobs", "1")
    assert ran.status == 2
    assert ran.err.startswith("cleaner: bomb.txt.gz: larger than ")
    assert 1 << 20 < sum(sizes) <= 4 << 20  # what is read ahead is a part of it
    assert sorted(p.name for p in (tmp_path / "out").glob("*.*")) == ["good.txt"]


def test_nothing_in_a_record_is_a_path(run: Run, tmp_path: Path) -> None:
    evil = "../../evil"
    record = {"text": DIRTY, "name": evil, "id": evil, "url": evil, "site": evil, evil: evil}
    tree(tmp_path, {"here/in/a.jsonl": json.dumps(record) + "\n"})
    before = {p for p in tmp_path.rglob("*") if p.is_file()}
    ran = run("-q", "here/in", "-o", "here/out", "--repeats", "--site-field", "site", "--report", "here/report")
    assert ran.status == 0
    after = {p for p in tmp_path.rglob("*") if p.is_file()} - before
    assert after == {tmp_path / "here" / "out" / "a.jsonl", tmp_path / "here" / "report"}
