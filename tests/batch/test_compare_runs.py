"""Two runs: documents paired, stretches told apart."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.compare import compare
from cleaner.batch.results import Entry, Taken
from cleaner.errors import InputError
from tests.result_help import DIRTY, body_of, entry

TEXT = "One line of text.\nAdvertisement\nTwo lines of text. Share\nBy Jane\nEnd.\n"


def told(old: Entry, new: Entry) -> list[tuple[int, str, str | None, str | None]]:
    (found,) = compare([old], [new])
    return [(c.line, c.removed, c.old and c.old.rule, c.new and c.new.rule) for c in found.changes]


def test_equal_runs_do_not_differ() -> None:
    a = entry("a", TEXT, ("Advertisement", "ad/en/x"))
    (found,) = compare([a], [a])
    assert not found
    assert not found.body_differs


def test_each_line_names_what_only_one_run_takes_and_what_another_rule_takes() -> None:
    old = entry("a", TEXT, ("Advertisement", "ad/en/x"), (" Share", "share/en/x"), ("By Jane", "byline/en/x"))
    new = entry("a", TEXT, ("Advertisement", "ad/en/y"), ("By Jane", "byline/en/x"), ("End.", "nav/en/x"))
    assert told(old, new) == [
        (2, "Advertisement\n", "ad/en/x", "ad/en/y"),
        (3, " Share", "share/en/x", None),
        (5, "End.\n", None, "nav/en/x"),
    ]
    (found,) = compare([old], [new])
    assert (found.words_taken, found.words_back, found.other_rule, found.body_differs) == (1, 1, 1, True)
    assert body_of(TEXT, old.taken) == "One line of text.\nTwo lines of text.\nEnd.\n"
    assert body_of(TEXT, new.taken) == "One line of text.\nTwo lines of text. Share\n"


def test_a_line_that_goes_where_a_span_was_cut_differs_in_the_rest_alone() -> None:
    old = entry("a", TEXT, (" Share", "share/en/x"))
    new = entry("a", TEXT, ("Two lines of text. Share", "share/en/x"))
    assert told(old, new) == [(3, "Two lines of text.", None, "share/en/x"), (3, "\n", None, "share/en/x")]


def test_another_rule_alone_changes_no_body() -> None:
    old, new = (entry("a", TEXT, ("Advertisement", rule)) for rule in ("ad/en/x", "ad/en/y"))
    (found,) = compare([old], [new])
    assert found
    assert not found.body_differs


def test_documents_are_paired_by_key_in_any_order() -> None:
    keys = [str(n) for n in range(200)]
    other = keys[:]
    random.Random(1).shuffle(other)
    old = [entry(k, TEXT) for k in keys if k != "7"]
    new = [entry(k, TEXT, ("By Jane", "byline/en/x")) for k in other if k != "9"]
    found = list(compare(old, new))
    assert len(found) == 200
    assert sum(len(f.changes) for f in found) == 198
    alone = {f.name: (f.old is None, f.new is None) for f in found if not (f.old and f.new)}
    assert alone == {"7": (True, False), "9": (False, True)}
    assert all(f.old.key == f.new.key for f in found if f.old and f.new)


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(InputError, match="stands twice in one of the results"):
        list(compare([entry("a", TEXT), entry("a", TEXT)], [entry("a", TEXT), entry("b", TEXT)]))


def test_two_texts_are_not_compared_by_line() -> None:
    (found,) = compare([entry("a", DIRTY)], [entry("a", TEXT)])
    assert (found.other_text, found.body_differs, found.changes) == (True, True, ())
    lacking = [Entry("a", "a", None, entry("a", t).taken, 3, n) for t, n in ((DIRTY, 12), (DIRTY, 13))]
    assert [f.other_text for f in compare(lacking[:1], lacking[1:])] == [True]


def test_what_failed_in_one_run_differs_and_in_both_does_not() -> None:
    bad, good = Entry("a", "a", error="not UTF-8"), entry("a", TEXT)
    assert [f.error for f in compare([bad], [good])] == ["in the old run: not UTF-8"]
    assert [f.error for f in compare([good], [bad])] == ["in the new run: not UTF-8"]
    assert not any(compare([bad], [bad]))


EDITS = st.lists(st.tuples(st.integers(0, 39), st.integers(1, 8), st.sampled_from(["ad/en/x", "ad/en/y"])), max_size=5)


@given(EDITS, EDITS)
def test_changes_are_exactly_what_the_bodies_differ_in(
    a: list[tuple[int, int, str]], b: list[tuple[int, int, str]]
) -> None:
    text = "abcdefghijklmnopqrstuvwxyz0123456789ABCD"

    def made(spans: list[tuple[int, int, str]]) -> Entry:
        out, at = [], 0
        for start, size, rule in sorted(spans):
            low, high = max(at, start), min(40, max(at, start) + size)
            if low < high:
                out.append(Taken(1, low, high, text[low:high], False, rule, "ad", 1.0))
                at = high
        return Entry("k", "k", text, tuple(out), 1, 1)

    old, new = made(a), made(b)
    by_hand = {
        (c, before, after)
        for i, c in enumerate(text)
        for before, after in [[next((t.rule for t in e.taken if t.start <= i < t.end), None) for e in (old, new)]]
        if before != after
    }
    assert {(c, x, y) for _, removed, x, y in told(old, new) for c in removed} == by_hand
