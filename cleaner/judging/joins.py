"""Quick answers to which of the lines that are left belong together: that is asked whenever something goes."""

from __future__ import annotations

from cleaner.text.wrapping import may_join, shapes, units

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.text.wrapping import Look


class Joins:
    """The units of what is left of one text, as `wrapping.units` finds them.

    Args:
        raws: the lines of the text.
        look: what sees the shapes of lines.

    Attributes:
        never: whether it is certain that no choice of its lines has units: most texts need not be looked at again.
    """

    def __init__(self, raws: Sequence[str], look: Look = shapes) -> None:
        self.never = not may_join(raws, look)
        self._look = look
        self._asked: list[str] = []
        self._found: list[range] | None = None

    def cut(self) -> None:
        """Note that a line is cut: what is left of it is none of the text's lines, and may be a piece of a sentence.

        The list of lines that was asked for last may be the very one in which it changes, so its answer is forgotten.
        """
        self.never = False
        self._asked, self._found = [], None

    def units(self, raws: list[str]) -> list[range] | None:
        """The units of these lines; None if each line is its own."""
        # A level that takes no more than the one below it leaves what that one left.
        if raws != self._asked:
            self._asked, self._found = raws, units(raws, self._look)
        return self._found
