"""The cost of a document is in proportion to its lines, whatever its shape: `python -m benchmarks shapes` takes the time.

Here what can be counted is: the calls that Python makes, which are the same at every run, and the memory that it holds.
"""

from __future__ import annotations

import gc
import sys
import time
import tracemalloc

import pytest

from benchmarks.shapes import REST, SHAPES, STEP, sentence
from cleaner import Cleaner
from cleaner.fast import binding
from cleaner.judging.engine import Engine
from cleaner.judging.verdict import Action
from cleaner.text.document import Document
from tests.small import one_rule

LINES = 500
# Besides what grows with the text (bytes): tables that double when they are full.
TABLES = 100_000
CLEANER = Cleaner()


def calls(text: str) -> int:
    """How many functions are called while `text` is cleaned, its figures and its diff made."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    CLEANER._engine.forget()
    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        result = CLEANER.clean(text)
        assert not result.stopped
        result.statistics, result.diff()
    finally:
        sys.setprofile(before)
    return count


def peak(text: str) -> int:
    """The most bytes that are held at a time while `text` is cleaned, its figures and its diff made."""
    CLEANER._engine.forget()
    gc.collect()
    tracemalloc.start()
    try:
        result = CLEANER.clean(text)
        result.statistics, result.diff()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module", autouse=True)
def core_is_ready() -> None:
    """Clean so many different lines that the core is made ready: that costs once, and not for any shape."""
    calls("\n".join(f"Sold {k} lamps" for k in range(1200)))


@pytest.mark.parametrize("name", SHAPES)
def test_twice_the_lines_cost_twice(name: str) -> None:
    small, large = SHAPES[name](LINES), SHAPES[name](2 * LINES)
    calls(large)  # what is made once is ready
    assert calls(large) <= STEP * calls(small)
    assert peak(large) <= STEP * peak(small) + TABLES


def test_a_label_that_takes_all_the_rest_costs_no_more_than_plain_lines_do() -> None:
    """Each of them reaches to the end of the text: asked anew at each, that was a square (26 s for 20,000)."""

    def seconds(name: str) -> float:
        text = SHAPES[name](20_000)
        times = []
        for _ in range(3):
            CLEANER._engine.forget()
            start = time.process_time()
            assert not CLEANER.clean(text).stopped
            times.append(time.process_time() - start)
        return min(times)

    assert seconds("rest: one label") <= REST * seconds("plain prose")


def test_there_are_forty_shapes_and_more() -> None:
    assert len(SHAPES) >= 40
    assert all(make(40).count("\n") >= 39 for name, make in SHAPES.items() if "line" not in name and "span" not in name)


def test_the_counts_would_tell_a_square() -> None:
    def square(lines: int) -> int:
        return calls("".join(f"{sentence(i)}\n" for i in range(lines))) + sum(
            1 for _ in range(lines) for _ in range(lines)
        )

    assert square(2000) > STEP * square(1000)


def test_a_text_of_endless_rounds_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.judging.effort._ALWAYS", 0)
    # Each round takes one line, the last, so that rounds grow with the text.
    engine = Engine([one_rule(id="edge", when=["last"], score=0.9)], max_removed=1.0)
    long, short = (Document("\n".join(map("A stone of the wall, the {}th".format, range(n)))) for n in (960, 30))
    assert engine.run(short).verdicts[0].action is Action.DROP
    judgement = engine.run(long)
    assert "each time that something is taken out more is found" in judgement.stopped
    assert {v.action for v in judgement.verdicts} == {Action.KEEP}


def test_a_line_that_is_cut_again_and_again_is_left_whole() -> None:
    start = "It was so, he said on the day when it all began for him and for her too."
    assert CLEANER.clean(start + " (Read more)" * 10).body == start
    heap = start + " (Read more)" * 40
    assert CLEANER.clean(heap).body == heap


@pytest.mark.parametrize(("limit", "told"), [("max_time", "processor time"), ("max_memory", "MB of memory")])
def test_a_text_over_its_budget_is_left_as_it_is(limit: str, told: str) -> None:
    text = "The council met on Monday and voted for the new bridge.\nAdvertisement\n"
    assert CLEANER.clean(text).changed
    result = Cleaner(**{limit: 1e-9}).clean(text)  # type: ignore[arg-type]
    assert told in result.stopped
    assert (result.body, result.changed) == (text, False)
    assert not Cleaner(**{limit: None}).clean(text).stopped  # type: ignore[arg-type]


def test_what_is_said_of_lines_that_go_alike_is_kept_once() -> None:
    result = Cleaner().clean("Comments\n" * 200)
    verdicts = [v for v in result.verdicts if v.reasons]
    assert len(verdicts) >= 200
    assert len({id(v) for v in verdicts}) == len({(v.score, v.reasons) for v in verdicts}) < 10
    assert len({id(raw) for raw in Document("a line\n" * 200).raws}) == 2


# The most bytes that one more line of a shape may cost at the peak: a fifth more than it took when this was written.
SHORT = {
    "blank lines": 67,
    "rest: one label": 152,
    "menus by turns": 161,
    "block: one heading": 140,
    "block: headings, blanks": 226,
    "block: headings over titles": 487,
    "hashtags": 428,
    "rest: numbered labels": 451,
    "plain prose": 887,
}


@pytest.mark.parametrize("name", SHORT)
def test_a_line_is_cheap(name: str) -> None:
    if not binding.is_there():
        pytest.skip("judged by the definition, which has objects for all that it knows")
    small, large = SHAPES[name](2000), SHAPES[name](4000)
    calls(large)  # what is made once is ready
    assert peak(large) - peak(small) < SHORT[name] * 2000
