"""Hard-wrapped text: lines that were broken at a width belong together, and are judged as one.

`html2text`, `lynx`, `w3m` and `pandoc` write so by default. A line was broken there if it could not have taken the first
word of the next one: that is measured on the text itself, and no width is asked for.
"""

from __future__ import annotations

import re

from cleaner.text import patterns

# A width is looked for between these (columns), and is what nearly all lines of several words keep to.
_NARROWEST, _WIDEST = 50, 110
_WORDS = 6
_WITHIN = 0.97
# The share of lines of several words that had to be broken where they are, and how many of them there must be.
_BROKEN = 0.55
_FEWEST = 4
# Few lines that were broken at a width end where a sentence does; lines of one sentence each do, however long they are.
_FINISHED = 0.5
# What begins an item, a heading, a table row or a fence is never the rest of a line.
_BEGINS = patterns.compiled(
    r"\s*(?:[-*+•·●▪■◦‣∙o] |\d{1,3}[.)] |#{1,6} |\||```|~~~|:::|={3,}|-{3,}|\[\d{1,3}\]:? |⟨\d{1,3}⟩)"
)
_HEADING = patterns.compiled(r"\s*#{1,6} ")
_STOP = patterns.compiled(r"[.!?…:。！？][\"'”’»)\]]{0,3}\s*$")
_QUOTED = patterns.compiled(r"\s*(?:> ?)+")


def units(raws: list[str]) -> list[range] | None:
    """The stretches of lines that are one line each, broken at a width; None if the text is not hard-wrapped.

    Args:
        raws: the lines of a document without line feeds.

    Returns ranges of line numbers that together cover all lines, in order.
    """
    sizes = [len(raw.rstrip()) for raw in raws]
    # Most lines have too few characters for so many words, and need no parting.
    several = [
        i
        for i, (raw, size) in enumerate(zip(raws, sizes, strict=True))
        if size >= 2 * _WORDS - 1 and len(raw.split(None, _WORDS - 1)) == _WORDS
    ]
    if len(several) < _FEWEST:
        return None
    lengths = sorted(sizes[i] for i in several)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * _WITHIN))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    full = [_is_full(raws, sizes, i, width) for i in range(len(raws))]
    followed = [i for i in several if i + 1 < len(raws) and sizes[i + 1]]
    broken = [i for i in followed if full[i]]
    if len(followed) < _FEWEST or len(broken) < _BROKEN * len(followed):
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
    """The lines of a unit as one: a blank for each line feed, and blanks for the quote marks that begin the later ones.

    Offsets are those of the lines joined by line feeds.
    """
    return " ".join([raws[0], *(_QUOTED.sub(_blanks, raw, count=1) for raw in raws[1:])])


def _is_full(raws: list[str], sizes: list[int], i: int, width: int) -> bool:
    """Whether line `i` could not have taken the first word of the next within `width`."""
    if not sizes[i] or i + 1 == len(raws) or not sizes[i + 1]:
        return False
    quote = _QUOTED.match(raws[i + 1])
    words = raws[i + 1][quote.end() if quote else 0 :].split(None, 1)
    return bool(words) and sizes[i] + 1 + len(words[0]) > width


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
