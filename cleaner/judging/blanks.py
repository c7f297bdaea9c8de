"""How blank lines close behind the lines that went."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


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
