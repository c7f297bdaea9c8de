"""A document and its lines, as they came, and the zones they stand in."""

from __future__ import annotations

from cleaner.light import StrEnum
from cleaner.text.view import View

# Lines that are looked at together, so that no second list of all is made.
_PIECE = 4096


class Zone(StrEnum):
    """Where in its document a line stands."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"


class Document:
    """One article's text, line by line.

    Attributes:
        text: the whole text, as it came.
        raws: its lines without line feeds; `"\\n".join(raws)` is `text`. A carriage return stays with its line.
    """

    __slots__ = ("raws", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        # Equal lines are one object: a text of many lines often has few that differ.
        seen: dict[str, str] = {}
        self.raws = raws = text.split("\n")
        for at in range(0, len(raws), _PIECE):
            piece = raws[at : at + _PIECE]
            raws[at : at + _PIECE] = map(seen.setdefault, piece, piece)

    @property
    def views(self) -> list[View]:
        """The view of each line, in the same order; made anew each time."""
        return [View(raw) for raw in self.raws]
