"""The lines of one document, as the page's script reads them (`view.js`).

A line is an item: a string that stays; a number of lines that stay and are not carried; or a list that begins with what
became of the line, `DROPPED` or `CUT`, followed by its parts. A part is a string that stays, `UNKNOWN` for what stays and
is not carried, or `[text, rule, score, other rules, what was seen]` for what went (the last two may be lacking). Where two
runs differ, an item is `[DIFFERS, old item, new item]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cleaner.batch.results import Entry, Taken
from cleaner.output.edit import by_line

DROPPED, CUT, DIFFERS = 1, 2, 3
UNKNOWN = 0

Number = Callable[[str, str], int]
Item = Any


def items(entry: Entry, number: Number, context: int | None = None) -> list[Item]:
    """The lines of a document.

    Args:
        entry: the document.
        number: the page's number of a rule, from its id and category.
        context: carry only so many lines that stay on each side of what went; None: all.
    """
    return _folded([item for _, item in _lines(entry, number)], context)


def compared(old: Entry, new: Entry, number: Number, context: int | None = None) -> list[Item]:
    """The lines of a document of two runs over the same text; see `items`."""
    if old.text is None or new.text is None:
        return _folded(_without_text(old, new, number), context)
    both = zip(_lines(old, number), _lines(new, number), strict=True)
    return _folded([a if a == b else [DIFFERS, a, b] for (_, a), (_, b) in both], context)


def _without_text(old: Entry, new: Entry, number: Number) -> list[Item]:
    """The same of two entries of which at least one carries no text: lines that stay in both are only counted."""
    sides = [{n: item for n, item in _lines(e, number) if isinstance(item, list)} for e in (old, new)]
    out: list[Item] = []
    at = 1
    for n in sorted(sides[0].keys() | sides[1].keys()):
        if n > at:
            out.append(n - at)
        a, b = (side.get(n, [CUT, UNKNOWN]) for side in sides)
        # A line that stays in one run is in the other's file, if that took it whole.
        a, b = _known(a, b), _known(b, a)
        out.append(a if a == b else [DIFFERS, a, b])
        at = n + 1
    last = max(old.lines, new.lines)
    if last >= at:
        out.append(last - at + 1)
    return out


def _known(item: list[Any], other: list[Any]) -> Item:
    if item == [CUT, UNKNOWN] and other[0] == DROPPED:
        return "".join(part[0] for part in other[1:])
    return item


def _lines(entry: Entry, number: Number) -> Iterator[tuple[int, Item]]:
    """Each line's number (from 1; of a stretch that is only counted, its first) and item."""
    gone = by_line(entry.taken)
    if entry.text is None:
        yield from _counted(entry, gone, number)
        return
    raws = entry.text.split("\n")
    if not raws[-1]:
        raws.pop()
    at = 0
    for n, raw in enumerate(raws, 1):
        if n in gone:
            yield n, _changed(raw, at, gone[n], number)
        else:
            yield n, raw.removesuffix("\r")
        at += len(raw) + 1


def _counted(entry: Entry, gone: dict[int, list[Taken]], number: Number) -> Iterator[tuple[int, Item]]:
    at = 1
    for n, taken in sorted(gone.items()):
        if n > at:
            yield at, n - at
        if taken[0].whole:
            yield n, [DROPPED, *(_part(t, number) for t in taken)]
        else:
            parts: list[Any] = [UNKNOWN]
            for t in taken:
                parts += [_part(t, number), UNKNOWN]
            yield n, [CUT, *parts]
        at = n + 1
    if entry.lines >= at:
        yield at, entry.lines - at + 1


def _changed(raw: str, start: int, taken: Sequence[Taken], number: Number) -> Item:
    parts: list[Any] = []
    at = 0
    for t in taken:
        a, b = t.start - start, t.end - start
        if kept := raw[at:a]:
            parts.append(kept)
        parts.append(_part(t, number))
        at = b
    if kept := raw[at:].removesuffix("\r"):
        parts.append(kept)
    return [DROPPED if taken[0].whole else CUT, *parts]


def _part(taken: Taken, number: Number) -> list[Any]:
    part = [taken.removed.rstrip("\r\n"), number(taken.rule, taken.category), taken.score]
    others = [rule for rule in taken.rules if rule != taken.rule]
    if taken.saw:
        return [*part, others, taken.saw]
    return [*part, others] if others else part


def _folded(lines: Iterable[Item], context: int | None) -> list[Item]:
    """`lines`, with those that are further than `context` from a change only counted."""
    out = list(lines)
    if context is None:
        return out
    near = {
        k
        for i, item in enumerate(out)
        if isinstance(item, list)
        for k in range(max(0, i - context), min(len(out), i + context + 1))
    }
    folded: list[Item] = []
    for i, item in enumerate(out):
        if i in near and not isinstance(item, int):
            folded.append(item)
            continue
        count = item if isinstance(item, int) else 1
        if folded and isinstance(folded[-1], int):
            folded[-1] += count
        else:
            folded.append(count)
    return folded
