"""The tables of the fast matcher, made from the gates of all patterns."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cleaner.dispatch import LENGTHS, WIDE, Entry, FastMatcher, Tables
from cleaner.gates import EDGE, Gate, gate, key_of
from cleaner.pattern import MAX_LINE
from cleaner.rule import Rule

_Keyed = dict[str, list[Any]]


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
        self.entries: list[Entry] = []
        self.heads: _Keyed = {}
        self.words: _Keyed = {}
        self.starts: _Keyed = {}
        self.ends: _Keyed = {}
        self.rest: list[dict[str, list[int]]] = [{} for _ in LENGTHS]
        self.wide: list[int] = []

    def enter(self, r: int, p: int, rule: Rule, gate: Gate) -> None:
        number = len(self.entries)
        keys = [(key_of(need), need.strip(EDGE)) for need in gate.needs]
        unkeyed = tuple(text for key, text in keys if gate.heads or not key)
        words = MAX_LINE if rule.max_words is None else rule.max_words
        most = min(gate.most, MAX_LINE)
        self.entries.append((r, p, gate.least, most, words, gate.marks, unkeyed))
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
        if unkeyed and all(max(text) >= WIDE for text in unkeyed):
            self.wide.append(number)
        elif unkeyed or not keys:
            low = 0
            for high, groups in zip(LENGTHS, self.rest, strict=True):
                if gate.least <= high and most > low:
                    groups.setdefault(gate.marks, []).append(number)
                low = high

    def tables(self) -> Tables:
        return Tables(
            self.entries,
            _packed(self.heads, 2),
            tuple(sorted({len(h) for h in self.heads})),
            _packed(self.words),
            _packed(self.starts),
            _packed(self.ends),
            [[(marks, tuple(numbers)) for marks, numbers in groups.items()] for groups in self.rest],
            tuple(self.wide),
        )


def _packed(table: Mapping[str, Sequence[Any]], length: int = 1) -> dict[str, bytes]:
    """A table in parts by the first characters of its keys, each packed until it is needed."""
    parts: dict[str, dict[str, tuple[Any, ...]]] = {}
    for key, values in table.items():
        parts.setdefault(key[:length], {})[key] = tuple(values)
    return {first: marshal.dumps(part, 2) for first, part in parts.items()}
