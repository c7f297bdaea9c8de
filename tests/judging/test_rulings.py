"""Which lines go: an array does what a dictionary would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.evidence.facts import Facts
from cleaner.evidence.lines import Lines
from cleaner.judging.leaving import closing, left
from cleaner.judging.ruling import Ruling
from cleaner.judging.rulings import Rulings
from cleaner.rules.matcher import NaiveMatcher

COUNT = 6
KINDS = [Ruling(float(n), ()) for n in range(3)]
SOME = st.dictionaries(st.integers(0, COUNT - 1), st.sampled_from(KINDS))
MATCHER = NaiveMatcher([])


def of(some: dict[int, Ruling]) -> Rulings:
    return Rulings.of(some, COUNT)


@given(SOME, SOME)
def test_it_is_what_a_dictionary_is(one: dict[int, Ruling], other: dict[int, Ruling]) -> None:
    rulings = of(one)
    assert dict(rulings) == one
    assert (len(rulings), bool(rulings)) == (len(one), bool(one))
    assert [n in rulings for n in range(COUNT)] == [n in one for n in range(COUNT)]
    assert {n: rulings.kinds[kind] for n, kind in rulings.each()} == one
    assert dict(rulings.over(of(other))) == {**other, **one}
    assert rulings.within(of(other)) == (one.keys() <= other.keys())
    assert list(map(bool, rulings.here([4, 1]))) == [4 in one, 1 in one]


@given(SOME, st.lists(st.sampled_from(["A line", ""]), min_size=COUNT, max_size=COUNT))
def test_what_is_left_has_neither_what_goes_nor_the_blank_lines_with_it(
    some: dict[int, Ruling], raws: list[str]
) -> None:
    gone = of({n: ruling for n, ruling in some.items() if raws[n]})
    lines = Lines([Facts(raw, MATCHER) for raw in raws])
    closed = closing(lines, gone)
    assert all(not raws[n] and ruling in gone.values() for n, ruling in closed.items())
    assert list(left(lines, gone, closed).numbers) == [n for n in range(COUNT) if n not in gone and n not in closed]
