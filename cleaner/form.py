"""Rules without a pattern: what a line's signals add to its score, looked up by the signals' bits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter

from cleaner import native
from cleaner.remembered import Remembered
from cleaner.rule import Rule
from cleaner.signals import CONTEXT_MASK, OTHERS_MASK

# What rules are sorted by, heaviest first (with `reverse`, which keeps the order of those that weigh the same).
WEIGHT = attrgetter("score")
# Distinct combinations of signals that are remembered; a corpus has some ten thousand.
_MEMORY = 200_000
# A form rule with this score or less protects a line from sure rules too.
GUARD = -1.0


class FormTable:
    """What all form rules say of any combination of signals.

    Attributes:
        sum: what the rules add to a line with exactly these signals.
        most: the most that they could add once the neighbours of a line with these signals are decided.
        reasons: the rules that speak against a line with these signals, heaviest first. Not to be changed.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [(r.must, r.never, r.zone_bits, r.score, r) for r in rules]
        core = native.forms([facts[:4] for facts in self._rules], CONTEXT_MASK)
        # Each is asked for every line, so it is the look-up itself.
        self.sum: Callable[[int], float] = core.sum if core else Remembered(self._sum, _MEMORY).__getitem__
        self.most: Callable[[int], float] = core.most if core else Remembered(self._most, _MEMORY).__getitem__
        self._holding: Callable[[int], list[int]] = core.holding if core else self._hold
        self.reasons: Callable[[int], list[Rule]] = Remembered(self._reasons, _MEMORY // 10).__getitem__

    def guards(self) -> FormTable:
        """Those of the rules that protect a line from sure rules too."""
        return FormTable(rule for *_, score, rule in self._rules if score <= GUARD)

    def alone(self) -> FormTable:
        """Those of the rules that ask only for a line's own form and place."""
        return FormTable(rule for must, never, *_, rule in self._rules if not (must | never) & OTHERS_MASK)

    def _sum(self, bits: int) -> float:
        total = 0.0
        for must, never, zones, score, _ in self._rules:
            if bits & must == must and not bits & never and (not zones or bits & zones):
                total += score  # not `sum`, which from Python 3.12 on rounds otherwise
        return total

    def _most(self, bits: int) -> float:
        low = high = 0.0
        for must, never, zones, score, _ in self._rules:
            own_must, own_never = must & ~CONTEXT_MASK, never & ~CONTEXT_MASK
            if bits & own_must == own_must and not bits & own_never and (not zones or bits & zones):
                if score > 0:
                    high += score
                elif must == own_must and never == own_never:
                    low += score
        return high + low

    def _hold(self, bits: int) -> list[int]:
        return [
            i
            for i, (must, never, zones, *_) in enumerate(self._rules)
            if bits & must == must and not bits & never and (not zones or bits & zones)
        ]

    def _reasons(self, bits: int) -> list[Rule]:
        rules = self._rules
        return sorted([rules[i][-1] for i in self._holding(bits) if rules[i][3] > 0], key=WEIGHT, reverse=True)
