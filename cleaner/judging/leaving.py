"""What is left of a document's lines when some go, and the marks around them that go with those: blank lines, underlines, fences."""

from __future__ import annotations

from array import array
from itertools import compress, count
from operator import not_, or_

from cleaner.evidence.lines import Lines
from cleaner.judging.blanks import blanks_to_close
from cleaner.judging.rulings import Rulings
from cleaner.text.marks import ends_part, is_fence, is_underline

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


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
    out = gone.here(numbers)
    for marks in (_underlines, _fences):  # an underline may be the last that stays between fences
        if found := list(marks(lines, out)):
            out = bytearray(map(bool, out))
            for mark, owner in found:
                closed[numbers[mark]] = which[numbers[owner]] or closed[numbers[owner]]
                out[mark] = True
    for line, owner in blanks_to_close(lines.blank(), out):
        closed[numbers[line]] = which[numbers[owner]] or closed[numbers[owner]]
    return Rulings(gone.kinds, closed) if any(closed) else Rulings()


def _underlines(lines: Lines, out: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The lines that stay and underline one that goes, by their places, each with that."""
    facts, numbers = lines.facts, lines.numbers
    for i in compress(count(1), out[:-1]):
        if not out[i] and is_underline(facts[numbers[i]].raw):
            yield i, i - 1


def _fences(lines: Lines, out: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The fences of parts of which nothing stays, by their places, each with one of the lines that go."""
    facts, numbers = lines.facts, lines.numbers
    if not any(is_fence(some.low) for some in lines.texts()):
        return
    # Of each open part: where it begins; the last line in it that goes, or none; whether one stays.
    parts: list[tuple[int, int, bool]] = []
    for i, number in enumerate(numbers):
        if facts[number].blank:
            continue
        begin, last, stays = parts.pop() if parts else (-1, -1, True)
        if out[i]:
            last = i
        elif not is_fence(facts[number].low):
            stays = True
        elif not ends_part(facts[number].raw):
            if begin >= 0:
                parts.append((begin, last, stays))
            begin, last, stays = i, -1, False
        elif begin >= 0:
            if last >= 0 and not stays:
                yield begin, last
                yield i, last
            gone, held = last, stays or last < 0
            begin, last, stays = parts.pop() if parts else (-1, -1, True)
            last, stays = max(last, gone), stays or held
        if begin >= 0:
            parts.append((begin, last, stays))
