"""The tables of the fast matcher, made from the gates of all patterns."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from cleaner.fast.candidates import Candidates
from cleaner.fast.dispatch import FastMatcher
from cleaner.fast.gates import Gate, gate
from cleaner.fast.lookup import GROUP, LENGTHS, WORDS, Entries, Parts, Tables, entry_row
from cleaner.fast.needs import EDGE, inside, key_of
from cleaner.fast.packed import packed
from cleaner.fast.programs import programs_of
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Rule
from cleaner.text.reading import WIDE

if TYPE_CHECKING:
    from cleaner.fast.lookup import Besides, Part

_Keyed = dict[str, list[Any]]
# To look for more texts than these takes longer than to try the pattern.
_FEW = 40
# Letters, the commonest first; others count as commoner still, which only costs time.
_COMMON = "etaoinsrhldcumfpgwybvkxjqz"


def fast_matcher(rules: Sequence[Rule], *, by_programs: bool = False) -> FastMatcher:
    """A matcher for those of `rules` that have patterns.

    Args:
        rules: the rules.
        by_programs: whether the core tries them by programs, which take a while to make; else `regex` does.
    """
    with_patterns = [r for r in rules if r.match]
    tables = tables_of(with_patterns)
    found = with_patterns, tables.entries, partial(Candidates, tables), partial(packed, tables)
    if not by_programs:
        return FastMatcher(*found)
    numbers: dict[tuple[str, bool], int] = {}
    for rule in with_patterns:
        for source in (*rule.match, *rule.unless):
            numbers.setdefault((source, rule.case), len(numbers))
    tried = array("I", [numbers[source, rule.case] for rule in with_patterns for source in rule.match]).tobytes()
    return FastMatcher(*found, lambda: (tried, programs_of(numbers)), numbers)


def tables_of(rules: Sequence[Rule], gate_of: Callable[[str], Gate] = gate) -> Tables:
    """The tables of `rules`, which all have patterns; `gate_of` gives the gate of a pattern."""
    all_ = [(r, p, rule, gate_of(pattern)) for r, rule in enumerate(rules) for p, pattern in enumerate(rule.match)]
    maker = _Maker(sum(not known.heads for *_, known in all_))
    for r, p, rule, known in all_:
        maker.enter(r, p, rule, known)
    return maker.tables()


class _Maker:
    def __init__(self, loose: int) -> None:
        self.rows: list[bytes] = []
        self.besides: list[Besides] = []
        self.limits: list[tuple[int, int, int, int]] = []
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
        number = len(self.rows)
        needs = tuple(tuple(dict.fromkeys(text.strip(EDGE) for text in some)) for some in gate.needs)
        for head in gate.heads:
            self.heads.setdefault(head, []).append(number)
        if gate.heads:
            needs = tuple(texts for texts in needs if len(texts) <= _FEW)
        else:
            needs = tuple(needs[k] for k in self.loosen(number, gate))
        many = MAX_LINE if rule.max_words is None else rule.max_words
        # The marks of a loose pattern are asked of all loose ones at once.
        besides = gate.marks[:1] if gate.heads else (), needs
        self.besides.append(besides)
        self.limits.append((gate.least, min(gate.most, MAX_LINE), rule.min_words, many))
        numbers = [r, p, *self.limits[-1], *gate.spaces, gate.digits, gate.beyond, any(besides)]
        self.rows.append(entry_row(numbers, gate.alphabet, gate.last))

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
        loose = [self.limits[number] for number in self.loose]
        return Tables(
            Entries(b"".join(self.rows), lambda group: self.besides[group * GROUP : (group + 1) * GROUP]),
            _parts(self.heads),
            tuple(sorted({len(h) for h in self.heads})),
            tuple(self.loose),
            _parts(self.words),
            _parts(self.starts),
            _parts(self.ends),
            {two: tuple(some) for two, some in self.inner.items()},
            {mark: tuple(some) for mark, some in self.marked.items()},
            self.needless,
            _by_bounds(LENGTHS, [limits[:2] for limits in loose]),
            _by_bounds(WORDS, [limits[2:] for limits in loose]),
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


def _parts(table: Mapping[str, Sequence[Any]]) -> Parts:
    """A table in parts by the first characters of its keys."""
    parts: dict[str, Part] = {}
    for key, values in table.items():
        parts.setdefault(key[:2], {})[key] = tuple(values)
    made = Parts(lambda _: None)
    made.update(parts)
    return made


def _rare(part: str) -> str:
    """Two letters in a row of a word's part, those that the fewest words hold, as far as single letters tell."""
    return max((part[i : i + 2] for i in range(len(part) - 1)), key=lambda two: sum(map(_COMMON.find, two)))
