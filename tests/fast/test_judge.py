"""Judging by the core comes to what the definition comes to, on any document, at every level."""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.evidence.lines import Lines
from cleaner.fast import binding, judge_numbers
from cleaner.fast.ways import FastWays
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.rules.matcher import NaiveMatcher
from cleaner.rules.rule import Rule, Scope
from cleaner.text.document import Zone
from cleaner.text.signals import BITS, Signals
from tests.equal import judged_the_same
from tests.lines import LABELS, SENTENCES

if binding._module() is None:
    if os.environ.get("CI"):
        raise RuntimeError("the compiled core must have been built here")
    pytest.skip("the compiled core is not here: pip install -e . builds it", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent.parent
CORE = {level: Cleaner(level=level)._engine for level in THRESHOLDS}
SPOKEN = Cleaner(languages=("de",))._engine
# What lists are made of, blocks end at, and spans are cut out of.
RECORDS = [f"{name} | {n} May 2020 | By {name} Doe" for n, name in enumerate(("Ann", "Ben", "Cid", "Dot", "Eva"), 1)]
OTHERS = [
    "$5", "| 1 | 2 | 3 |", "def f(x):", "    return {x: 1};", "a = [1, 2]", "Who pays?", "They said:", "and so on,", "NEWS", "…",
    "What the council voted for on Monday", "The bridge, the tower and the town hall", "Comments", "Leserkommentare", "Tags: a, b",
    SENTENCES[0] + " Sign up for our newsletter to get the best of the town every day.", "Follow us on Twitter and Facebook",
]  # fmt: skip
LINES = st.sampled_from([*SENTENCES, *LABELS, *LABELS, *RECORDS, *OTHERS])


PATTERNS = [
    Rule("ad/en/label", "ad", "en", "x", "y", ("^advertisement$",)),
    Rule("byline/en/by", "byline", "en", "x", "y", ("^by ",), score=0.4),
    Rule("promo/en/also", "promo", "en", "x", "y", ("also like", "^related"), scope=Scope.BLOCK),
    Rule("prose/any/council", "prose", "any", "x", "y", ("council",), score=-0.5),
]


@given(st.lists(LINES, max_size=60))
@example(RECORDS * 3)
@example(["Home"] * 40)
@example([])
def test_any_document(lines: list[str]) -> None:
    for engine in CORE.values():
        judged_the_same(engine, "\n".join(lines))


@given(st.lists(st.tuples(LINES, st.integers(0, 4)), max_size=40))
def test_lines_that_other_pages_have(lines: list[tuple[str, int]]) -> None:
    for engine in CORE.values():
        judged_the_same(engine, "\n".join(line for line, _ in lines), [times for _, times in lines])


@given(st.lists(LINES, max_size=40))
def test_a_language_that_was_said(lines: list[str]) -> None:
    judged_the_same(SPOKEN, "\n".join(lines))


@pytest.mark.parametrize("path", sorted((ROOT / "samples").rglob("*.txt")), ids=lambda p: p.name)
def test_samples(path: Path) -> None:
    for engine in CORE.values():
        judged_the_same(engine, path.read_text(encoding="utf-8"))


# What a rule without a pattern may ask for, and what it may be worth. The core must add up the same for any of them.
ASKED = st.lists(
    st.sampled_from(sorted(BITS)) | st.sampled_from(sorted(BITS)).map("!{}".format), min_size=1, max_size=4, unique=True
)
FORMS = st.lists(
    st.tuples(ASKED, st.floats(-1.5, 0.95), st.frozensets(st.sampled_from(list(Zone)), max_size=2)), min_size=1, max_size=30
)  # fmt: skip


@given(FORMS, st.lists(LINES, max_size=40))
@example([(["stop"], 0.9, frozenset()), (["!stop", "beside-30"], 0.3, frozenset())], SENTENCES)
def test_any_forms(forms: list[tuple[list[str], float, frozenset[Zone]]], lines: list[str]) -> None:
    rules = [
        Rule(f"shape/any/form-{n}", "shape", "any", "x", "y", when=Signals.of(names), score=score, zones=zones)
        for n, (names, score, zones) in enumerate(forms)
    ]
    known = [*PATTERNS, *rules]
    engine = Engine(known, ways=FastWays(NaiveMatcher(known)))
    for threshold in THRESHOLDS.values():
        judged_the_same(engine.at(threshold), "\n".join(lines))


def facts(**changed: object) -> tuple[object, ...]:
    """What a judge is told, with some of it changed."""
    told: dict[str, object] = {
        "signals": {name.replace("-", "_"): bits for name, bits in BITS.items()},
        "numbers": judge_numbers.numbers()[0],
        "conditional": (), "languages": frozenset(), "callables": (id,) * 5, "forms": ((), (), ()), "reaches": (), "context": 0,
    }  # fmt: skip
    return tuple({**told, **changed}.values())


@pytest.mark.parametrize(
    "changed",
    [
        {"signals": {}}, {"numbers": {}}, {"signals": dict.fromkeys(BITS, "1")}, {"context": -1}, {"context": 1 << 128},
        {"context": None}, {"forms": ([], (), ())}, {"forms": (((0, 0, 0),), (), ())}, {"forms": (((0, 0, 1 << 128, 0.1),), (), ())},
        {"forms": (((0, 0, "1", 0.1),), (), ())}, {"reaches": ((0, ()),)}, {"reaches": ((1, ((0.1, -1),)),)}, {"reaches": ((1, ()),) * 9},
        {"reaches": ((1, ((0.1, 1),) * 9),)}, {"conditional": ("no rule",)}, {"reaches": (1,)}, {"reaches": ((1, (2,)),)}, {"forms": ((1,), (), ())},
    ],
)  # fmt: skip
def test_what_it_must_be_told(changed: dict[str, object]) -> None:
    core = binding._module()
    core.Judge(*facts())
    with pytest.raises((ValueError, TypeError, OverflowError)):
        core.Judge(*facts(**changed))


def test_states_are_of_a_judge() -> None:
    core = binding._module()
    judge = core.Judge(*facts())
    none, no_facts, no_numbers, beyond = Lines([]), Lines([]), Lines([]), Lines([])
    no_facts.facts, no_numbers.numbers = [None], None  # type: ignore[list-item, assignment]
    no_facts.numbers = beyond.numbers = array("I", [0])
    for wrong in (
        (None, none, None),
        (judge, [], None),
        (judge, none, judge),
        (type("cleaner.fast._core.Judge", (), {})(), none, None),
        *((judge, x, None) for x in (no_facts, no_numbers, beyond)),
    ):
        with pytest.raises((TypeError, AttributeError, IndexError)):
            core.State(*wrong)
    for kind in (core.State, core.Judge):
        with pytest.raises(TypeError):
            kind.__new__(kind)
    state = core.State(judge, none, None)
    assert ([*state.lines], state.page, state.sure(0), state.decide(1.0, b"", 0)) == ([], 0.0, ([], b""), ([], b""))
    one = CORE["standard"]._judge.state(Lines([CORE["standard"]._ways.facts("A line")]), None)
    for below, count in ((b"", 0), (b"\0\0", 1)):
        with pytest.raises(IndexError):
            one.decide(1.0, below, count)  # type: ignore[attr-defined]


def test_lines_come_in_order() -> None:
    engine = CORE["standard"]
    for numbers in ([1, 0], [1, 1], [0, 2, 1]):
        lines = Lines([engine._ways.facts(raw) for raw in SENTENCES[:3]])
        lines.numbers = array("I", numbers)
        with pytest.raises(IndexError):
            engine._judge.state(lines, None)


def test_a_state_of_the_lines_that_another_shows() -> None:
    engine = CORE["standard"]
    raws = [*RECORDS, "", *SENTENCES]
    state: Any = engine._judge.state(Lines([engine._ways.facts(raw) for raw in raws]), None)
    again: Any = engine._judge.state(state.lines, None)
    assert isinstance(state.lines.numbers, memoryview)
    assert [line.number for line in again.lines] == [n for n, raw in enumerate(raws) if raw]


def test_what_goes_below_may_stand_at_any_address() -> None:
    engine = CORE["standard"]
    state: Any = engine._judge.state(Lines([engine._ways.facts(raw) for raw in SENTENCES[:2]]), None)
    below = b"\0\0\0\0\1\0\0\0"
    for start in range(4):
        there = memoryview(bytes(start) + below)[start:]
        kinds, which = state.decide(1.0, there, 2)
        assert (len(kinds), which) == (1, below)


def test_a_released_state_has_no_lines_and_a_later_one_is_whole() -> None:
    engine = CORE["standard"]
    lines = Lines([engine._ways.facts(raw) for raw in [*RECORDS, *SENTENCES]])
    count = len(lines)
    state: Any = engine._judge.state(lines, None)
    before = state.decide(0.7, b"", count)
    state.release()
    assert ([*state.lines], state.page, state.sure(0), state.decide(0.7, b"", 0)) == ([], 0.0, ([], b""), ([], b""))
    later: Any = engine._judge.state(lines, state)
    assert later.decide(0.7, b"", count) == before
