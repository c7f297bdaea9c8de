"""What a folder holds and a run does not take is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.batch.left_out import OTHER, LeftOut, suffix_of
from tests.batch_help import DIRTY, tree
from tests.running import Run

ODD = {
    **{f"{n}.pdf": "x" for n in range(10)},
    "sub/a.html": "x",
    "sub/b.HTML": "x",
    "c.docx": "x",
    "d.html.gz": "x",
    "The end. Or not quite": "x",
    ".hidden.pdf": "x",
}
SAID = (
    "10 .pdf (pdftotext), 2 .html (--format html), 1 of other names, 1 .docx (pandoc), 1 .html.gz (--format html);"
    " --include GLOB takes those that are texts\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tree(tmp_path / "in", ODD)


@pytest.mark.parametrize("to", [("-o", "out"), ("-i",), ("--check",)])
def test_what_is_left_out_closes_the_run(to: tuple[str, ...], folder: Path, run: Run) -> None:
    tree(folder, {"good.txt": DIRTY})
    ran = run("in", *to)
    assert ran.status == (1 if "--check" in to else 0)
    assert ran.err.endswith(f"cleaner: 15 files were left out by suffix: {SAID}")
    assert ran.err.count("left out") == 1


def test_a_quiet_run_and_one_that_takes_all_say_nothing(folder: Path, run: Run) -> None:
    tree(folder, {"good.txt": DIRTY})
    assert run("-q", "in", "-o", "out").err == ""
    assert "left out" not in run("in", "-o", "all", "--include", "*").err


def test_what_the_user_leaves_out_is_not_counted(folder: Path, run: Run) -> None:
    tree(folder, {"good.txt": DIRTY})
    err = run("in", "-o", "out", "--exclude", "*.pdf", "--exclude", "*.gz").err
    assert "4 files were left out by suffix: 2 .html (--format html), 1 of other names, 1 .docx (pandoc);" in err
    assert "left out" not in run("in", "-o", "two", "--include", "*.txt").err


@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["", "quiet"])
@pytest.mark.parametrize("content", [ODD, {}], ids=["odd", "empty"])
def test_a_check_of_nothing_does_not_pass(
    quiet: tuple[str, ...], content: dict[str, str], run: Run, tmp_path: Path
) -> None:
    tree(tmp_path / "in", content).mkdir(exist_ok=True)
    ran = run(*quiet, "in", "--check")
    assert ran.status == 2
    assert "cleaner: in: no file was found to check\n" in ran.err
    assert ("left out" in ran.err) is bool(content)


def test_a_check_of_an_empty_list_does_not_pass(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names").write_text("")
    ran = run("-q", "--check", "--files-from", "names")
    assert (ran.status, ran.err) == (2, "cleaner: names: no file was found to check\n")
    ran = run("-q", "--check", "--files-from", "-", stdin="")
    assert (ran.status, ran.err) == (2, "cleaner: stdin: no file was found to check\n")


def test_cleaning_nothing_is_done_at_once_and_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = run("-q", "in", "-o", "out")
    assert (ran.status, ran.err) == (0, "cleaner: in: no file was found to clean\n")


def test_a_run_to_resume_that_has_all_is_not_nothing(run: Run, tmp_path: Path) -> None:
    tree(tmp_path / "in", {"good.txt": DIRTY})
    for _ in range(2):
        ran = run("-q", "in", "-o", "out", "--resume")
        assert (ran.status, ran.err) == (0, "")


def test_the_summary_in_json_has_it(folder: Path, run: Run) -> None:
    ran = run("-q", "in", "-o", "out", "--summary", "json")
    assert json.loads(ran.out)["left_out"] == {".pdf": 10, ".html": 2, OTHER: 1, ".docx": 1, ".html.gz": 1}


def test_as_many_suffixes_as_there_may_be_are_bounded() -> None:
    left_out = LeftOut()
    for number in range(5000):
        left_out.add(f"page.{number}")
    assert left_out.suffixes.total() == 5000
    assert len(left_out.suffixes) <= 1001
    assert str(left_out).startswith("5,000 files were left out by suffix: 4,000 of other names, ")
    assert suffix_of("no suffix") == OTHER
