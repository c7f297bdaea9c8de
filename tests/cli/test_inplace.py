"""`-i`: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cleaner.disk import aside
from tests.running import Run

DIRTY = "It rained.\n\nSHOP NOW\n"
BODY = "It rained.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    path.chmod(0o640)
    return path


@pytest.mark.parametrize(
    ("flag", "backup"),
    [
        ("-i", None),
        ("--in-place", None),
        ("-i=.bak", "a.txt.bak"),
        ("-i.orig", "a.txt.orig"),
        ("--in-place=~", "a.txt~"),
    ],
)
def test_in_place(run: Run, file: Path, flag: str, backup: str | None) -> None:
    ran = run(flag, "a.txt")
    assert (ran.status, ran.out) == (0, b"")
    assert "-SHOP NOW" in ran.err
    assert file.read_text() == BODY
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert {p.name for p in file.parent.iterdir()} == {"a.txt", *([backup] if backup else [])}
    if backup:
        assert (file.parent / backup).read_text() == DIRTY
        assert stat.S_IMODE((file.parent / backup).stat().st_mode) == 0o640


def test_clean_file_is_not_touched(run: Run, file: Path) -> None:
    file.write_text(BODY)
    os.utime(file, (1, 1))
    assert run("-i=.bak", "a.txt").status == 0
    assert file.stat().st_mtime == 1
    assert [p.name for p in file.parent.iterdir()] == ["a.txt"]


def test_link_stays_a_link(run: Run, file: Path) -> None:
    (file.parent / "link").symlink_to("a.txt")
    assert run("-q", "-i", "link").status == 0
    assert (file.parent / "link").is_symlink()
    assert file.read_text() == BODY


def test_after_double_dash_it_is_a_name(run: Run, file: Path) -> None:
    file.rename(file.parent / "-i=x")
    assert run("-q", "--", "-i=x").out == BODY.encode()


def test_failing_write_leaves_the_file(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(aside.os, "fsync", broken)
    ran = run("-q", "-i=.bak", "a.txt")
    assert ran.status == 2
    assert ran.err == "cleaner: a.txt: cannot be written: No space left on device\n"
    assert file.read_text() == DIRTY
    assert [p.name for p in file.parent.iterdir()] == ["a.txt"]


def test_bad_file_does_not_stop_the_others(run: Run, file: Path) -> None:
    (file.parent / "b.txt").write_bytes(b"\xff")
    assert run("-q", "-i", "b.txt", "a.txt").status == 2
    assert file.read_text() == BODY
    assert (file.parent / "b.txt").read_bytes() == b"\xff"
