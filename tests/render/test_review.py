"""`cleaner review`: what the screen shows, and what keys and mouse do with it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.render.review.session import BACK, CUT, GOES, OUT, STAYS, Review
from tests.review_help import BODY, INLINE, TEXT, Go, OptionList, ReviewApp, at, line, press, settled, shown, told
from tests.running import ROOT


def test_the_first_removal_is_chosen_and_its_rule_told(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        assert at(app) == 1
        assert line(app, 1) == "-    1 Skip to main content"
        assert line(app, 5).startswith("     5 Town library")
        assert "line 1 goes  nav/en/skip-to" in shown(app, "why")
        assert "1/1 a.txt: 9 lines go" in shown(app, "name")

    go(act)


def test_next_and_previous_go_from_removal_to_removal(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "n", "n", "n")
        assert at(app) == 7
        await press(pilot, "p")
        assert at(app) == 3
        await press(pilot, *"nnnnnnnnn")
        assert at(app) == 24
        assert "no further removal" in told(app)

    go(act)


def test_space_puts_a_removal_back_and_space_again_does_not(go: Go) -> None:
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


def test_a_blank_line_goes_and_stays_with_its_neighbour(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "n", "n", "space")
        assert at(app) == 3
        assert [line(app, n)[0] for n in (2, 3, 4, 5)] == ["-", "+", "+", " "]
        await press(pilot, "down", "space")
        assert "a blank line goes and stays with its neighbour" in told(app)

    go(act)


def test_what_stays_can_be_taken_out(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "down", "down", "down", "down", "enter")
        assert line(app, 5).startswith("x    5 Town library")
        assert app.review
        assert app.review.body == BODY.split("\n", 1)[1]

    go(act)


def test_undo_goes_back_step_by_step(go: Go) -> None:
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


def test_categories_are_listed_and_one_can_be_kept_to(go: Go) -> None:
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


def test_keys_do_not_turn_lines_while_the_categories_have_the_focus(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "c", "space")
        assert app.review
        assert not app.review.decided

    go(act)


def test_a_click_chooses_a_line_and_a_second_click_turns_it(go: Go) -> None:
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


def test_a_click_on_a_category_keeps_to_it(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await pilot.click("#categories", offset=(3, 1))
        await pilot.click("#categories", offset=(3, 1))
        await pilot.pause()
        assert at(app) == app.review.removals("paywall")[0]  # type: ignore[union-attr]

    go(act)


def test_documents_follow_one_another_and_keep_their_decisions(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "right_square_bracket")
        assert "2/3 b.txt" in shown(app, "name")
        await press(pilot, "right_square_bracket")
        assert "there is no further document" in told(app)
        assert "c.txt: not UTF-8" in told(app).replace("in/", "")
        await press(pilot, "left_square_bracket")
        assert "1/3 a.txt: 8 lines go · 1 decided by you" in shown(app, "name")

    go(act, {"a.txt": TEXT, "b.txt": INLINE, "c.txt": b"\xff\xfa rain"})


def test_a_span_that_is_cut_can_be_put_back(go: Go) -> None:
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


def test_quitting_with_decisions_asks_once(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "q")
        assert "not saved: q once more quits" in told(app)
        assert app.is_running
        await press(pilot, "q")
        assert app._exit

    go(act)


def test_the_keys_are_shown_and_fit(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "question_mark")
        box = app.screen.query_one("#help").region
        assert box.width <= 80
        assert box.height <= 24
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1

    go(act)


def test_nothing_of_a_text_steers_the_terminal_or_is_markup(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        assert line(app, 1).endswith(r"[bold]One[/bold] \x1b[31m \u202e [/] $x")
        picture = app.export_screenshot()
        assert "\x1b" not in picture
        assert "\u202e" not in picture

    go(act, {"a.txt": "[bold]One[/bold] \x1b[31m \u202e [/] $x\nTwo.\nAdvertisement\n"})


def test_an_empty_document_and_a_long_one_are_shown(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "n", "u", "right_square_bracket")
        assert "2/2 b.txt: 1 line goes" in shown(app, "name")
        await press(pilot, "end")
        assert at(app) == 3000

    go(act, {"a.txt": "", "b.txt": "The council met on Monday.\n" * 2998 + "Advertisement\nWork begins in May.\n"})


def test_the_screen_is_as_it_is_shown_in_the_documentation(go: Go) -> None:
    async def act(app: ReviewApp, pilot: Any) -> None:
        await press(pilot, "space", "n", "n")
        now = await settled(app, pilot)
        assert now in (ROOT / "docs/review.md").read_text(), now

    go(act)


def test_the_recording_in_the_tutorial_is_what_the_keys_do(go: Go, request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs/tutorial.md"
    tutorial = page.read_text()
    text = tutorial.partition("```text page.txt\n")[2].partition("```")[0]
    recorded = tutorial.partition("## The same on the screen\n")[2].partition("\n## ")[0]
    told = re.findall(r"^Keys: (.*)$", recorded, re.MULTILINE)
    assert len(told) == 2

    async def act(app: ReviewApp, pilot: Any) -> None:
        nonlocal recorded
        screens = []
        for keys in ("", *told):
            await press(pilot, *re.findall(r"`(.+?)`", keys))
            screens.append(f"```text\n{await settled(app, pilot)}\n```")
        blocks = iter(screens)
        recorded = re.sub(r"```text\n.*?```", lambda _: next(blocks), recorded, flags=re.DOTALL)

    before = recorded
    go(act, {"page.txt": text})
    if request.config.getoption("--rewrite-samples"):
        page.write_text(tutorial.replace(before, recorded))
    assert recorded in page.read_text(), recorded


def test_stands_are_told_without_a_screen() -> None:
    review = Review(Cleaner().clean(TEXT, "a.txt"))
    assert (review.stand(1), review.stand(5)) == (GOES, STAYS)
    assert review.turn(5)
    assert review.stand(5) == OUT
    assert not review.turn(4)  # blank
    assert review.body != BODY
    review.undo()
    assert review.body == BODY
