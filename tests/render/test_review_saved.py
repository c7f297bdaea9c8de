"""`cleaner review`: what it writes of the decisions, and what it refuses."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from cleaner import Cleaner
from tests.batch_help import contents, tree
from tests.review_help import BODY, TEXT, Go, ReviewApp, press, told
from tests.running import Run


def test_the_body_is_saved_as_decided(go: Go, tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "s")
        assert "saved: reviewed/a.txt" in told(app)

    go(act)
    assert contents(tmp_path) == {
        "in/a.txt": TEXT.encode(),
        "reviewed/a.txt": f"Skip to main content\n{BODY}".encode(),
    }


def test_a_file_keeps_its_encoding_and_line_ends(go: Go, tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "s")

    data = "\ufeff" + TEXT.replace("\n", "\r\n")
    go(act, {"a.txt": data.encode("utf-16-le")})
    wanted = ("\ufeff" + BODY.replace("\n", "\r\n")).encode("utf-16-le")
    assert (tmp_path / "reviewed/a.txt").read_bytes() == wanted


def test_nothing_that_is_there_is_overwritten_unasked(go: Go, tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "s")
        assert "is there already; --overwrite" in told(app)

    async def twice(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "s", "space", "s")  # what this session saved, it may save again

    tree(tmp_path, {"reviewed/a.txt": "mine\n"})
    go(act)
    assert (tmp_path / "reviewed/a.txt").read_text() == "mine\n"
    go(twice, overwrite=True)
    assert (tmp_path / "reviewed/a.txt").read_text() == f"Skip to main content\n{BODY}"


def test_the_keep_list_lets_stay_what_was_put_back(go: Go, tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", *"nnnn", "space", "k")
        assert "saved: reviewed/keep.toml" in told(app)

    go(act)
    again = Cleaner(rules=["reviewed/keep.toml"]).clean(TEXT)
    assert "Skip to main content\n" in again.body
    assert "Published 7:02 AM GMT" in again.body
    assert "Log in" not in again.body.split("\n")


def test_the_draft_takes_out_what_was_taken_out(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "d")
        assert "nothing was taken out" in told(app)
        await press(pilot, "down", "down", "down", "down", "space", "d")

    go(act)
    result = Cleaner(rules=["reviewed/draft.toml"], select=["site/any/taken-out-1-town-library-to-open"]).clean(TEXT)
    assert [e.removed for e in result.edits if e.removed.strip()] == ["Town library to open on Sundays from May\n"]


def test_examples_name_the_rule_and_the_line(go: Go, tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "e")

    go(act)
    text = (tmp_path / "reviewed/examples.toml").read_text()
    assert "# nav/en/skip-to\n" in text
    assert tomllib.loads(text) == {"keep": ["Skip to main content"]}


def test_what_cannot_be_reviewed_is_refused(run: Run, tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": TEXT, "b.jsonl": "{}\n", "empty/.keep": ""})
    for args, why in (
        (("a.txt",), "review needs a terminal"),
        (("b.jsonl",), "b.jsonl: holds records"),
        (("empty",), "empty: no texts there"),
    ):
        ran = run("review", *args)
        assert (ran.status, ran.out, ran.err.count("\n")) == (2, b"", 1)
        assert why in ran.err
