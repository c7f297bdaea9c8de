"""The memory of lines: bounded, and kept for what comes again."""

from __future__ import annotations

import pytest

from cleaner.fast import line_memo
from cleaner.fast.line_memo import LineMemo
from cleaner.rules.matcher import NaiveMatcher
from tests.small import one_rule


def test_lines_that_come_again_are_kept_and_others_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_memo, "_MEMORY", 1_000)
    memo = LineMemo(NaiveMatcher([]))
    often = memo["Advertisement"]
    for i in range(200):
        assert memo["Advertisement"] is often
        assert memo[f"line {i}"].text == f"line {i}"
        assert len(memo) + len(memo._older) <= 20
    assert "line 1" not in memo
    assert "line 1" not in memo._older


def test_long_lines_are_not_remembered() -> None:
    memo = LineMemo(NaiveMatcher([]))
    assert memo["a" * 5_000].text == "a" * 5_000
    assert not memo


def test_lines_that_are_hit_alike_share_what_hits_say() -> None:
    memo = LineMemo(NaiveMatcher([one_rule(match="^[0-9]+ comments$")]))
    one, other = memo["12 comments"], memo["34 comments"]
    assert one.hits
    assert one.hits is other.hits
    assert one.rules is other.rules
