"""`cleaner review`: the screen driven by keys and mouse, as a person drives it, at 80 by 24."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch import Plan
from cleaner.cli.review import Desk
from cleaner.render.review.session import BACK, CUT, GOES, OUT, STAYS, Review
from tests.batch_help import contents, tree
from tests.running import ROOT, Run

pytest.importorskip("textual", reason="textual is not there (pip install '.[review]')")

from textual.widgets import OptionList

from cleaner.render.review.app import ReviewApp

TEXT = (ROOT / "samples/local-paywall/in.txt").read_text()
BODY = (ROOT / "samples/local-paywall/out.txt").read_text()
INLINE = (ROOT / "samples/inline-promos/in.txt").read_text()

Act = Callable[[ReviewApp, Any], Awaitable[None]]


@pytest.fixture
def go(tmp_path: Path, cleaner: Cleaner, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ReviewApp]:
    """Runs the screen on files of the folder `in` while `act` drives it."""
    monkeypatch.chdir(tmp_path)

    def run(act: Act, files: dict[str, str | bytes] | None = None, overwrite: bool = False) -> ReviewApp:
        tree(tmp_path / "in", files or {"a.txt": TEXT})
        sources = [s for s in Plan(inputs=(Path("in"),)).sources() if not s.problem]
        desk = Desk(sources, cleaner, Path("reviewed"), (Path("in"),), overwrite)
        app = ReviewApp([s.name for s in sources], desk.load, desk.save)

        async def main() -> None:
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await pilot.pause()
                await act(app, pilot)

        asyncio.run(main())
        return app

    return run


def shown(app: ReviewApp, name: str) -> str:
    return str(app.query_one(f"#{name}").visual)  # type: ignore[attr-defined]


def line(app: ReviewApp, number: int) -> str:
    return str(app.query_one("#document", OptionList).get_option_at_index(number - 1).prompt)


def at(app: ReviewApp) -> int:
    return (app.query_one("#document", OptionList).highlighted or 0) + 1


def told(app: ReviewApp) -> str:
    return " | ".join(n.message for n in app._notifications)


async def press(pilot: Any, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def test_the_first_removal_is_chosen_and_its_rule_told(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        assert at(app) == 1
        assert line(app, 1) == "-    1 Skip to main content"
        assert line(app, 5).startswith("     5 Town library")
        assert "line 1 goes  nav/en/skip-to" in shown(app, "why")
        assert "1/1 a.txt: 9 lines go" in shown(app, "name")

    go(act)


def test_next_and_previous_go_from_removal_to_removal(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "n", "n", "n")
        assert at(app) == 7
        await press(pilot, "p")
        assert at(app) == 3
        await press(pilot, *"nnnnnnnnn")
        assert at(app) == 24
        assert "no further removal" in told(app)

    go(act)


def test_space_puts_a_removal_back_and_space_again_does_not(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space")
        assert line(app, 1) == "+    1 Skip to main content"
        assert "put back by you" in shown(app, "why")
        assert "8 lines go · 1 decided by you" in shown(app, "name")
        assert app.review
        assert app.review.body == f"Skip to main content\n{BODY}"
        await press(pilot, "space")
        assert app.review.body == BODY

    go(act)


def test_a_blank_line_goes_and_stays_with_its_neighbour(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "n", "n", "space")
        assert at(app) == 3
        assert [line(app, n)[0] for n in (2, 3, 4, 5)] == ["-", "+", "+", " "]
        await press(pilot, "down", "space")
        assert "a blank line goes and stays with its neighbour" in told(app)

    go(act)


def test_what_stays_can_be_taken_out(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "down", "down", "down", "down", "enter")
        assert line(app, 5).startswith("x    5 Town library")
        assert app.review
        assert app.review.body == BODY.split("\n", 1)[1]

    go(act)


def test_undo_goes_back_step_by_step(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "n", "space", "n", "space")
        assert app.review
        assert len(app.review.of(BACK)) == 3
        await press(pilot, "u", "u")
        assert [x.number for x in app.review.of(BACK)] == [1]
        assert at(app) == 2
        await press(pilot, "u", "u")
        assert app.review.body == BODY
        assert "nothing to undo" in told(app)

    go(act)


def test_categories_are_listed_and_one_can_be_kept_to(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        kinds = app.query_one("#categories", OptionList)
        listed = [str(o.prompt).split() for o in kinds.options]
        assert listed[:3] == [["all", "9"], ["paywall", "2"], ["ad", "2"]]
        await press(pilot, "c", "down", "down", "enter")
        assert at(app) == 14
        await press(pilot, "n")
        assert at(app) == 16
        await press(pilot, "n")
        assert "no further removal of ad" in told(app)
        await press(pilot, "c", "home", "enter", "n")
        assert at(app) == 2

    go(act)


def test_keys_do_not_turn_lines_while_the_categories_have_the_focus(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "c", "space")
        assert app.review
        assert not app.review.decided

    go(act)


def test_a_click_chooses_a_line_and_a_second_click_turns_it(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        assert app.review
        await pilot.click("#document", offset=(12, 6))
        await pilot.pause()
        assert at(app) == 7
        assert not app.review.decided
        await pilot.click("#document", offset=(12, 6))
        await pilot.pause()
        assert line(app, 7).startswith("+")

    go(act)


def test_a_click_on_a_category_keeps_to_it(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await pilot.click("#categories", offset=(3, 1))
        await pilot.click("#categories", offset=(3, 1))
        await pilot.pause()
        assert at(app) == app.review.removals("paywall")[0]  # type: ignore[union-attr]

    go(act)


def test_the_body_is_saved_as_decided(go: Callable[..., ReviewApp], tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "s")
        assert "saved: reviewed/a.txt" in told(app)

    go(act)
    assert contents(tmp_path) == {
        "in/a.txt": TEXT.encode(),
        "reviewed/a.txt": f"Skip to main content\n{BODY}".encode(),
    }


def test_a_file_keeps_its_encoding_and_line_ends(go: Callable[..., ReviewApp], tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "s")

    data = "\ufeff" + TEXT.replace("\n", "\r\n")
    go(act, {"a.txt": data.encode("utf-16-le")})
    wanted = ("\ufeff" + BODY.replace("\n", "\r\n")).encode("utf-16-le")
    assert (tmp_path / "reviewed/a.txt").read_bytes() == wanted


def test_nothing_that_is_there_is_overwritten_unasked(go: Callable[..., ReviewApp], tmp_path: Path) -> None:
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


def test_the_keep_list_lets_stay_what_was_put_back(go: Callable[..., ReviewApp], tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", *"nnnn", "space", "k")
        assert "saved: reviewed/keep.toml" in told(app)

    go(act)
    again = Cleaner(rules=["reviewed/keep.toml"]).clean(TEXT)
    assert "Skip to main content\n" in again.body
    assert "Published 7:02 AM GMT" in again.body
    assert "Log in" not in again.body.split("\n")


def test_the_draft_takes_out_what_was_taken_out(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "d")
        assert "nothing was taken out" in told(app)
        await press(pilot, "down", "down", "down", "down", "space", "d")

    go(act)
    result = Cleaner(rules=["reviewed/draft.toml"], select=["site/any/taken-out-1-town-library-to-open"]).clean(TEXT)
    assert [e.removed for e in result.edits if e.removed.strip()] == ["Town library to open on Sundays from May\n"]


def test_examples_name_the_rule_and_the_line(go: Callable[..., ReviewApp], tmp_path: Path) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "e")

    go(act)
    text = (tmp_path / "reviewed/examples.toml").read_text()
    assert "# nav/en/skip-to\n" in text
    assert tomllib.loads(text) == {"keep": ["Skip to main content"]}


def test_documents_follow_one_another_and_keep_their_decisions(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "right_square_bracket")
        assert "2/3 b.txt" in shown(app, "name")
        await press(pilot, "right_square_bracket")
        assert "there is no further document" in told(app)
        assert "c.txt: not UTF-8" in told(app).replace("in/", "")
        await press(pilot, "left_square_bracket")
        assert "1/3 a.txt: 8 lines go · 1 decided by you" in shown(app, "name")

    go(act, {"a.txt": TEXT, "b.txt": INLINE, "c.txt": b"\xff\xfa rain"})


def test_a_span_that_is_cut_can_be_put_back(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        review = app.review
        assert review
        number = next(x.number for x in review.lines if review.stand(x.number) == CUT)
        assert line(app, number) == f"~ {number:>4} {review.lines[number - 1].text}"
        app.query_one("#document", OptionList).highlighted = number - 1
        before = review.body
        await press(pilot, "space")
        assert review.lines[number - 1].raw in review.body
        assert review.lines[number - 1].raw not in before

    go(act, {"b.txt": INLINE})


def test_quitting_with_decisions_asks_once(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "q")
        assert "not saved: q once more quits" in told(app)
        assert app.is_running
        await press(pilot, "q")
        assert app._exit

    go(act)


def test_the_keys_are_shown_and_fit(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "question_mark")
        box = app.screen.query_one("#help").region
        assert box.width <= 80
        assert box.height <= 24
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    go(act)


def test_nothing_of_a_text_steers_the_terminal_or_is_markup(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        assert line(app, 1).endswith(r"[bold]One[/bold] \x1b[31m \u202e [/] $x")
        picture = app.export_screenshot()
        assert "\x1b" not in picture
        assert "\u202e" not in picture

    go(act, {"a.txt": "[bold]One[/bold] \x1b[31m \u202e [/] $x\nTwo.\nAdvertisement\n"})


def test_an_empty_document_and_a_long_one_are_shown(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "n", "u", "right_square_bracket")
        assert "2/2 b.txt: 1 lines go" in shown(app, "name")
        await press(pilot, "end")
        assert at(app) == 3000

    go(act, {"a.txt": "", "b.txt": "The council met on Monday.\n" * 2998 + "Advertisement\nWork begins in May.\n"})


def test_the_screen_is_as_it_is_shown_in_the_documentation(go: Callable[..., ReviewApp]) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "n", "n")
        rows = ["".join(segment.text for segment in strip).rstrip() for strip in app.screen._compositor.render_strips()]
        assert len(rows) == 24
        page = (ROOT / "docs/review.md").read_text()
        assert "\n".join(rows).strip() in page, "\n".join(rows)

    go(act)


def test_stands_are_told_without_a_screen() -> None:
    review = Review(Cleaner().clean(TEXT, "a.txt"))
    assert (review.stand(1), review.stand(5)) == (GOES, STAYS)
    assert review.turn(5)
    assert review.stand(5) == OUT
    assert not review.turn(4)  # blank
    assert review.body != BODY
    review.undo()
    assert review.body == BODY


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
