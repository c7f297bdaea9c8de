"""How blank lines close behind the lines that went."""

from __future__ import annotations

from collections.abc import Container, Sequence

from cleaner.evidence.line import Line


def blanks_to_close(blank: Sequence[bool], dropped: Sequence[bool]) -> dict[int, int]:
    """Which blank lines go with the dropped lines around them, so that the gap is what a person would have typed.

    Between two kept lines the longer of the two gaps around a removed stretch stays; at either end of the document
    none does.

    Returns the index of each blank line to remove, with the index of the dropped line that it goes with.
    """
    gone: dict[int, int] = {}
    n = len(blank)
    out = [k for k, goes in enumerate(dropped) if goes]
    end = 0
    for first in out:
        if first < end:
            continue  # of the stretch before
        start, end, last = first, first + 1, first
        while start and blank[start - 1]:
            start -= 1
        while end < n and (blank[end] or dropped[end]):
            if dropped[end]:
                last = end
            end += 1
        before, after = first - start, end - 1 - last
        inside = start > 0 and end < n
        owner = first
        for k in range(start, end):
            if dropped[k]:
                owner = k
            elif not inside or not (k < first if before >= after else k > last):
                gone[k] = owner
    return gone


def without(lines: list[Line], gone: Container[int]) -> tuple[list[Line], dict[int, int]]:
    """What is left of lines, and the blank ones that go with those of `gone`, by number, each with the one that it goes with."""
    if not gone:
        return lines, {}
    dropped = [x.number in gone for x in lines]
    found = blanks_to_close([x.facts.blank for x in lines], dropped)
    closed = {lines[blank].number: lines[owner].number for blank, owner in found.items()}
    return [x for x, out in zip(lines, dropped, strict=True) if not out and x.number not in closed], closed
