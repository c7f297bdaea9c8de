"""`cleaner explain`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import Run

PROSE = "The council met on Monday and voted for a new bridge over the river, which will cost about two million."
PAGE = f"By Jane Whitlow\n\n{PROSE}\n\nWrite the Gazette a postcard\n\n{PROSE.replace('Monday', 'Friday')}\nAdvertisement\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return path


def test_an_overview_has_every_line_that_is_not_blank(run: Run, page: Path) -> None:
    done = run("explain", "page.txt")
    lines = done.out.decode().splitlines()
    assert done.status == 0
    assert [line.split()[:2] for line in lines] == [
        ["1", "goes"], ["3", "stays"], ["5", "stays"], ["7", "stays"], ["8", "goes"],
    ]  # fmt: skip
    assert "byline/en/by-name" in lines[0]


def test_a_line_is_told_in_full_and_the_same_as_json(run: Run, page: Path) -> None:
    told = run("explain", "page.txt:5").out.decode()
    (data,) = map(json.loads, run("explain", "page.txt:5", "--json").out.splitlines())
    assert (data["action"], data["decided"], data["line"]) == ("keep", "stays", 5)
    assert f"{data['missing']:.2f} is missing" in told
    for part in data["parts"]:
        assert part["why"]
    for said in data["advice"]:
        assert f"  - {said}\n" in told
    assert told.count("cleaner rules new page.txt:5") == 1
    assert data["before"]["line"] == 3


def test_ranges_stdin_and_several_places(run: Run, page: Path) -> None:
    data = [json.loads(line) for line in run("explain", "page.txt:1-3", "page.txt:8", "--json").out.splitlines()]
    assert [d["line"] for d in data] == [1, 2, 3, 8]
    assert data[1]["decided"] == "blank"
    assert run("explain", "-:8", stdin=PAGE).out.decode().startswith("stdin:8 goes\n")
    assert len(run("explain", "page.txt", "--json").out.splitlines()) == PAGE.count("\n") + 1


def test_a_name_with_a_colon_is_a_file_if_it_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a:1").write_text("Advertisement\n")
    assert run("explain", "a:1").out.decode().split()[:2] == ["1", "goes"]
    assert run("explain", "a:1:1").out.decode().startswith("a:1:1 goes")


def test_levels_and_rules_are_those_of_a_run(run: Run, page: Path) -> None:
    assert b"page.txt:8 stays" in run("explain", "page.txt:8", "--ignore", "ad").out
    (data,) = map(json.loads, run("explain", "page.txt:5", "--level", "thorough", "--json").out.splitlines())
    assert data["level"] == "thorough"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["page.txt:99"], "page.txt: has no line 99; the last is 8"),
        (["page.txt:0"], "lines are numbered from 1"),
        (["page.txt:5-3"], "lines are numbered from 1"),
        (["missing.txt:3"], "missing.txt: No such file"),
        (["bad.txt"], "bad.txt: not UTF-8"),
        (["empty.txt:1"], "empty.txt: has no line 1"),
        (["page.txt", "--level", "x"], "'x' is not one of"),
        ([], "Missing argument"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, page: Path, args: list[str], said: str) -> None:
    (page.parent / "bad.txt").write_bytes(b"\xff\n")
    (page.parent / "empty.txt").write_text("")
    done = run("explain", *args)
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert said in done.err


def test_nothing_of_a_text_steers_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "\x1b[31mAdvertisement\x07 \u202eevil\n\nBy becoming \x1b]0;x\x07 a Friend you support our work.\n"
    )
    for place in ("x.txt", "x.txt:1", "x.txt:3"):
        done = run("explain", place, tty=("stdout",)).out.decode()
        assert not set("\x1b\x07\u202e") & set(done.replace("\x1b[", "[") if "\x1b[31mA" not in done else done)
        assert "\x1b[31mAdv" not in done
        assert "\x1b]" not in done
