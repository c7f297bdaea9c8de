"""Inputs that no one would choose: a clear line on stderr or a clean result; never a traceback, never a hang."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.running import Run

GOOD = "It rained.\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9\n")
    (tmp_path / "utf16.txt").write_bytes("It rained.\n".encode("utf-16"))
    (tmp_path / "torn.txt").write_bytes("Zoë".encode()[:-1])
    (tmp_path / "rows.csv").write_text("text\nSHOP NOW\n")
    (tmp_path / "rows.jsonl").write_text('{"text": "SHOP NOW"}\n')
    (tmp_path / "surrogate.txt").write_bytes(b"\xed\xa0\x80\n")
    return tmp_path


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
def test_records_are_not_cleaned_as_one_text(run: Run, files: Path, name: str, quiet: tuple[str, ...]) -> None:
    ran = run(*quiet, name)
    assert (ran.status, ran.out) == (2, b"")
    assert "-o FOLDER" in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("none.txt", "No such file or directory"),
        ("latin.txt", "not UTF-8: byte 0xe9 at offset 3"),
        ("utf16.txt", "is UTF-16, not UTF-8; iconv"),
        ("torn.txt", "not UTF-8: byte 0xc3 at offset 2"),
        ("surrogate.txt", "not UTF-8: byte 0xed at offset 0"),
        ("x" * 300, "File name too long"),
        ("", "the file name is empty"),
        ("good.txt/x", "Not a directory"),
    ],
)
@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
def test_bad_file_is_one_line_and_others_go_on(
    run: Run, files: Path, name: str, error: str, quiet: tuple[str, ...]
) -> None:
    ran = run(*quiet, "good.txt", name, "good.txt")
    assert (ran.status, ran.out) == (2, GOOD.encode() * 2)
    assert error in ran.err
    assert ran.err.startswith(f"cleaner: {name}")
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(run: Run, files: Path) -> None:
    (files / "good.txt").chmod(0)
    ran = run("good.txt")
    assert ran.status == 2
    assert "Permission denied" in ran.err


def test_name_with_control_characters_is_shown_escaped(run: Run) -> None:
    ran = run("\x1b[31mno\nsuch")
    assert ran.status == 2
    assert "\x1b" not in ran.err
    assert ran.err.count("\n") == 1


def test_bad_stdin(run: Run) -> None:
    ran = run(stdin=b"It rained.\n\xff\n")
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err == "cleaner: stdin: not UTF-8: byte 0xff at offset 11\n"


@pytest.mark.parametrize("args", [(), ("--jsonl",), ("--check",), ("--diff-only",)])
def test_empty(run: Run, args: tuple[str, ...]) -> None:
    ran = run(*args, stdin=b"")
    assert (ran.status, ran.out, ran.err) == (0, b"", "")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000_000,
        "word " * 300_000,
        "* " * 500_000,
        "[" * 200_000,
        "](" * 200_000,
        "\n" * 100_000,
        "_a" * 300_000,
        "SHOP NOW\n" * 3_000,
        "\u200b" * 300_000,
        "a " + " " * 500_000 + "b",
        "By " + "A. " * 100_000,
    ],
    ids=[
        "50 MB",
        "words",
        "bullets",
        "brackets",
        "links",
        "blank",
        "marks",
        "dropped",
        "zero width",
        "spaces",
        "names",
    ],
)
def test_no_hang(run: Run, text: str) -> None:
    began = time.process_time()
    ran = run("-q", "--lang", "en", stdin=text)
    assert ran.status == 0
    assert ran.out in (text.encode(), b"")
    assert time.process_time() - began < 20


def test_line_that_is_evil_to_a_pattern_is_bounded_in_time(run: Run, tmp_path: Path) -> None:
    """Such a pattern cannot be written (the loader refuses); the bound in time holds all the same."""
    from cleaner.rules import pattern

    began = time.monotonic()
    assert pattern.first("^(?:a|aa|aaa|a){1,50}(?:a|aa|aaa){1,50}$", False, "a" * 200 + "b") is None
    assert time.monotonic() - began < 5
