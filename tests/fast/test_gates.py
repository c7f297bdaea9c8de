"""The fast matcher finds what the naive one finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.fast.char_sets import ALL, of_text
from cleaner.fast.gates import Gate, gate
from cleaner.fast.needs import key_of
from cleaner.fast.outline import NO_LIMIT
from cleaner.rules.matcher import NaiveMatcher
from cleaner.text.view import View

CLEANER = Cleaner()
FAST = CLEANER._built_in.matcher
RULES = CLEANER.rules
NAIVE = NaiveMatcher(RULES)
# Pieces that lines are put together from: whole examples of rules, words of them, marks, odd characters.
EXAMPLES = [line for rule in RULES for line in (*rule.drop, *rule.keep)]
WORDS = sorted({word for line in EXAMPLES for word in line.split()})
ODD = ["²", "①", "İ", "ſ", "ϐ", "\u0301", "é", "\U0001d7d8", "😀", "|", ":", "- ", "© ", "  ", "12:30", "ß", "\u1c80"]


def same(line: str) -> None:
    view = View(line)
    assert [(r.id, a, b) for r, a, b in FAST.hits(view)] == [(r.id, a, b) for r, a, b in NAIVE.hits(view)]


@pytest.mark.parametrize("seed", range(6))
def test_same_findings_on_examples(seed: int) -> None:
    for line in random.Random(seed).sample(EXAMPLES, 12):
        same(line)


pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD), st.sampled_from(EXAMPLES))


@given(st.lists(pieces, min_size=1, max_size=6), st.booleans())
def test_same_findings_on_mixtures(parts: list[str], upper: bool) -> None:
    line = " ".join(parts)
    same(line.upper() if upper else line)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^read (?:more|next)", Gate(("read m", "read n"), (("read more", "read next"),), (), 9)),
        ("^[([]?by .{2,9}$", Gate(("(by ", "[by ", "by "), (("by ",),), (), 5, 13)),
        (r"^\d{1,3} shares?$", Gate(("0 shar", "00 sha", "000 sh"), ((" share",),), ("0",), 7, 10)),
        ("(?:buy|sell) .{2,99} today (?:or|and) .{2,99}[»!]$", Gate((), (("sell ", "buy "), ("today",)), ("!»",), 19)),
        ("[²½] ?cups", Gate((), ((" cups",),), (), 5)),
    ],
)
def test_gate(pattern: str, expected: Gate) -> None:
    found = gate(pattern)
    assert (found.heads, found.marks, found.least, found.most) == (
        expected.heads,
        expected.marks,
        expected.least,
        expected.most,
    )
    assert len(found.needs) >= len(expected.needs) > 0


@pytest.mark.parametrize(
    ("pattern", "alphabet", "last"),
    [
        ("^(?:home|menu) ?[!.]?$", "homenu !.", "eu !."),
        (r"^\p{Lu}[\p{L}'-]{1,9}$", "abcdefghijklmnopqrstuvwxyz'-é", "abcdefghijklmnopqrstuvwxyz'-é"),
        (r"^[\d,]{1,9}k?\+$", "0,k+é", "+"),
        (r"^(?=a.*z)[B-D](?:e(?!f)|\bé)$", "bcdeé", "eé"),
        (r"by [a-c]{2,9}$", None, "abc"),
        (r"^share\b", None, None),
        ("^a(?:b$|c)", None, None),
        ("^a(?:b$|c*$)", "abc", "abc"),
    ],
)
def test_what_lines_are_made_of(pattern: str, alphabet: str | None, last: str | None) -> None:
    found = gate(pattern)
    assert (found.alphabet, found.last) == tuple(ALL if some is None else of_text(some) for some in (alphabet, last))


def test_a_class_that_is_negated_may_hold_capitals_and_odd_characters() -> None:
    assert gate(r"^[^a.!\d ]{2,9}$").alphabet == ALL & ~of_text(".!")


@pytest.mark.parametrize(
    ("pattern", "spaces", "digits", "beyond"),
    [
        (r"^a b{1,3}(?: \d{2}|  c){0,2}$", (1, 5), 0, False),
        (r"^\d{1,2} ?(?:may|june 1) \d{4}$", (1, 3), 5, False),
        (r"^.{2,9}$", (0, 9), 0, False),
        (r"a \s", (2, NO_LIMIT), 0, False),
        (r"(?:für|[äö]|x.é)", (0, NO_LIMIT), 0, True),
        (r"(?:für|[aö])", (0, NO_LIMIT), 0, False),
        (r"(?:19|20)\d\d", (0, NO_LIMIT), 4, False),
    ],
)
def test_what_lines_hold_at_least_and_at_most(pattern: str, spaces: tuple[int, int], digits: int, beyond: bool) -> None:
    found = gate(pattern)
    assert (found.spaces, found.digits, found.beyond) == (spaces, digits, beyond)


def test_a_look_ahead_tells_what_a_line_needs() -> None:
    assert gate("^(?=.{0,80}newsletter).{3,90}$").needs == (("newsletter",),)


def test_gate_of_what_cannot_be_read_is_open() -> None:
    assert gate(r"^[[:alpha:]]+$") == Gate()
    assert gate(r"^(?P<a>read) (?P=a)$") == Gate()


def test_a_nul_of_a_pattern_is_no_edge() -> None:
    assert gate("please\0 sign up").needs == ()
    assert gate("please\0?, sign up").needs == ((", sign up",), ("please",))


def test_keys_are_whole_words_where_both_ends_are_sure() -> None:
    assert key_of("\0sign up for\0") == "sign"
    assert key_of("wsletter ") == "*tter"
    assert key_of("bcde") == ""


def test_a_mark_is_a_key_where_no_rare_word_is() -> None:
    assert key_of("\0the »") == "»"
    assert key_of("\0rather »") == "rather"
    assert key_of(", 20") == ""
    assert key_of(". ") == "."
