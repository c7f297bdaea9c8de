"""Files that say what is left out of folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.patterns import Ignored
from tests.running import Run

TREE = ("a.txt", "b.txt", "old/a.txt", "old/deep/c.txt", "new/a.txt", "new/old/d.txt")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in TREE:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("It rained.\n")
    return tmp_path / "in"


def taken(run: Run, *more: str) -> set[str]:
    ran = run("in", "-o", "out", "-q", "--overwrite", *more)
    assert (ran.status, ran.err) == (0, "")
    out = Path("out")
    found = {p.relative_to(out).as_posix() for p in out.rglob("*.txt")}
    for name in found:
        (out / name).unlink()
    return found


def test_ignore_file_holds_for_all_under_it(run: Run, tree: Path) -> None:
    assert taken(run) == set(TREE)
    (tree / ".cleanerignore").write_text("# not these\nold/\n/b.txt\n")
    assert taken(run) == {"a.txt", "new/a.txt"}


def test_nearest_that_speaks_decides(run: Run, tree: Path) -> None:
    (tree / ".cleanerignore").write_text("a.txt\n")
    (tree / "new" / ".cleanerignore").write_text("!a.txt\n/old\n")
    assert taken(run) == {"b.txt", "old/deep/c.txt", "new/a.txt"}


def test_one_above_the_folder_holds_too(run: Run, tree: Path) -> None:
    (tree.parent / ".cleanerignore").write_text("/in/old/\n")
    assert taken(run) == {"a.txt", "b.txt", "new/a.txt", "new/old/d.txt"}


def test_what_is_named_is_taken(run: Run, tree: Path) -> None:
    (tree / ".cleanerignore").write_text("*\n")
    assert "no file was found" in run("in", "--check", "-q").err
    assert run("-q", "in/a.txt").out == b"It rained.\n"


def test_patterns_from_a_file(run: Run, tree: Path) -> None:
    (tree.parent / "left-out").write_text("old/\n!b.txt\n", encoding="utf-8-sig")
    assert taken(run, "--exclude-from", "left-out") == {"a.txt", "b.txt", "new/a.txt"}
    assert taken(run, "--exclude-from", "left-out", "--exclude", "a.txt") == {"b.txt"}
    (tree.parent / "cleaner.toml").write_text('exclude-from = "left-out"\n')
    assert taken(run) == {"a.txt", "b.txt", "new/a.txt"}
    assert "No such file" in run("in", "--check", "--exclude-from", "none").err


def test_file_that_is_no_text_is_one_line(run: Run, tree: Path) -> None:
    (tree / ".cleanerignore").write_bytes(b"\xff")
    ran = run("in", "--check")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ".cleanerignore: not UTF-8" in ran.err


def test_folder_and_file_are_told_apart(tree: Path) -> None:
    (tree / ".cleanerignore").write_text("x/\n")
    ignored = Ignored(tree)
    assert ignored.holds(tree / "x", is_folder=True)
    assert not ignored.holds(tree / "x", is_folder=False)
