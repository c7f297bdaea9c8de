"""What became of the lines around a line: the `CONTEXT` signals that change while a document is judged."""

from __future__ import annotations

from cleaner.text.signals import BITS as B

AROUND = 4
_HEAD_OPEN, _TAIL_OPEN, _MANY_NEAR = B["head-open"], B["tail-open"], B["many-near-dropped"]
_PREV, _NEXT = B["prev-dropped"], B["next-dropped"]
_PREV2, _NEXT2 = _PREV | B["prev2-dropped"], _NEXT | B["next2-dropped"]


class Neighbours:
    """What became of a line's neighbours, as signal bits.

    Args:
        count: how many lines there are.
        gone: those that go, by index; grows with `add`.
    """

    def __init__(self, count: int, gone: set[int]) -> None:
        self._gone = gone
        self._head, self._tail = 0, count - 1
        # One byte for each line, with room on both sides: to look around a line is to take a slice.
        self._flags = bytearray(count + 2 * AROUND)
        for i in gone:
            self._flags[i + AROUND] = 1

    def add(self, i: int) -> None:
        """Line `i` goes too."""
        self._gone.add(i)
        self._flags[i + AROUND] = 1

    def __call__(self, i: int) -> int:
        """The signals of line `i`, by what has gone so far."""
        gone = self._gone
        while self._head in gone:
            self._head += 1
        while self._tail in gone:
            self._tail -= 1
        bits = 0
        if i <= self._head:
            bits |= _HEAD_OPEN
        if i >= self._tail:
            bits |= _TAIL_OPEN
        around = self._flags[i : i + 2 * AROUND + 1]
        if 1 not in around:
            return bits
        if around[AROUND - 1]:
            bits |= _PREV2 if around[AROUND - 2] else _PREV
        if around[AROUND + 1]:
            bits |= _NEXT2 if around[AROUND + 2] else _NEXT
        if around.count(1) - around[AROUND] >= AROUND:
            bits |= _MANY_NEAR
        return bits
