from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.batch import Summary
from cleaner.batch.tally import Failure
from cleaner.cli.app import run
from cleaner.cli.batch_options import KINDS
from cleaner.formats import Kind
from cleaner.render.progress import Bar, Lines, table
from tests.batch_help import CLEAN, DIRTY, contents, tree


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", {"a.txt": DIRTY, "b/c.txt": DIRTY, "b/d.txt": CLEAN})


def cli(*args: object) -> int:
    return run([*map(str, args), "--select", "ad", "--lang", "en"])


def test_a_folder_on_the_command_line(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out, report = tmp_path / "out", tmp_path / "report.jsonl"
    assert cli(source, "-o", out, "--exclude", "d.txt", "--report", report) == 0
    assert contents(out) == {"a.txt": CLEAN.encode(), "b/c.txt": CLEAN.encode()}
    stdout, stderr = capfd.readouterr()
    assert stdout == ""
    assert "documents" in stderr
    assert [json.loads(row)["name"] for row in report.read_text().splitlines()] == ["a.txt", "b/c.txt"]
    assert cli(source, "-o", out, "-q") == 2
    assert "is not empty; --overwrite replaces" in capfd.readouterr().err
    assert cli(source, "-o", out, "-q", "--overwrite", "--summary", "json") == 0
    assert json.loads(capfd.readouterr().out)["changed"] == 2


def test_check_and_in_place(source: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(source, "--check", "-q") == 1
    assert cli(source, "-i=.orig", "-q") == 0
    assert contents(source)["a.txt.orig"] == DIRTY.encode()
    assert cli(source, "--check", "-q", "--exclude", "*.orig") == 0
    assert capfd.readouterr() == ("", "")


def test_records_are_never_cleaned_as_lines(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": DIRTY}) + "\n")
    assert cli(path) == 2
    assert f"cleaner: {path} holds records, or is packed: say where the results go" in capfd.readouterr().err
    assert cli(path, "--jsonl") == 0
    assert json.loads(capfd.readouterr().out)["text"] == CLEAN
    assert cli(path, "-i", "-q") == 0
    assert json.loads(path.read_text())["text"] == CLEAN


def test_an_option_that_makes_a_batch_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(DIRTY)
    for options, said in ((("--jobs", "2"), "--jobs is"), (("--resume", "--include", "x"), "--include, --resume are")):
        assert cli(tmp_path / "a.txt", *options) == 2
        assert f"cleaner: {said} for folders and corpora: say where the results go" in capfd.readouterr().err


def test_failures_are_named_in_the_end(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tree(source, {"bad.txt": b"\xff"})
    assert cli(source, "-o", tmp_path / "out", "-q") == 2
    assert capfd.readouterr().err == "cleaner: bad.txt: not UTF-8: byte 0xff at offset 0\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "in is a folder: say where the results go"),
        (["-o", "x", "-i"], "exclude each other"),
        (["--diff", "words", "-o", "x"], "are for single texts"),
        (["-o", "x", "--files-from", "y"], "but not both"),
        (["-o", "x", "-0"], "-0 needs --files-from"),
        (["-", "-o", "x"], "the standard input is no part of a batch"),
        (["--check", "--resume"], "--resume needs an output folder"),
        (["-o", "x", "--jobs", "0"], "0 is not in the range"),
        (["--files-from", "nowhere", "-o", "x"], "but not both"),
    ],
)
def test_bad_usage_is_one_line(source: Path, args: list[str], message: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(source, *args) == 2
    err = capfd.readouterr().err
    assert message in err
    assert err.count("\n") == 1


def test_a_table_on_the_standard_input_is_no_batch(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli("--format", "csv", "-q") == 2
    assert capfd.readouterr().err.startswith(
        "cleaner: the standard input is no part of a batch; name files and folders"
    )


def test_a_list_that_is_not_there(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli("--files-from", tmp_path / "nowhere", "-o", tmp_path / "out", "-q") == 2
    assert capfd.readouterr().err == f"cleaner: {tmp_path / 'nowhere'}: No such file or directory\n"


def test_the_kinds_are_those_of_the_formats() -> None:
    assert list(KINDS) == list(Kind)


def test_progress(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr("cleaner.render.progress._PAUSE", 0.0)
    for shown in (Lines(sys.stderr), Bar(sys.stderr, colored=False)):
        shown.begin(2, 2_000_000)
        shown.advance(1, 1_000_000)
        shown.failed("x", "y")
        shown.note("a\x1b[31mb")
        shown.end()
    err = capsys.readouterr().err
    assert "1 documents, 1.0 MB" in err
    assert err.count("a\\x1b[31mb") == 2
    summary = Summary(failed=1, resumed=3, seconds=2.0, size=4_000_000, notes=[Failure("a", "b")])
    summary.tally.guarded = 1
    text = "".join(t for line in table(summary) for t, _ in line)
    assert "failures" in text
    assert "2.0 MB/s" in text
