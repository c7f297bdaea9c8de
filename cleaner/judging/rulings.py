"""Which lines of a document go, and by which rulings: four bytes a line, however many go."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from itertools import compress, count

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.judging.ruling import Ruling

    Which = array[int] | memoryview[int]

_NONE: array[int] = array("I")


class Rulings(Mapping[int, "Ruling"]):
    """The rulings on the lines that go, by the lines' numbers.

    Args:
        kinds: the rulings; many lines share one.
        which: for each line of the document the place in `kinds` of its ruling, from 1, or 0 if it stays.

    Attributes:
        kinds, which: as above; `which` is empty if all lines stay.
    """

    __slots__ = ("kinds", "which")

    def __init__(self, kinds: Sequence[Ruling] = (), which: Which = _NONE) -> None:
        self.kinds, self.which = kinds, which if kinds else _NONE

    @classmethod
    def of(cls, rulings: Mapping[int, Ruling], lines: int) -> Rulings:
        """Rulings by number, in a document of so many lines."""
        if not rulings:
            return cls()
        kinds = list(dict.fromkeys(rulings.values()))
        places = {kind: place for place, kind in enumerate(kinds, 1)}
        which = array("I", bytes(4 * lines))
        for number, ruling in rulings.items():
            which[number] = places[ruling]
        return cls(kinds, which)

    def over(self, others: Rulings) -> Rulings:
        """These and those on other lines that `others` has."""
        if not (self and others):
            return self or others
        shift = len(self.kinds)
        which = array("I", bytes(self.which))
        theirs = others.which
        for number in compress(count(), theirs):
            if not which[number]:
                which[number] = shift + theirs[number]
        return Rulings([*self.kinds, *others.kinds], which)

    def within(self, others: Rulings) -> bool:
        """Whether all lines that go here go by `others` too."""
        if not self or not others:
            return not self
        return all(compress(others.which, self.which))

    def here(self, numbers: Sequence[int]) -> Sequence[int]:
        """Of each of these lines whether it goes: 0 if it stays."""
        if not self:
            return bytes(len(numbers))
        which = self.which
        return which if len(numbers) == len(which) else array("I", map(which.__getitem__, numbers))

    def each(self) -> Iterator[tuple[int, int]]:
        """The lines that go, each with the place of its ruling in `kinds`, from 0."""
        which = self.which
        return ((number, which[number] - 1) for number in compress(count(), which))

    def __getitem__(self, number: int) -> Ruling:
        kind = self.which[number] if self.kinds else 0
        if not kind:
            raise KeyError(number)
        return self.kinds[kind - 1]

    def __contains__(self, number: object) -> bool:
        return bool(self.kinds and isinstance(number, int) and self.which[number])

    def __iter__(self) -> Iterator[int]:
        return compress(count(), self.which)

    def __len__(self) -> int:
        return sum(map(bool, self.which))

    def __bool__(self) -> bool:
        return bool(self.kinds)
