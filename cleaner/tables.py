"""The tables of the fast matcher, made from the gates of all patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.dispatch import FastMatcher
from cleaner.gates import Gate, gate
from cleaner.lookup import LENGTHS, WORDS, Parts, Tables
from cleaner.needs import EDGE, inside, key_of
from cleaner.pattern import MAX_LINE
from cleaner.reading import WIDE
from cleaner.rule import Rule
from cleaner.signals import BITS, OWN

if TYPE_CHECKING:
    from cleaner.lookup import Part

_Keyed = dict[str, list[Any]]
# Letters, the commonest first; others count as commoner still, which only costs time.
_COMMON = "etaoinsrhldcumfpgwybvkxjqz"


class Entry(NamedTuple):
    """One pattern of one rule on the tables.

    Attributes:
        rule, pattern: the rule's place, and the pattern's place in the rule.
        least, most: the characters of the line, inclusive.
        fewest, many: its words, inclusive.
        texts: one of which it must hold, if no word can lead to them; empty: not known.
    """

    rule: int
    pattern: int
    least: int
    most: int
    fewest: int
    many: int
    texts: tuple[str, ...]


def fast_matcher(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> FastMatcher:
    """A matcher for those of `rules` that have patterns."""
    with_patterns = [r for r in rules if r.match]
    return FastMatcher(with_patterns, tables_of(with_patterns, gate_of))


def tables_of(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> Tables:
    """The tables of `rules`, which all have patterns; `gate_of` gives the gate of a pattern."""
    maker = _Maker(sum(len(rule.match) for rule in rules))
    for r, rule in enumerate(rules):
        for p, pattern in enumerate(rule.match):
            maker.enter(r, p, rule, gate_of(pattern))
    return maker.tables()


class _Maker:
    def __init__(self, count: int) -> None:
        self.count = count
        self.entries: list[Entry] = []
        self.when: list[tuple[int, int]] = []
        self.heads: _Keyed = {}
        self.words: _Keyed = {}
        self.starts: _Keyed = {}
        self.ends: _Keyed = {}
        self.inner: _Keyed = {}
        self.marked: _Keyed = {}
        self.marks: dict[str, int] = {}
        self.headless = 0
        self.needless = (1 << 2 * count) - 1

    def enter(self, r: int, p: int, rule: Rule, gate: Gate) -> None:
        number = len(self.entries)
        bit = 1 << number
        texts: tuple[str, ...] = ()
        for plane, needs in enumerate(gate.needs):
            need = number + plane * self.count
            if self.lead(needs, need):
                self.needless &= ~(1 << need)
            elif not texts:
                texts = tuple(text.strip(EDGE) for text in needs)
        many = MAX_LINE if rule.max_words is None else rule.max_words
        self.entries.append(Entry(r, p, gate.least, min(gate.most, MAX_LINE), rule.min_words, many, texts))
        self.when.append((rule.when.must, rule.when.never))
        for head in gate.heads:
            self.heads.setdefault(head, []).append(number)
        if not gate.heads:
            self.headless |= bit
        for marks in gate.marks:
            self.marks[marks] = self.marks.get(marks, 0) | bit

    def lead(self, needs: Sequence[str], number: int) -> bool:
        """Let words lead to a need; False if there are texts that none could lead to."""
        keys = [(key_of(need), need.strip(EDGE)) for need in needs]
        if not all(key or inside(text) for key, text in keys):
            return False
        for key, text in keys:
            if len(key) == 1 and (not key.isalnum() or key >= WIDE):
                self.marked.setdefault(key, []).append((text, number))
            elif key.endswith("*"):
                self.starts.setdefault(key[:-1], []).append((text, number))
            elif key.startswith("*"):
                self.ends.setdefault(key[1:], []).append((text, number))
            elif key:
                self.words.setdefault(key, []).append((text, number))
            else:
                part = inside(text)
                self.inner.setdefault(_rare(part), []).append((part, text, number))
        return True

    def tables(self) -> Tables:
        entries, when = self.entries, self.when
        return Tables(
            [tuple(entry) for entry in entries],
            _parts(self.heads, 2),
            tuple(sorted({len(h) for h in self.heads})),
            _parts(self.words),
            _parts(self.starts),
            _parts(self.ends),
            {two: tuple(some) for two, some in self.inner.items()},
            {mark: tuple(some) for mark, some in self.marked.items()},
            self.headless,
            self.needless,
            _by_bounds(LENGTHS, [(e.least, e.most) for e in entries]),
            _by_bounds(WORDS, [(e.fewest, e.many) for e in entries]),
            tuple(
                (bit, _those(bit & never for _, never in when), _those(bit & must for must, _ in when))
                for bit in map(BITS.__getitem__, OWN)
            ),
            tuple(self.marks.items()),
        )


def _those(flags: Iterable[object]) -> int:
    """The numbers of what is true, as a set in one integer."""
    return sum(1 << number for number, flag in enumerate(flags) if flag)


def _by_bounds(bounds: Sequence[int], limits: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """For each stretch up to one of `bounds`, those of `limits` (inclusive) that reach into it."""
    lows = [0, *(bound + 1 for bound in bounds)]
    return tuple(
        _those(least <= high and most >= low for least, most in limits) for low, high in zip(lows, bounds, strict=False)
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
