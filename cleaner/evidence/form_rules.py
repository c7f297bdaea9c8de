"""Rules without a pattern: what a line's signals add to its score."""

from __future__ import annotations

from operator import attrgetter

from cleaner.rules.rule import Rule
from cleaner.text.signals import CONTEXT_MASK, OTHERS_MASK

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

# What rules are sorted by, heaviest first (with `reverse`, which keeps the order of those that weigh the same).
WEIGHT = attrgetter("score")
# A form rule with this score or less protects a line from sure rules too.
GUARD = -1.0


class FormTable:
    """What all form rules say of any combination of signals.

    Args:
        rules: the form rules that ask for signals alone.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = [(r.must, r.never, r.zone_bits, r.score, r) for r in rules]

    @property
    def facts(self) -> list[tuple[int, int, int, float]]:
        """Of each rule the signals that it asks for, those that it forbids, those of its zones, and its score."""
        return [some[:4] for some in self._rules]

    def guards(self) -> FormTable:
        """Those of the rules that protect a line from sure rules too."""
        return type(self)(rule for *_, score, rule in self._rules if score <= GUARD)

    def alone(self) -> FormTable:
        """Those of the rules that ask only for a line's own form and place."""
        return type(self)(rule for must, never, *_, rule in self._rules if not (must | never) & OTHERS_MASK)

    def sum(self, bits: int) -> float:
        """What the rules add to a line with exactly these signals."""
        total = 0.0
        for must, never, zones, score, _ in self._rules:
            if bits & must == must and not bits & never and (not zones or bits & zones):
                total += score  # not `sum`, which from Python 3.12 on rounds otherwise
        return total

    def most(self, bits: int) -> float:
        """The most that they could add once the neighbours of a line with these signals are decided."""
        low = high = 0.0
        for must, never, zones, score, _ in self._rules:
            own_must, own_never = must & ~CONTEXT_MASK, never & ~CONTEXT_MASK
            if bits & own_must == own_must and not bits & own_never and (not zones or bits & zones):
                if score > 0:
                    high += score
                elif must == own_must and never == own_never:
                    low += score
        return high + low

    def holding(self, bits: int) -> list[int]:
        """The places, among all, of the rules that speak for or against a line with these signals."""
        return [
            i
            for i, (must, never, zones, *_) in enumerate(self._rules)
            if bits & must == must and not bits & never and (not zones or bits & zones)
        ]

    def speaking(self, bits: int) -> list[Rule]:
        """The rules that speak for or against a line with these signals."""
        return [self._rules[i][-1] for i in self.holding(bits)]

    def reasons(self, bits: int) -> list[Rule]:
        """The rules that speak against a line with these signals, heaviest first. Not to be changed."""
        rules = self._rules
        return sorted([rules[i][-1] for i in self.holding(bits) if rules[i][3] > 0], key=WEIGHT, reverse=True)
