"""What a person decides of one document: lines put back, lines taken out, and the body that comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from cleaner.judging.verdict import Action
from cleaner.output.edit import Edit, by_line
from cleaner.output.result import Result

# How a line stands: it stays or goes as the rules say, or by the person's word.
STAYS, GOES, CUT, BACK, OUT = " ", "-", "~", "+", "x"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    Attributes:
        number: from 1.
        raw: the text with its ending.
        left: what the rules leave of it; None if nothing.
        start: where it begins in the text, in characters.
        edits: what they took.
    """

    number: int
    raw: str
    left: str | None
    start: int
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The line without its ending."""
        return self.raw.rstrip("\r\n")

    @property
    def blank(self) -> bool:
        """Whether nothing can be read in it."""
        return not self.raw.strip()


class Review:
    """The decisions on one document.

    Args:
        result: what the rules make of it.
    """

    def __init__(self, result: Result) -> None:
        self.name = result.name
        edits = by_line(result.edits)
        starts = accumulate((len(raw) for raw, _ in result.lines), initial=0)
        self.lines = tuple(
            Line(n, raw, left, start, tuple(edits.get(n, ())))
            for n, ((raw, left), start) in enumerate(zip(result.lines, starts, strict=False), 1)
        )
        self._turned: set[int] = set()
        self._history: list[int] = []
        self._owner = _owners(self.lines)

    @property
    def decided(self) -> bool:
        """Whether anything is decided otherwise than the rules say."""
        return bool(self._turned)

    def stand(self, number: int) -> str:
        """How line `number` stands: one of `STAYS`, `GOES`, `CUT`, `BACK`, `OUT`."""
        line = self.lines[number - 1]
        turned = self._owner.get(number, number) in self._turned
        if not line.edits:
            return OUT if turned else STAYS
        if turned:
            return BACK
        return GOES if line.edits[0].action is Action.DROP else CUT

    def turn(self, number: int) -> bool:
        """Put line `number` back if something of it goes, else take it out; a second time, as the rules say again.

        A blank line is not for a person to decide: it goes and stays with the line it went with. Returns whether
        anything changed.
        """
        if self.lines[number - 1].blank:
            return False
        self._turned ^= {number}
        self._history.append(number)
        return True

    def undo(self) -> int | None:
        """Take the last decision back; returns its line, None if there is none."""
        if not self._history:
            return None
        number = self._history.pop()
        self._turned ^= {number}
        return number

    def of(self, stand: str) -> list[Line]:
        """The lines that a person put back (`BACK`) or took out (`OUT`), blank ones aside."""
        return [self.lines[n - 1] for n in sorted(self._turned) if self.stand(n) == stand]

    @property
    def body(self) -> str:
        """What is left of the text."""
        out = []
        for line in self.lines:
            stand = self.stand(line.number)
            if stand in (STAYS, BACK):
                out.append(line.raw)
            elif stand == CUT:
                out.append(line.left or "")
        return "".join(out)

    def removals(self, category: str = "") -> list[int]:
        """The numbers of the lines of which the rules take something, blank ones aside; of one category, if named."""
        return [x.number for x in self.lines if x.edits and not x.blank and category in ("", x.edits[0].category)]

    def categories(self) -> list[tuple[str, int]]:
        """The categories of the removals and how many lines each has, most first."""
        counts = Counter(x.edits[0].category for x in self.lines if x.edits and not x.blank)
        return counts.most_common()


def _owners(lines: tuple[Line, ...]) -> dict[int, int]:
    """For each blank line that goes, the line it goes with: the one above it that goes, else the one below."""
    owner: dict[int, int] = {}
    for ordered, step in ((lines, 1), (lines[::-1], -1)):
        last = 0
        for line in ordered:
            if not line.edits:
                last = 0
            elif not line.blank:
                last = line.number
            elif last and (step > 0 or line.number not in owner):
                owner[line.number] = last
    return owner
