"""Lines that were broken at a width are judged as the one line that they were; bytes and places are the input's."""

from __future__ import annotations

import textwrap
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.evidence.facts import Facts
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.judging.joins import Joins
from cleaner.judging.rulings import Rulings
from cleaner.judging.units import Units
from cleaner.rules.matcher import NaiveMatcher
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.text.wrapping import joined, may_join, units

PARAGRAPHS = [
    "The council met on Monday and it voted for the plan, which had been on the table since the spring, and which the mayor had called the best that the town could hope for in a year without money.",
    "Nobody has counted the bridges since the flood, and the town hall has lost the key to the tower from which they could be seen, so that the number in the books is the one of the year before.",
    "A painter who left the town fifty years ago came back to it last week, and hardly knew its streets again, although the house in which she was born is still where it was.",
]
NOTICE = (
    "Sign up for our daily newsletter and get the best stories from the Courier in your inbox every morning, for free."
)


def wrapped(*paragraphs: str, width: int = 72, prefix: str = "") -> str:
    return (
        "\n\n".join(textwrap.fill(p, width, initial_indent=prefix, subsequent_indent=prefix) for p in paragraphs) + "\n"
    )


def test_a_line_that_is_cut_is_looked_at_again() -> None:
    raws = wrapped(PARAGRAPHS[0]).splitlines()
    joins = Joins(raws)
    assert joins.units(raws) == units(raws) == [range(len(raws))]
    joins.cut()
    raws[1] = "Yes."
    assert joins.units(raws) == units(raws) != [range(len(raws))]


def test_one_sentence_a_line_is_not_wrapped() -> None:
    assert units([PARAGRAPHS[0][:98] + "."] * 8) is None


def test_wrapped_lines_are_one_unit_each_paragraph() -> None:
    raws = wrapped(*PARAGRAPHS).split("\n")
    found = units(raws)
    assert found is not None
    assert [View(joined([raws[n] for n in unit])).text for unit in found if raws[unit[0]]] == PARAGRAPHS


def test_list_items_and_headings_begin_a_unit() -> None:
    raws = [
        *wrapped(*PARAGRAPHS).split("\n"),
        "- one item that is long enough to fill the line up to its very end, or",
        "- another",
    ]
    found = units(raws)
    assert found is not None
    assert found[-2:] == [range(len(raws) - 2, len(raws) - 1), range(len(raws) - 1, len(raws))]


def test_a_wrapped_notice_goes_whole_and_nothing_else(cleaner: Cleaner) -> None:
    text = wrapped(PARAGRAPHS[0], NOTICE, *PARAGRAPHS[1:])
    result = cleaner.clean(text)
    assert result.body == wrapped(*PARAGRAPHS)
    assert "".join(e.removed for e in result.edits).split() == NOTICE.split()


@pytest.mark.parametrize("prefix", ["   ", "     ", "> > "])
def test_the_indent_of_wrapped_lines_makes_no_table(prefix: str) -> None:
    raws = wrapped(*PARAGRAPHS, prefix=prefix).split("\n")
    found = units(raws)
    assert found is not None
    facts = Facts(joined([raws[n] for n in found[0]]), NaiveMatcher([]))
    assert facts.sentence
    assert not facts.own & BITS["table"]


def test_quote_marks_of_wrapped_lines_are_no_text() -> None:
    raws = wrapped(*PARAGRAPHS, prefix="> ").split("\n")
    found = units(raws)
    assert found is not None
    whole = joined([raws[n] for n in found[0]])
    assert whole.split() == [">", *PARAGRAPHS[0].split()]
    assert len(whole) == sum(len(raws[n]) + 1 for n in found[0]) - 1


def test_a_span_cut_of_a_wrapped_line_is_cut_where_it_stood(cleaner: Cleaner) -> None:
    glued = f"{PARAGRAPHS[1]} {NOTICE}"
    text = wrapped(PARAGRAPHS[0], glued, PARAGRAPHS[2])
    body = cleaner.clean(text).body
    assert " ".join(PARAGRAPHS[1].split()) in " ".join(body.split())
    kept = iter(text)
    assert all(c in kept for c in body)


# Pieces of wrapped paragraphs, wide and narrow, and whole ones.
LINES = [*PARAGRAPHS, "", *(line for width in (60, 72, 130) for p in PARAGRAPHS for line in textwrap.wrap(p, width))]


@given(st.lists(st.sampled_from(LINES), max_size=16), st.data())
def test_what_may_not_be_joined_is_not_in_any_choice_of_lines(raws: list[str], data: st.DataObject) -> None:
    stays = data.draw(st.lists(st.booleans(), min_size=len(raws), max_size=len(raws)))
    left = [raw for raw, here in zip(raws, stays, strict=True) if here]
    assert may_join(raws) or units(left) is None


def line(number: int, raw: str) -> Line:
    return Line(number, Facts(raw, NaiveMatcher([])))


def test_what_is_left_of_a_line_that_was_cut_before_may_go_on() -> None:
    raws = ["The mayor of the small town said on Monday", "Council", "Share:", "AD which voted for the plan in spring."]
    assert not may_join(raws)
    units_left = Units(raws, None)
    lines = [line(n, raw) for n, raw in enumerate(raws)]
    lines[3].cut(line(3, raws[3][3:]).facts, range(3, len(raws[3])), [])
    assert not units_left.take(Lines.of(lines), Rulings(), Rulings())
    left = Lines.of(line(n, raw) for n, raw in enumerate(units_left.current()))
    units_left.note(left.among(array("I", [0, 1, 3])))
    assert units_left.regroups
