"""What is left of a document's lines when some go, and the marks around them that go with those: blank lines, underlines, fences."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count
from operator import not_, or_

from cleaner.evidence.lines import Lines
from cleaner.evidence.place import is_underline
from cleaner.judging.blanks import blanks_to_close
from cleaner.judging.rulings import Rulings

_FENCE = ":::"


def left(lines: Lines, gone: Rulings, closed: Rulings) -> Lines:
    """What is left of `lines` without those that go and the blank ones that go with them."""
    if not gone:
        return lines
    out: Iterable[int] = gone.here(lines.numbers)
    if closed:
        out = map(or_, out, closed.here(lines.numbers))
    return lines.among(array("I", compress(lines.numbers, map(not_, out))))


def closing(lines: Lines, gone: Rulings) -> Rulings:
    """The blank lines and marks that go with those that go, each by the ruling on the one that it goes with."""
    if not gone:
        return gone
    numbers, which = lines.numbers, gone.which
    closed = array("I", bytes(4 * len(which)))
    out, blank = gone.here(numbers), lines.blank()
    if marks := [*_underlines(lines, out), *_fences(lines, out, blank)]:
        out = bytearray(map(bool, out))
        for mark, owner in marks:
            closed[numbers[mark]] = which[numbers[owner]]
            out[mark] = True
    for line, owner in blanks_to_close(blank, out):
        closed[numbers[line]] = which[numbers[owner]] or closed[numbers[owner]]
    return Rulings(gone.kinds, closed) if any(closed) else Rulings()


def _underlines(lines: Lines, out: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lines that stay and underline one that goes, by their places, each with that."""
    facts, numbers = lines.facts, lines.numbers
    for i in compress(count(1), out[:-1]):
        if not out[i] and is_underline(facts[numbers[i]].low):
            yield i, i - 1


def _fences(lines: Lines, out: Sequence[int], blank: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The fences around nothing but what goes, by their places, each with one of the lines that go."""
    facts, numbers, n = lines.facts, lines.numbers, len(out)
    end = 0
    for last in compress(range(n), out):
        if last + 1 < end or last + 1 < n and out[last + 1]:
            continue
        start, end = last, last + 1
        while True:
            while start and (blank[start - 1] or out[start - 1]):
                start -= 1
            while end < n and (blank[end] or out[end]):
                end += 1
            if not start or end == n or not _are_fences(facts[numbers[start - 1]].raw, facts[numbers[end]].raw):
                break
            start, end = start - 1, end + 1
            yield start, last
            yield end - 1, last


def _are_fences(above: str, below: str) -> bool:
    """Whether two lines begin and end a part of a text, as pandoc has it for a `<div>`."""
    return below.startswith(_FENCE) and not below.strip(": ") and above.startswith(_FENCE) and above.strip(": ") != ""
