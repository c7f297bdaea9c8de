"""How much work one document may make: more, and it is left as it is, so that no page stops a corpus."""

from __future__ import annotations

import time
from itertools import islice

from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Final, TypeVar

    T = TypeVar("T")

# A document is judged anew as long as something goes. A page has so many rounds that its lines are looked at ten times at
# most (measured); where each round takes a few lines at the edge, rounds times lines would be a square.
_TIMES, _ALWAYS = 32, 500_000
# Memory of a document while it is judged (bytes): for each of its lines, and for each of its characters (measured, upwards).
_OF_LINE, _OF_CHARACTER = 2_500, 20
# Lines looked at between two looks at the clock.
_BETWEEN = 256


class TooMuch(Exception):  # noqa: N818  # no error: it is caught where the document is given back
    """A document asks for more than it may have; says what it asks for."""


class Budget(Value):
    """What one document may cost.

    Attributes:
        seconds: of processor time; None: any.
        megabytes: of memory, as its lines and characters let expect; None: any.
    """

    __match_args__ = ("seconds", "megabytes")
    __slots__ = __match_args__

    def __init__(self, seconds: float | None = None, megabytes: float | None = None) -> None:
        self.seconds: Final = seconds
        self.megabytes: Final = megabytes


class Effort:
    """The work on one document.

    Args:
        lines, characters: how many the document has.
        budget: what it may cost.

    Raises:
        TooMuch: it would not find room in memory.
    """

    def __init__(self, lines: int, characters: int, budget: Budget) -> None:
        needed = (_OF_LINE * lines + _OF_CHARACTER * characters) / 1e6
        if budget.megabytes is not None and needed > budget.megabytes:
            raise TooMuch(
                f"would take some {needed:.0f} MB of memory, more than the {budget.megabytes:g} that a text may have"
            )
        self._left = _ALWAYS + _TIMES * lines
        self._seconds = budget.seconds
        self._end = None if budget.seconds is None else time.process_time() + budget.seconds

    def round(self, lines: int) -> None:
        """So many lines are about to be judged together. Raises TooMuch."""
        self._left -= lines
        if self._left < 0:
            raise TooMuch("each time that something is taken out more is found, too often for a text of its length")
        self._look()

    def pieces(self, some: Iterable[T]) -> Iterator[list[T]]:
        """`some`, of which each makes work, in pieces with a look at the clock before each. Raises TooMuch."""
        rest = iter(some)
        while piece := list(islice(rest, _BETWEEN)):
            self._look()
            yield piece

    def _look(self) -> None:
        if self._end is not None and time.process_time() > self._end:
            raise TooMuch(f"takes more than the {self._seconds:g} s of processor time that a text may have")
