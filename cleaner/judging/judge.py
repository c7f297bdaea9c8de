"""From evidence to what goes: sums the scores of a document's lines, then lets neighbours inform the undecided."""

from __future__ import annotations

from collections.abc import Sequence
from operator import or_

from cleaner.evidence.findings import SURE, Finder
from cleaner.evidence.form_rules import WEIGHT
from cleaner.evidence.neighbours import Neighbours
from cleaner.evidence.state import State
from cleaner.evidence.surroundings import HIGH, LOW
from cleaner.judging.ways import Ways
from cleaner.rules.rule import Rule
from cleaner.text.signals import BITS as B

# What speaks for a line that no other page of its site has, where some are known: they have most of the site's own.
LONE = 0.02
_SWEEPS = 4
# On whole pages evidence runs wider: a threshold below 1 comes down there by this share of what it does elsewhere, or
# bodies would go with it (docs/quality.md).
_EASE = 1 / 3


class Ruling:
    """One line's verdict in the making: its score, and the rules behind it if it goes."""

    __slots__ = ("reasons", "score")

    def __init__(self, score: float, reasons: list[Rule]) -> None:
        self.score, self.reasons = score, reasons


class Judge:
    """Decides which of a document's non-blank lines go.

    Args:
        bare: the rules that have no pattern.
        threshold: the sum at which a line goes on weak evidence (on a whole page, one below 1 is nearer to 1). A line
            with a sure finding goes at 1.0.
        ways: how sums and surroundings are worked out.
    """

    def __init__(self, bare: Sequence[Rule], threshold: float, ways: Ways) -> None:
        form = ways.form_table(r for r in bare if not (r.near or r.repeat))
        self._form, self._threshold, self._surroundings = form, threshold, ways.surroundings
        self._guards, self._alone = form.guards(), form.alone()
        self.find = Finder([r for r in bare if r.near or r.repeat]).find

    def rule(self, state: State, weak: bool) -> dict[int, Ruling]:
        """The lines that go, by index into `state.lines`.

        Args:
            state: the document as it stands.
            weak: whether fractions count; if not, only sure rules and those that protect do.
        """
        lines, form = state.lines, self._form
        found = self.find(state, weak)
        bits, fixed, sure = found.bits, found.scores, found.sure
        if weak and state.repeated:
            fixed |= {i: fixed.get(i, 0.0) - LONE for i, line in enumerate(lines) if line.lone and i not in sure}
        for i in sure:
            bits[i] |= state.topic(i)
        told = form.sum if weak else self._guards.sum
        gone = {i for i in sure if fixed[i] + told(bits[i]) >= SURE}
        if weak:
            self._look_around(bits, fixed, gone)
            least = self._threshold
            if least < 1 and bits and bits[0] & B["page"]:
                least = 1 - (1 - least) * _EASE
            open_ = [
                i
                for i, most in enumerate(map(form.most, bits))
                if (most >= least or i in fixed)
                and i not in gone
                and most + fixed.get(i, 0.0) >= (SURE if i in sure else least)
            ]
            for i in open_:
                bits[i] |= state.topic(i)
            self._weigh(bits, fixed, sure, gone, open_, least)
        if not gone:
            return {}
        context = Neighbours(len(lines), gone)
        out = {}
        for i in sorted(gone):
            b = bits[i] | context(i)
            against = form.reasons(b) if weak else []
            # A pattern tells a person more than a form does, whatever it weighs.
            told_by = [r for r in found.rules.get(i, ()) if r.score > 0]
            if len(told_by) > 1:
                told_by.sort(key=WEIGHT, reverse=True)
            reasons = told_by + against
            out[i] = Ruling(fixed.get(i, 0.0) + (form.sum(b) if weak else 0.0), reasons)
        return out

    def _look_around(self, bits: list[int], fixed: dict[int, float], gone: set[int]) -> None:
        """Add to the signals of each line what the lines around it weigh by themselves."""
        alone = list(map(self._alone.sum, bits))
        for i, score in fixed.items():
            alone[i] += score
        weights = [LOW if w < LOW else HIGH if w > HIGH else w for w in alone]
        for i in gone:
            weights[i] = HIGH
        bits[:] = map(or_, bits, self._surroundings(weights))

    def _weigh(
        self,
        bits: Sequence[int],
        fixed: dict[int, float],
        sure: set[int],
        gone: set[int],
        open_: list[int],
        least: float,
    ) -> None:
        """Decide the open lines, from the outside in, until their neighbours' verdicts change nothing more."""
        for i in open_:
            if fixed.get(i, 0.0) + self._form.sum(bits[i]) >= (SURE if i in sure else least):
                gone.add(i)
        context = Neighbours(len(bits), gone)
        form = self._form
        # What was known of its neighbours when a line was last weighed: while that is the same, so is its sum.
        weighed: dict[int, int] = dict.fromkeys(open_, 0)
        for sweep in range(_SWEEPS):
            before = len(gone)
            for i in reversed(open_) if sweep % 2 == 0 else open_:
                if i in gone or weighed[i] == (around := context(i)):
                    continue
                weighed[i] = around
                score = fixed.get(i, 0.0) + form.sum(bits[i] | around)
                if score >= (SURE if i in sure else least):
                    context.add(i)
            if len(gone) == before and sweep:
                return

    def at(self, threshold: float) -> Judge:
        """This judge at another threshold."""
        from copy import copy  # late: a small run has no use for it

        other = copy(self)
        other._threshold = threshold
        return other
