"""How blank lines close behind the lines that went."""

from __future__ import annotations

from itertools import compress

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def blanks_to_close(blank: Sequence[int], dropped: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Which blank lines go with the dropped lines around them, so that the gap is what a person would have typed.

    Between two kept lines the longer of the two gaps around a removed stretch stays; at either end of the document
    none does.

    Yields the index of each blank line to remove, with the index of the dropped line that it goes with.
    """
    n = len(blank)
    end = 0
    for first in compress(range(n), dropped):
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
                yield k, owner
