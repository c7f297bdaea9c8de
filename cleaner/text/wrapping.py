"""Broken lines belong together, and are judged as one: hard-wrapped text, and sentences that were broken at their links.

`html2text`, `lynx`, `w3m` and `pandoc` write so by default. A line was broken there if it could not have taken the first
word of the next one: that is measured on the text itself, and no width is asked for.
"""

from __future__ import annotations

from itertools import islice

from cleaner.text import patterns

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterator, Sequence

    # Of lines: whether they may be those of a text that was broken at a width; whether some of them may be, with others that
    # are not looked at; and which begin as a sentence goes on.
    Shapes = tuple[bool, bool, list[int]]
    Look = Callable[[Sequence[str]], Shapes]

# A width is looked for between these (columns), and is what nearly all lines of several words keep to.
NARROWEST, WIDEST = 50, 110
WORDS = 6
# Most lines have too few characters for so many words, and need no parting.
SEVERAL = 2 * WORDS - 1
WITHIN = 0.97
# The share of lines of several words that had to be broken where they are, and how many of them there must be.
_BROKEN = 0.55
FEWEST = 3
# Few lines that were broken at a width end where a sentence does; lines of one sentence each do, however long they are.
_FINISHED = 0.5
# What begins an item, a heading, a table row or a fence is never the rest of a line.
_BEGINS = patterns.compiled(
    r"\s*(?:[-*+•·●▪■◦‣∙o] |\d{1,3}[.)] |#{1,6} |\||```|~~~|:::|={3,}|-{3,}|\[\d{1,3}\]:? |⟨\d{1,3}⟩)"
)
_HEADING = patterns.compiled(r"\s*#{1,6} ")
_STOP = patterns.compiled(r"[.!?…:。！？][\"'”’»)\]]{0,3}\s*$")
_QUOTED = patterns.compiled(r"\s*(?:> ?)+")
# A sentence that was broken at its links: so many lines and words, and words a line. A line goes on if it begins so.
_PIECES, _PIECE_WORDS, _A_PIECE = 3, 12, 2.5
GOES_ON = ",.;)!?"
# What ends a line stands within its last characters.
_ENDS, _TAIL = patterns.compiled(r"[.!?…。！？:|][\"'”’»)\]]{0,3}$"), 4


def shapes(raws: Sequence[str]) -> Shapes:
    """What is to be seen of the lines of a text one by one, which settles most texts."""
    narrow = (raw for raw in raws if SEVERAL <= len(raw.rstrip()) <= WIDEST and _has_several(raw))
    return _may_be_wrapped(raws), sum(1 for _ in islice(narrow, FEWEST)) == FEWEST, list(_going_on(raws))


def units(raws: list[str], look: Look = shapes) -> list[range] | None:
    """The stretches of lines that are one line each, broken at a width or at links; None if each line is its own.

    Args:
        raws: the lines of a document without line feeds.
        look: what sees their shapes.

    Returns ranges of line numbers that together cover all lines, in order.
    """
    wrapped, _, going_on = look(raws)
    return (_wrapped(raws) if wrapped else None) or _broken(raws, going_on)


def may_join(raws: Sequence[str], look: Look = shapes) -> bool:
    """Whether `units` may join lines of these, or of any choice of them: False is certain."""
    _, narrow, going_on = look(raws)
    return narrow or bool(going_on)


def _going_on(raws: Sequence[str]) -> Iterator[int]:
    """The lines that begin as a sentence goes on."""
    return (i for i, raw in enumerate(raws) if raw and (raw[0].islower() or raw[0] in GOES_ON))


def _has_several(raw: str) -> bool:
    return len(raw.split(None, WORDS - 1)) == WORDS


def _broken(raws: list[str], going_on: Sequence[int]) -> list[range] | None:
    """The units of a text some of whose sentences were broken at their links, as tools do that give each link a line.

    `going_on`: the lines that begin as a sentence goes on.
    """
    goes_on = frozenset(going_on)
    found: list[range] = []
    # The last piece goes on too: few lines do, and most texts need no further look.
    for end in going_on:
        if not _ends(raws[end]) or _BEGINS.match(raws[end]):
            continue
        start = end
        while start and raws[start - 1].strip() and not _BEGINS.match(raws[start - 1]) and not _ends(raws[start - 1]):
            start -= 1
        if _is_one(raws, goes_on, start, end):
            found.append(range(start, end + 1))
    if not found:
        return None
    out: list[range] = []
    for stretch in [*found, range(len(raws), len(raws))]:
        out += [range(i, i + 1) for i in range(out[-1].stop if out else 0, stretch.start)]
        if stretch:
            out.append(stretch)
    return out


def _ends(raw: str) -> bool:
    return _ENDS.search(raw.rstrip()[-_TAIL:]) is not None


def _is_one(raws: list[str], goes_on: Collection[int], start: int, end: int) -> bool:
    """Whether the lines from `start` to `end` are pieces of one sentence, which ends with the last of them."""
    count = end + 1 - start
    if count < _PIECES or not _STOP.search(raws[end]) or raws[end].rstrip()[-1:] == ":":
        return False
    if not all(k in goes_on or k < end and k + 1 in goes_on for k in range(start + 1, end + 1)):
        return False
    words = sum(len(raw.split()) for raw in raws[start : end + 1])
    return words >= _PIECE_WORDS and words >= _A_PIECE * count


def _may_be_wrapped(raws: Sequence[str]) -> bool:
    """Whether nearly all lines of several words keep to a width: else the text was not broken at one."""
    # If more lines are wider than any width than may be of all that could have several words, it was not.
    most = sum(len(raw) >= SEVERAL for raw in raws)
    beyond = max(1, most - int(most * WITHIN))
    wide = (raw for raw in raws if len(raw) > WIDEST and len(raw.rstrip()) > WIDEST and _has_several(raw))
    if sum(1 for _ in islice(wide, beyond)) == beyond:
        return False
    lengths = sorted([size for raw in raws if (size := len(raw.rstrip())) >= SEVERAL and _has_several(raw)])
    return len(lengths) >= FEWEST and NARROWEST <= _width(lengths) <= WIDEST


def _width(lengths: Sequence[int]) -> int:
    """What nearly all of these lengths, the least first, keep to."""
    return lengths[min(len(lengths) - 1, int(len(lengths) * WITHIN))]


def _wrapped(raws: list[str]) -> list[range] | None:
    """The units of a text that was broken at a width; None if it was not."""
    sizes = [len(raw.rstrip()) for raw in raws]
    several = [i for i, size in enumerate(sizes) if size >= SEVERAL and _has_several(raws[i])]
    width = _width(sorted([sizes[i] for i in several]))
    full = [_is_full(raws, sizes, i, width) for i in range(len(raws))]
    followed = [i for i in several if i + 1 < len(raws) and sizes[i + 1]]
    broken = [i for i in followed if full[i]]
    if len(followed) < FEWEST or len(broken) < _BROKEN * len(followed):
        return None
    if sum(_STOP.search(raws[i]) is not None for i in broken) > _FINISHED * len(broken):
        return None
    out: list[range] = []
    start = 0
    for i in range(len(raws)):
        if not full[i] or _HEADING.match(raws[start]) or _BEGINS.match(raws[i + 1]):
            out.append(range(start, i + 1))
            start = i + 1
    return out


def joined(raws: list[str]) -> str:
    """The lines of a unit as one: a vertical tab for each line feed, and blanks for the quote marks that begin the later ones.

    Patterns see a blank there; the indent of a line that goes on (`lynx` indents all it writes) is no wide gap between the
    cells of a table. Offsets are those of the lines joined by line feeds.
    """
    return "\v".join([raws[0], *(_QUOTED.sub(_blanks, raw, count=1) for raw in raws[1:])])


def _is_full(raws: list[str], sizes: list[int], i: int, width: int) -> bool:
    """Whether line `i` could not have taken the first word of the next within `width`."""
    if not sizes[i] or i + 1 == len(raws) or not sizes[i + 1] or not any(map(str.isalnum, raws[i])):
        return False  # a row of signs parts what stands above from what stands below
    quote = _QUOTED.match(raws[i + 1])
    words = raws[i + 1][quote.end() if quote else 0 :].split(None, 1)
    return bool(words) and sizes[i] + 1 + len(words[0]) > width


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
