"""What is explained is what decided: its sums are the judge's, and its parts make up the sums."""

from __future__ import annotations

import sys
import textwrap

import pytest

from cleaner import Cleaner
from cleaner.judging.verdict import Action
from cleaner.render.explain import story
from cleaner.workbench.explained import GUARD, LIST, MARK, SENTENCE, SPAN, STAYS, SURE, WEAK, Explained
from cleaner.workbench.parts import NEIGHBOURS, PATTERN
from tests.running import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*/in.*"))
PAGE = (ROOT / "samples" / "related-block" / "in.txt").read_text()
PROSE = "The council met on Monday and voted for a new bridge over the river, which will cost about two million."


def check(e: Explained) -> None:
    """What holds of every line that was weighed."""
    if e.score is None:
        return
    if e.decided == SURE:
        found = [p.score for p in e.parts if p.score >= 1.0 or p.source == PATTERN]
        assert sum(found) == pytest.approx(e.verdict.score, abs=0.002)
        return
    assert sum(p.score for p in e.parts) == pytest.approx(e.score, abs=0.002)
    if e.decided == WEAK:
        assert e.need is not None
        assert e.most is not None
        assert e.most >= e.need
    elif e.decided == SPAN:
        return
    elif e.protected in (SENTENCE, LIST):
        assert e.need is None
    elif e.protected != GUARD:
        assert e.need is not None
        assert e.score < e.need
        assert e.missing == pytest.approx(e.need - e.score)


@pytest.mark.parametrize("level", ["careful", "standard", "thorough"])
def test_sums_are_the_judges(level: str) -> None:
    cleaner = Cleaner(level=level)
    seen = set()
    for path in SAMPLES:
        text = path.read_text()
        explained = list(cleaner.explain(text))
        assert [e.verdict for e in explained] == list(cleaner.clean(text).verdicts)
        for e in explained:
            check(e)
            seen.add(e.decided)
    assert seen >= {SURE, STAYS, SPAN}


def test_what_was_missing_takes_the_line(cleaner: Cleaner) -> None:
    """A line that stays goes once a hint of what was missing is added to it."""
    text = f"{PROSE}\n\nZanthe corner\n\n{PROSE.replace('Monday', 'Friday')}\n\nShare this\n"
    (e,) = cleaner.explain(text, [3])
    assert e.decided == STAYS
    assert e.missing is not None
    assert 0 < e.missing < 3
    assert e.before is not None
    assert e.before.line == 1


def test_neighbours_and_their_lines_are_named(cleaner: Cleaner) -> None:
    text = "\n".join(["Advertisement", "Rain ahead", "Skip to main content", "Log in", "Subscribe", PROSE])
    (e,) = cleaner.explain(text, [2])
    assert any(p.source == NEIGHBOURS and p.score > 0 for p in e.parts)
    assert (e.before and e.before.verdict.action) is Action.DROP
    assert (e.after and e.after.verdict.action) is Action.DROP


def test_a_rule_that_did_not_count_is_named_with_the_reason(cleaner: Cleaner) -> None:
    found = [u for path in SAMPLES for e in cleaner.explain(path.read_text()) for u in e.unheard]
    assert found
    assert all(u.reason for u in found)


def test_the_guard_is_named() -> None:
    text = "\n".join(["Log in", "Menu item", "Subscribe", "Other menu", "Zeta", "Share", "Beta", "Home"] * 5)
    cleaner = Cleaner(level="thorough", max_removed=0.0)
    assert cleaner.clean(text).guarded
    assert GUARD in {e.protected for e in cleaner.explain(text)}


def test_lines_broken_at_a_width_are_told_together(cleaner: Cleaner) -> None:
    words = (PROSE + " ") * 6
    lines, line = [], ""
    for word in words.split():
        if len(line) + 1 + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    (e,) = cleaner.explain(text, [2])
    assert e.together == tuple(range(1, len(lines) + 2))


def test_a_cut_is_told_with_what_is_left(cleaner: Cleaner) -> None:
    text = (ROOT / "samples" / "inline-promos" / "in.txt").read_text()
    cuts = [e for e in cleaner.explain(text) if e.verdict.action is Action.CUT]
    assert cuts
    for e in cuts:
        assert e.decided == SPAN
        assert e.removed
        assert all(gone.strip() not in e.text for gone in e.removed)


def test_what_a_cut_left_of_a_line_that_is_no_sentence_tells_what_is_missing(cleaner: Cleaner) -> None:
    row = "| Bridge | 412.6 |as dear as a harbour,” said the mayor, who keeps the plan that was on no map."
    text = f"{PROSE}\n\n{row} READ MORE: Ten bridges for walkers\n\n{PROSE.replace('Monday', 'Friday')}\n"
    (e,) = cleaner.explain(text, [3])
    assert (e.decided, e.protected, e.removed) == (SPAN, "", (" READ MORE: Ten bridges for walkers",))
    assert e.score is not None
    assert e.need is not None
    assert e.missing == pytest.approx(e.need - e.score)
    told = "".join(part for line in story(e, "a.txt") for part, _ in line)
    assert f"is needed at level standard: {e.missing:.2f} is missing." in told


def test_a_text_that_costs_too_much_is_told_so() -> None:
    explained = list(Cleaner(max_memory=0.0001).explain("Advertisement\n\nLog in\n"))
    assert [e.decided for e in explained] == [STAYS] * 4
    assert "memory" in explained[0].stopped
    assert explained[0].score is None


def test_all_lines_cost_no_more_than_in_proportion(cleaner: Cleaner) -> None:
    """What is made once a state of the document is not made once a line."""

    def calls(times: int) -> int:
        text = "\n".join(f"{line} {k}" for k in range(times) for line in ("Read more", PROSE, "Log in", "Rain ahead"))
        count = 0

        def one_more(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += event == "call"

        before = sys.getprofile()
        sys.setprofile(one_more)
        try:
            assert len(list(cleaner.explain(text))) == 4 * times
        finally:
            sys.setprofile(before)
        return count

    calls(400)  # enough lines for the core to be made ready, once
    assert calls(800) < 5 * calls(200)


def test_lines_that_went_before_the_rest_was_joined_otherwise() -> None:
    lines = [
        "Sign up for our newsletter to get the best of the town every", "the plan, which had been on the table since the spring.",
        "Read more", "Nobody has counted the bridges since the flood, and the town", "Related articles",
    ]  # fmt: skip
    told = list(Cleaner().explain("\n".join(lines)))
    assert [e.line for e in told] == [1, 2, 3, 4, 5]
    for e in told:
        assert e.line in e.together


def test_beside_a_line_stands_what_was_not_judged_as_one_with_it(cleaner: Cleaner) -> None:
    paragraphs = [
        f"{PROSE} Nobody knows who will pay for it, the mayor said on the day after, and went home." for _ in range(4)
    ]
    text = "\n\n".join(textwrap.fill(p, 72) for p in paragraphs)
    (e,) = cleaner.explain(text, [6])
    assert e.together == (5, 6, 7)
    assert e.before
    assert e.after
    assert (e.before.line, e.after.line) == (3, 9)


def test_a_line_that_is_said_to_stay_is_told_what_says_so() -> None:
    (e,) = Cleaner(keep=["Subscribe to our newsletter"]).explain(f"{PROSE}\nSubscribe to our newsletter\n", [2])
    told = "".join(text for line in story(e, "a.txt") for text, _ in line)
    assert "It stays: it is said to stay, by --keep or the settings." in told
    assert "take it out of the --keep file" in told
    assert "\nSeen\n" not in told


def test_marks_go_with_what_they_belong_to(cleaner: Cleaner) -> None:
    friday = PROSE.replace("Monday", "Friday")
    text = f"{PROSE}\n\nDonate\n------\n\n{friday}\n\n::: nav\nAdvertisement\n:::\n\n::: note\nIt rained.\n:::\n"
    found = {e.line: e for e in cleaner.explain(text)}
    assert {n for n, e in found.items() if e.decided == MARK} == {4, 8, 10}
    assert {n for n, e in found.items() if e.verdict.action is Action.KEEP and e.text} == {1, 6, 12, 13, 14}
    assert "it goes with that" in "".join(part for line in story(found[4], "a.txt") for part, _ in line)
    assert "only with all that it encloses" in "".join(part for line in story(found[12], "a.txt") for part, _ in line)
