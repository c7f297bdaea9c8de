"""Lines and what is left of them, made when asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging.verdict import KEEP, Action, Verdict
from cleaner.output.result import Result

DROP = Verdict(Action.DROP, 1.0)


@st.composite
def results(draw: st.DrawFn) -> Result:
    raws = draw(st.lists(st.text("ab \r", max_size=4), min_size=1, max_size=8))
    cut = [Verdict(Action.CUT, 1.0, (), ((0, 1), (len(raw), len(raw)))) if raw else KEEP for raw in raws]
    verdicts = [draw(st.sampled_from([KEEP, DROP, part])) for part in cut]
    return Result("x", "\n".join(raws), verdicts)


@given(results())
def test_body_is_what_is_left_of_the_lines(result: Result) -> None:
    assert result.body == "".join(left or "" for _, left in result.lines)
    assert "".join(line for line, _ in result.lines) == result.text


@given(results(), st.slices(8))
def test_they_are_a_sequence(result: Result, some: slice) -> None:
    pairs = result._pairs
    assert pairs[some] == list(result.lines[some])
    assert len(pairs) == len(result.lines)
    with pytest.raises(IndexError):
        pairs[len(pairs)]
