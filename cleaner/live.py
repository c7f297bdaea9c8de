"""The lines still in a document while it is judged, and how blank lines close behind those that went."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from cleaner.line_memo import Seen
from cleaner.rule import Rule
from cleaner.view import View


class Live:
    """One line still there.

    Attributes:
        number: its index in the document, from 0.
        seen: what it is by itself, after any cuts; `own` and `hits` are taken from there.
        repeats: in how many other documents of its site the line was seen.
        lone: other documents of its site are known, and none has it.
        where: after a cut, the offset in the original raw line of each character that is left; None before.
        cut_by: the rules whose spans were cut.
    """

    __slots__ = ("cut_by", "hits", "lone", "number", "own", "repeats", "seen", "where")

    def __init__(self, number: int, seen: Seen, repeats: int = 0, lone: bool = False) -> None:
        self.number, self.repeats, self.lone = number, repeats, lone
        self.seen, self.own, self.hits = seen, seen.own, seen.hits
        self.where: Sequence[int] | None = None
        self.cut_by: Sequence[Rule] = ()

    def become(self, seen: Seen) -> None:
        """Take what is left of it after a cut."""
        self.seen, self.own, self.hits = seen, seen.own, seen.hits

    @property
    def view(self) -> View:
        """What patterns see of it."""
        return self.seen.view

    @property
    def spent(self) -> bool:
        """Whether cuts left nothing to read."""
        return not any(map(str.isalnum, self.view.text))


def blanks_to_close(blank: Sequence[bool], dropped: Sequence[bool]) -> dict[int, int]:
    """Which blank lines go with the dropped lines around them, so that the gap is what a person would have typed.

    Between two kept lines the longer of the two gaps around a removed stretch stays; at either end of the document
    none does.

    Returns the index of each blank line to remove, with the index of the dropped line that it goes with.
    """
    gone: dict[int, int] = {}
    n = len(blank)
    i = 0
    while i < n:
        if not (blank[i] or dropped[i]):
            i += 1
            continue
        start = i
        while i < n and (blank[i] or dropped[i]):
            i += 1
        out = [k for k in range(start, i) if dropped[k]]
        if out:
            before, after = out[0] - start, i - 1 - out[-1]
            keep_before = start > 0 and i < n and before >= after
            keep_after = start > 0 and i < n and not keep_before
            for k in range(start, i):
                if dropped[k] or (k < out[0] and keep_before) or (k > out[-1] and keep_after):
                    continue
                gone[k] = out[max(bisect_left(out, k) - 1, 0)]
    return gone
