"""The lines that are still in a document while it is judged, without an object for each: most are never looked at singly."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import attrgetter, not_

from cleaner.evidence.facts import Facts
from cleaner.evidence.line import Line

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import overload

_TEXT = attrgetter("text")


class Lines(Sequence[Line]):
    """Lines, made when they are asked for; only those that were cut are kept.

    Args:
        facts: what each line of the document is by itself, also those that are not here.
        known: for each of those in how many other documents of its site it stands; None: nothing is known of any.

    Attributes:
        facts: the same, after any cuts.
        known: the same.
        numbers: the indices in the document of the lines that are here, in order: four bytes each, unless all are here.
    """

    __slots__ = ("_cut", "facts", "known", "numbers")

    def __init__(self, facts: list[Facts], known: Sequence[int] | None = None) -> None:
        self.facts, self.known = facts, known
        self.numbers: array[int] | memoryview[int] | range = range(len(facts))
        self._cut: dict[int, Line] = {}

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Lines:
        """These lines, the first of which is number 0."""
        some = list(lines)
        known = None if all(x.known is None for x in some) else [x.known or 0 for x in some]
        made = cls([x.facts for x in some], known)
        for line in some:
            if line.cutting:
                made.keep(line)
        return made

    def among(self, numbers: array[int] | bytearray) -> Lines:
        """Those of them that have these numbers."""
        fewer = Lines([])
        fewer.facts, fewer.known, fewer._cut = self.facts, self.known, self._cut
        fewer.numbers = numbers if isinstance(numbers, array) else memoryview(numbers).cast("I")
        return fewer

    def apart(self, blank: Facts) -> Lines:
        """They as a document of their own, in which nothing is known of the lines that went.

        Args:
            blank: what a line with nothing in it is, which stands in the place of those.
        """
        alone = self.among(array("I", self.numbers))
        alone.facts = [blank] * len(self.facts)
        for n in self.numbers:
            alone.facts[n] = self.facts[n]
        return alone

    def keep(self, line: Line) -> None:
        """Keep a line that was cut, here and wherever else these lines are."""
        self.facts[line.number] = line.facts
        self._cut[line.number] = line

    @property
    def cut(self) -> list[Line]:
        """Those of which some was cut and is not taken back."""
        if not self._cut:
            return []
        return [x for n in self.numbers if (x := self._cut.get(n)) and x.where is not None]

    def texts(self) -> Iterator[Facts]:
        """What each is by itself."""
        return map(self.facts.__getitem__, self.numbers)

    def blank(self) -> bytearray:
        """Of each whether nothing is to be seen."""
        return bytearray(map(not_, map(_TEXT, self.texts())))

    def __len__(self) -> int:
        return len(self.numbers)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Line: ...
        @overload
        def __getitem__(self, at: slice) -> list[Line]: ...

    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        return self._line(self.numbers[at]) if isinstance(at, int) else [self._line(n) for n in self.numbers[at]]

    def __iter__(self) -> Iterator[Line]:
        return map(self._line, self.numbers)

    def _line(self, n: int) -> Line:
        return self._cut.get(n) or Line(n, self.facts[n], None if self.known is None else self.known[n])
