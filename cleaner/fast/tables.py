"""The tables of the fast matcher, made from the gates of all patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.fast.dispatch import FastMatcher
from cleaner.fast.gates import Gate, gate
from cleaner.fast.lookup import LENGTHS, WORDS, Parts, Tables
from cleaner.fast.needs import EDGE, inside, key_of
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Rule
from cleaner.text.reading import WIDE

if TYPE_CHECKING:
    from cleaner.fast.lookup import Part

_Keyed = dict[str, list[Any]]
# To look for more texts than these takes longer than to try the pattern.
_FEW = 40
# Letters, the commonest first; others count as commoner still, which only costs time.
_COMMON = "etaoinsrhldcumfpgwybvkxjqz"


class Entry(NamedTuple):
    """One pattern of one rule on the tables.

    Attributes:
        rule, pattern: the rule's place, and the pattern's place in the rule.
        least, most: the characters of the line, inclusive.
        fewest, many: its words, inclusive.
        spaces, wide: its spaces, inclusive.
        digits: its digits, at least.
        alphabet, last: it holds these characters alone and ends with one of those, as sets of `cleaner.fast.letters`.
        beyond: it holds a character beyond ASCII.
        marks: of each of these it must hold one character; for patterns that are found by beginnings alone.
        needs: of each of these sets of texts it must hold one: of a pattern that is found by beginnings all needs that
            are few texts; of a loose one those that no word can lead to.
    """

    rule: int
    pattern: int
    least: int
    most: int
    fewest: int
    many: int
    spaces: int
    wide: int
    digits: int
    alphabet: int
    last: int
    beyond: bool
    marks: tuple[str, ...]
    needs: tuple[tuple[str, ...], ...]


def fast_matcher(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> FastMatcher:
    """A matcher for those of `rules` that have patterns."""
    with_patterns = [r for r in rules if r.match]
    return FastMatcher(with_patterns, tables_of(with_patterns, gate_of))


def tables_of(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> Tables:
    """The tables of `rules`, which all have patterns; `gate_of` gives the gate of a pattern."""
    all_ = [(r, p, rule, gate_of(pattern)) for r, rule in enumerate(rules) for p, pattern in enumerate(rule.match)]
    maker = _Maker(sum(not known.heads for *_, known in all_))
    for r, p, rule, known in all_:
        maker.enter(r, p, rule, known)
    return maker.tables()


class _Maker:
    def __init__(self, loose: int) -> None:
        self.entries: list[Entry] = []
        self.loose: list[int] = []
        self.heads: _Keyed = {}
        self.words: _Keyed = {}
        self.starts: _Keyed = {}
        self.ends: _Keyed = {}
        self.inner: _Keyed = {}
        self.marked: _Keyed = {}
        self.marks: dict[str, int] = {}
        self.plane = loose
        self.needless = (1 << 2 * loose) - 1

    def enter(self, r: int, p: int, rule: Rule, gate: Gate) -> None:
        number = len(self.entries)
        needs = tuple(tuple(dict.fromkeys(text.strip(EDGE) for text in some)) for some in gate.needs)
        for head in gate.heads:
            self.heads.setdefault(head, []).append(number)
        if gate.heads:
            needs = tuple(texts for texts in needs if len(texts) <= _FEW)
        else:
            needs = tuple(needs[k] for k in self.loosen(number, gate))
        many = MAX_LINE if rule.max_words is None else rule.max_words
        marks = gate.marks if gate.heads else ()
        self.entries.append(
            Entry(
                r, p, gate.least, min(gate.most, MAX_LINE), rule.min_words, many, gate.spaces[0], min(gate.spaces[1], MAX_LINE),
                gate.digits, gate.alphabet, gate.last, gate.beyond, marks, needs,
            )
        )  # fmt: skip

    def loosen(self, number: int, gate: Gate) -> list[int]:
        """Enter a loose pattern. Returns which of its needs no word can lead to."""
        place = len(self.loose)
        self.loose.append(number)
        for marks in gate.marks:
            self.marks[marks] = self.marks.get(marks, 0) | 1 << place
        unled = []
        for k, needs in enumerate(gate.needs):
            need = place + k * self.plane
            if self.lead(needs, need):
                self.needless &= ~(1 << need)
            else:
                unled.append(k)
        return unled

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
        loose = [self.entries[number] for number in self.loose]
        return Tables(
            [tuple(entry) for entry in self.entries],
            _parts(self.heads, 2),
            tuple(sorted({len(h) for h in self.heads})),
            tuple(self.loose),
            _parts(self.words),
            _parts(self.starts),
            _parts(self.ends),
            {two: tuple(some) for two, some in self.inner.items()},
            {mark: tuple(some) for mark, some in self.marked.items()},
            self.needless,
            _by_bounds(LENGTHS, [(e.least, e.most) for e in loose]),
            _by_bounds(WORDS, [(e.fewest, e.many) for e in loose]),
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
