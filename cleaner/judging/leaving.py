"""What is left of a document's lines when some go, and the blank lines and underlines that go with those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import not_, or_

from cleaner.evidence.lines import Lines
from cleaner.evidence.place import is_underline
from cleaner.judging.blanks import blanks_to_close
from cleaner.judging.rulings import Rulings


def left(lines: Lines, gone: Rulings, closed: Rulings) -> Lines:
    """What is left of `lines` without those that go and the blank ones that go with them."""
    if not gone:
        return lines
    out: Iterable[int] = gone.here(lines.numbers)
    if closed:
        out = map(or_, out, closed.here(lines.numbers))
    return lines.among(array("I", compress(lines.numbers, map(not_, out))))


def closing(lines: Lines, gone: Rulings) -> Rulings:
    """The blank lines and underlines that go with those that go, each by the ruling on the one that it goes with."""
    if not gone:
        return gone
    numbers, which = lines.numbers, gone.which
    closed = array("I", bytes(4 * len(which)))
    out = gone.here(numbers)
    if rows := _underlines(lines, out):
        out = bytearray(map(bool, out))
        for row in rows:
            closed[numbers[row]] = which[numbers[row - 1]]
            out[row] = True
    for blank, owner in blanks_to_close(lines.blank(), out):
        closed[numbers[blank]] = which[numbers[owner]] or closed[numbers[owner]]
    return Rulings(gone.kinds, closed) if any(closed) else Rulings()


def _underlines(lines: Lines, out: Sequence[int]) -> list[int]:
    """The lines that stay and underline one that goes, by their places."""
    facts, numbers = lines.facts, lines.numbers
    below = compress(count(1), out[:-1])
    return [i for i in below if not out[i] and is_underline(facts[numbers[i]].low)]
