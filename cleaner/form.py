"""Rules without a pattern: what a line's signals add to its score, looked up by the signals' bits."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from cleaner.rule import Rule
from cleaner.signals import CONTEXT_MASK

# What rules are sorted by, heaviest first (with `reverse`, which keeps the order of those that weigh the same).
WEIGHT = attrgetter("score")
# Distinct combinations of signals that are remembered; a corpus has some ten thousand.
_MEMORY = 200_000
# A form rule with this score or less protects a line from sure rules too.
GUARD = -1.0


class FormTable:
    """The sum of all form rules for any combination of signals."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [(r.when.must, r.when.never, r.zone_bits, r.score, r) for r in rules]
        self._sums: dict[int, float] = {}
        self._most: dict[int, float] = {}
        self._reasons: dict[int, list[Rule]] = {}

    def guards(self) -> FormTable:
        """Those of the rules that protect a line from sure rules too."""
        return FormTable(rule for *_, score, rule in self._rules if score <= GUARD)

    def sum(self, bits: int) -> float:
        """What the rules add to a line with exactly these signals."""
        known = self._sums.get(bits)
        if known is None:
            if len(self._sums) > _MEMORY:
                self._sums.clear()
            known = self._sums[bits] = sum(
                score
                for must, never, zones, score, _ in self._rules
                if bits & must == must and not bits & never and (not zones or bits & zones)
            )
        return known

    def most(self, bits: int) -> float:
        """The most that the rules could add once the neighbours of a line with these signals are decided."""
        known = self._most.get(bits)
        if known is None:
            if len(self._most) > _MEMORY:
                self._most.clear()
            low = high = 0.0
            for must, never, zones, score, _ in self._rules:
                own_must, own_never = must & ~CONTEXT_MASK, never & ~CONTEXT_MASK
                if bits & own_must == own_must and not bits & own_never and (not zones or bits & zones):
                    if score > 0:
                        high += score
                    elif must == own_must and never == own_never:
                        low += score
            known = self._most[bits] = high + low
        return known

    def reasons(self, bits: int) -> list[Rule]:
        """The rules that speak against a line with these signals, heaviest first. Not to be changed."""
        known = self._reasons.get(bits)
        if known is None:
            if len(self._reasons) > _MEMORY // 10:
                self._reasons.clear()
            known = self._reasons[bits] = [
                rule
                for must, never, zones, score, rule in self._rules
                if score > 0 and bits & must == must and not bits & never and (not zones or bits & zones)
            ]
            known.sort(key=WEIGHT, reverse=True)
        return known
