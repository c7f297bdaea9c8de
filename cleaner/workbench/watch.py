"""Watches a document being judged, and keeps of each line the moment that decided on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cleaner.evidence.neighbours import Neighbours
from cleaner.judging.case import Case
from cleaner.judging.verdict import Action, Verdict
from cleaner.judging.witness import Moment


@dataclass(frozen=True, slots=True)
class Found:
    """A line at the moment that decided.

    Attributes:
        moment: when it was.
        number: the number of its unit then.
        groups: the document's lines in each unit then.
        parting: whether it took the line.
    """

    moment: Moment
    number: int
    groups: Sequence[Sequence[int]]
    parting: bool

    @property
    def group(self) -> Sequence[int]:
        """The document's lines in its unit then."""
        return self.groups[self.number]


class Scene:
    """A state of a document with what had gone of it: what an account of its lines needs, made once for all of them."""

    def __init__(self, case: Case, gone: Collection[int], groups: Sequence[Sequence[int]]) -> None:
        self.case, self.state = case, case.state
        self.places = {line.number: i for i, line in enumerate(self.state.lines)}
        count = len(self.places)
        self.neighbours = Neighbours(count, {self.places[m] for m in gone if m in self.places})
        self.untouched = Neighbours(count, set())
        self.groups = groups
        self._hit: dict[str, list[int]] | None = None

    def hit(self, category: str) -> Sequence[int]:
        """The numbers (from 1) of the document's lines that rules of a category hit where they stand."""
        if self._hit is None:
            self._hit = {}
            for line, bits in zip(self.state.lines, self.state.bits, strict=True):
                for kind in {rule.category for rule in line.facts.rules if rule.score > 0 and rule.stands(bits)}:
                    self._hit.setdefault(kind, []).append(self.groups[line.number][0] + 1)
        return self._hit.get(category, ())


class Watch:
    """Keeps for each of the document's lines the moment that took it, and the last that did not."""

    def __init__(self) -> None:
        self._groups: Sequence[Sequence[int]] = ()
        self._took: dict[int, Found] = {}
        self._kept: dict[int, Found] = {}
        self._scenes: dict[tuple[int, bool, bool, bool], Scene] = {}

    def begins(self, groups: Sequence[Sequence[int]]) -> None:
        """See `cleaner.judging.witness`."""
        self._groups = groups

    def decided(self, moment: Moment) -> None:
        """See `cleaner.judging.witness`."""
        taken = moment.certain.keys() if moment.held else moment.certain.keys() | moment.weak.keys()
        for number in taken:
            for n in self._groups[number]:
                self._took.setdefault(n, Found(moment, number, self._groups, True))
        for line in moment.state.state.lines:
            for n in self._groups[line.number]:
                self._kept[n] = Found(moment, line.number, self._groups, False)

    def of(self, n: int, verdict: Verdict) -> Found | None:
        """The moment that decided on line `n`; None where only a cut did."""
        return self._took.get(n) if verdict.action is Action.DROP else self._kept.get(n)

    def scene(self, found: Found, sure: bool) -> Scene:
        """The state on which a line was weighed."""
        moment = found.moment
        aside = not found.parting and found.number in moment.aside
        cases = (moment.state, False), (moment.case, True)
        for case, again in cases if sure or aside else reversed(cases):
            key = (id(moment), again, found.parting, aside)
            if key not in self._scenes:
                weak = moment.aside if aside else moment.weak
                gone = weak.keys() if found.parting or moment.held or aside else moment.given
                self._scenes[key] = Scene(case, gone, found.groups)
            if found.number in self._scenes[key].places:
                break
        return self._scenes[key]
