"""The tables of the fast matcher, made from the gates of all patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.dispatch import WIDE, FastMatcher, Parts, Tables
from cleaner.gates import EDGE, Gate, gate, key_of
from cleaner.pattern import MAX_LINE
from cleaner.rule import Rule
from cleaner.signals import OWN_MASK

if TYPE_CHECKING:
    from cleaner.dispatch import Part

_Keyed = dict[str, list[Any]]
# Letters, the commonest first; others count as commoner still, which only costs time.
_COMMON = "etaoinsrhldcumfpgwybvkxjqz"
_WORD = re.compile(r"\w+")


class Entry(NamedTuple):
    """One pattern of one rule on the tables.

    Attributes:
        rule, pattern: the rule's place, and the pattern's place in the rule.
        least, most: the characters of the line, inclusive.
        fewest, many: its words, inclusive.
        must, never: its own signals.
        marks: it must hold one of these (`DIGIT`: any digit); empty: not known.
        texts: one of which it must hold if no word led here; empty: not known.
    """

    rule: int
    pattern: int
    least: int
    most: int
    fewest: int
    many: int
    must: int
    never: int
    marks: str
    texts: tuple[str, ...]


def fast_matcher(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> FastMatcher:
    """A matcher for those of `rules` that have patterns."""
    with_patterns = [r for r in rules if r.match]
    return FastMatcher(with_patterns, tables_of(with_patterns, gate_of))


def tables_of(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> Tables:
    """The tables of `rules`, which all have patterns; `gate_of` gives the gate of a pattern."""
    maker = _Maker()
    for r, rule in enumerate(rules):
        for p, pattern in enumerate(rule.match):
            maker.enter(r, p, rule, gate_of(pattern))
    return maker.tables()


class _Maker:
    def __init__(self) -> None:
        self.entries: list[tuple[Any, ...]] = []
        self.heads: _Keyed = {}
        self.words: _Keyed = {}
        self.starts: _Keyed = {}
        self.ends: _Keyed = {}
        self.inner: _Keyed = {}
        self.rest: _Keyed = {}
        self.wide: list[int] = []

    def enter(self, r: int, p: int, rule: Rule, gate: Gate) -> None:
        number = len(self.entries)
        keys = [(key_of(need), need.strip(EDGE)) for need in gate.needs]
        unkeyed = tuple(text for key, text in keys if gate.heads or not key)
        many = MAX_LINE if rule.max_words is None else rule.max_words
        most = min(gate.most, MAX_LINE)
        must, never = rule.when.must & OWN_MASK, rule.when.never & OWN_MASK
        self.entries.append(Entry(r, p, gate.least, most, rule.min_words, many, must, never, gate.marks, unkeyed))
        for head in gate.heads:
            self.heads.setdefault(head, []).append(number)
        if gate.heads:
            return
        for key, text in keys:
            if key.endswith("*"):
                self.starts.setdefault(key[:-1], []).append((text, number))
            elif key.startswith("*"):
                self.ends.setdefault(key[1:], []).append((text, number))
            elif key:
                self.words.setdefault(key, []).append((text, number))
        inside = [max(_WORD.findall(text), key=len, default="") for text in unkeyed]
        if unkeyed and all(len(part) > 1 for part in inside):
            for part, text in zip(inside, unkeyed, strict=True):
                self.inner.setdefault(_rare(part), []).append((part, text, number))
        elif unkeyed and all(max(text) >= WIDE for text in unkeyed):
            self.wide.append(number)
        elif unkeyed or not keys:
            for mark in gate.marks or [""]:
                self.rest.setdefault(mark, []).append(number)

    def tables(self) -> Tables:
        return Tables(
            [tuple(entry) for entry in self.entries],
            _parts(self.heads, 2),
            tuple(sorted({len(h) for h in self.heads})),
            _parts(self.words),
            _parts(self.starts),
            _parts(self.ends),
            {two: tuple(some) for two, some in self.inner.items()},
            {mark: tuple(numbers) for mark, numbers in self.rest.items()},
            tuple(self.wide),
        )


def _parts(table: Mapping[str, Sequence[Any]], length: int = 1) -> Parts:
    """A table in parts by the first characters of its keys."""
    parts: dict[str, Part] = {}
    for key, values in table.items():
        parts.setdefault(key[:length], {})[key] = tuple(values)
    made = Parts(lambda _: None)
    made.update(parts)
    return made


def _rare(part: str) -> str:
    """Two letters in a row of a word's part, those that the fewest words hold, as far as single letters tell."""
    return max((part[i : i + 2] for i in range(len(part) - 1)), key=lambda two: sum(map(_COMMON.find, two)))
