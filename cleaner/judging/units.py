"""From units to lines: what was judged as one line is carried out on each of the lines that it was broken into."""

from __future__ import annotations

from array import array

from cleaner.evidence.facts import Facts
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.judging.joins import Joins
from cleaner.judging.leaving import closing, left
from cleaner.judging.ruling import Ruling
from cleaner.judging.rulings import Rulings
from cleaner.judging.verdict import KEEP, Action, Verdict
from cleaner.rules.rule import Rule
from cleaner.text.front_matter import front_matter
from cleaner.text.wrapping import joined, shapes

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.text.wrapping import Look


class Units:
    """The lines of a document that are left, in the units in which they are judged, and the verdicts on all.

    Args:
        raws: the document's lines, without line feeds.
        repeats: for each in how many other documents of its site it stands; None: nothing is known.
        look: what sees the shapes of lines.

    Attributes:
        regroups: whether what was left at some moment since the last `take` had other units (see `note`).
    """

    def __init__(self, raws: list[str], repeats: Sequence[int] | None, look: Look = shapes) -> None:
        # The document's own, until one is cut.
        self._raws, self._own = raws, False
        self._repeats = repeats if repeats and any(repeats) else None
        # The verdicts, and of each line the place of its own: four bytes a line, once one does not stay.
        self._verdicts = [KEEP]
        self._which = array("I")
        # The lines that are left, and of those that were cut the offsets of what is left of them.
        self._left: Sequence[int] = range(front_matter(raws), len(raws))
        self._where: dict[int, Sequence[int]] = {}
        self._lengths: dict[int, int] = {}
        self._cut_by: dict[int, tuple[Rule, ...]] = {}
        self._joins = Joins(raws, look)
        self._groups = self._grouped()
        self.regroups = False

    def copy(self) -> Units:
        """These, to be judged apart."""
        from copy import copy  # late: a small run has no use for it

        other = copy(self)
        self._make_room()
        other._verdicts, other._which = self._verdicts[:], self._which[:]
        other._own = self._own = False
        other._where, other._lengths, other._cut_by = self._where.copy(), self._lengths.copy(), self._cut_by.copy()
        other.regroups = False
        return other

    def current(self) -> Iterator[str]:
        """The text of each unit that is left."""
        if self._groups is None:
            return map(self._raws.__getitem__, self._left)
        return (joined([self._raws[n] for n in group]) for group in self._groups)

    def known(self) -> list[int] | None:
        """In how many other documents each unit that is left stands; None: nothing is known."""
        repeats = self._repeats
        return None if repeats is None else [min(repeats[n] for n in group) for group in self.groups()]

    def groups(self) -> Sequence[Sequence[int]]:
        """For each unit that is left the indices of the document's lines that it was broken into."""
        return self._groups or [(n,) for n in self._left]

    def take(self, lines: Lines, gone: Rulings, closed: Rulings) -> bool:
        """Carry out what was judged of the current units. Returns whether what is left has other units, and is to be judged.

        Args:
            lines: the units in order, cut where they were cut.
            gone: those that go, by number.
            closed: the blank ones that go with them.
        """
        stays = left(lines, gone, closed)
        cut = stays.cut
        if gone or cut:
            self._make_room()
        again = bool(gone or cut) and self._joins_otherwise(stays)
        out = bytearray(len(self._raws))
        places: dict[Ruling, int] = {}
        for rulings in (gone, closed):
            for number, kind in rulings.each():
                ruling = rulings.kinds[kind]
                if not (place := places.get(ruling, 0)):
                    place = places[ruling] = self._dropped(ruling)
                for n in self._group(number):
                    self._which[n] = place
                    out[n] = 1
        for line in cut:
            self._cut(line, self._group(line.number), out)
        if any(out):
            self._left = array("I", (n for n in self._left if not out[n]))
        if again:
            self._groups = self._grouped()
        self.regroups = False
        return again

    def follow(self, other: Units, facts: Callable[[str], Facts]) -> None:
        """Carry out too what was carried out on a copy of these; `facts`: what a line is by itself.

        Blank lines close behind what goes now as they do behind all that goes.
        """
        self._groups = None
        lines = Lines([facts(self._raws[n]) for n in self._left])
        gone: dict[int, Ruling] = {}
        for line, n in zip(lines, self._left, strict=True):
            verdict = other._verdicts[other._which[n]]
            if verdict.action is Action.CUT:
                stays = set(other._where[n])
                where = [at for at, k in enumerate(self._where.get(n, range(len(self._raws[n])))) if k in stays]
                if len(where) < len(self._raws[n]):
                    line.cut(facts("".join([self._raws[n][at] for at in where])), where, verdict.reasons)
                    lines.keep(line)
            if line.spent if line.where is not None else verdict.action is Action.DROP and not line.facts.blank:
                gone[line.number] = Ruling(verdict.score, list(verdict.reasons))
        rulings = Rulings.of(gone, len(lines))
        self.take(lines, rulings, closing(lines, rulings))
        self._groups = self._grouped()

    def note(self, left: Lines) -> None:
        """Note whether what is left at this moment has other units; see `regroups`."""
        self.regroups = self.regroups or self._joins_otherwise(left)

    def _joins_otherwise(self, left: Lines) -> bool:
        """Whether what is left belongs together otherwise than in the current units; `left`: those, cut where they were cut.

        What is left may be told for wrapped text where the whole was not, or the other way.
        """
        cut = left.cut
        if self._groups is None and not cut:
            raws = self._raws
            alone = None if self._joins.never else self._joins.units([raws[self._left[n]] for n in left.numbers])
            return alone is not None and len(alone) < len(left)
        if any(len(self._group(x.number)) > 1 for x in cut):
            return True
        groups = list(map(self._group, left.numbers))
        now = {self._group(x.number)[0]: x.view.raw for x in cut}
        raws = [now.get(n, self._raws[n]) for group in groups for n in group]
        found = self._joins.units(raws)
        return list(map(len, groups)) != (list(map(len, found)) if found else [1] * len(raws))

    def _group(self, number: int) -> Sequence[int]:
        """The lines of a unit, which has as its number its place among the current ones."""
        return self._groups[number] if self._groups is not None else (self._left[number],)

    def _dropped(self, ruling: Ruling) -> int:
        """The place of the verdict on lines that go by a ruling."""
        self._verdicts.append(Verdict(Action.DROP, round(ruling.score, 3), lambda: ruling.reasons))
        return len(self._verdicts) - 1

    def _decide(self, n: int, verdict: Verdict) -> None:
        self._which[n] = len(self._verdicts)
        self._verdicts.append(verdict)

    def _make_room(self) -> None:
        """From now on lines go."""
        if not self._which:
            self._which = array("I", bytes(4 * len(self._raws)))

    def verdicts(self) -> tuple[Verdict, ...]:
        """One for each line of the document."""
        if not self._which:
            return (KEEP,) * len(self._raws)
        return tuple(map(self._verdicts.__getitem__, self._which))

    def _grouped(self) -> list[list[int]] | None:
        whole = len(self._left) == len(self._raws)
        found = (
            None
            if self._joins.never
            else self._joins.units(self._raws if whole else [self._raws[n] for n in self._left])
        )
        return [[self._left[k] for k in stretch] for stretch in found] if found else None

    def _cut(self, unit: Line, group: Sequence[int], out: bytearray) -> None:
        """Cut what is missing from a unit out of its lines; those of which nothing is left go."""
        assert unit.where is not None
        stays = bytearray(sum(len(self._raws[n]) + 1 for n in group))
        for k in unit.where:
            stays[k] = 1
        rules = tuple(dict.fromkeys(unit.cut_by))
        self._joins.cut()
        start = 0
        for n in group:
            raw = self._raws[n]
            left = [k for k in range(len(raw)) if stays[start + k]]
            start += len(raw) + 1
            if len(left) == len(raw):
                continue
            if len(group) > 1 and not any(raw[k].isalnum() for k in left):
                self._decide(n, Verdict(Action.DROP, 1.0, rules))
                out[n] = 1
                continue
            where = self._where.get(n, range(len(raw)))
            self._lengths.setdefault(n, len(raw))
            self._where[n] = array("I", [where[k] for k in left])
            self._cut_by[n] = tuple(dict.fromkeys((*self._cut_by.get(n, ()), *rules)))
            if not self._own:
                self._raws, self._own = list(self._raws), True
            self._raws[n] = "".join(raw[k] for k in left)
            self._decide(n, Verdict(Action.CUT, 1.0, self._cut_by[n], _spans(self._where[n], self._lengths[n])))


def _spans(where: Sequence[int], length: int) -> tuple[tuple[int, int], ...]:
    """What is missing from a line of `length` characters of which those at `where` are left."""
    spans = []
    at = 0
    for k in [*where, length]:
        if k != at:
            spans.append((at, k))
        at = k + 1
    return tuple(spans)
