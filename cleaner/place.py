"""Place signals: what a line's position among the others says of it."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.model import Zone
from cleaner.signals import BITS as B

_PROSE = B["prose"]
_KIND = B["stop"] | B["caps"] | B["colon"] | B["question"] | B["ellipsis"]
_SIZE = B["words-1"] | B["words-2-3"] | B["words-4-7"] | B["words-8-14"] | B["words-15-29"] | B["words-30"]
_RUNS = ((3, B["run"]), (8, B["long-run"]), (25, B["huge-run"]))
_EDGE = 5
_FAR = 8


def place_signals(own: Sequence[int], texts: Sequence[str], gaps: Sequence[int]) -> list[int]:
    """The bits of all `PLACE` signals for each of a document's non-blank lines.

    Args:
        own: their own signals.
        texts: their lower-cased views.
        gaps: how many blank lines stand before each.
    """
    n = len(own)
    prose = [i for i, bits in enumerate(own) if bits & _PROSE]
    out = _edges(n, prose)
    _neighbours(own, out)
    _runs(own, out)
    seen: dict[str, int] = {}
    for i, text in enumerate(texts):
        if gaps[i] >= 2:
            out[i] |= B["gap-before"]
        first = seen.setdefault(text, i)
        if first != i:
            out[i] |= B["twin"]
            out[first] |= B["twin"]
    document = 0 if prose else B["bare-document"]
    if len(prose) * 4 < n:
        document |= B["junk-document"]
    return [bits | document | B[f"zone-{_zone(bits, i, n)}"] for i, bits in enumerate(out)]


def _zone(bits: int, index: int, count: int) -> Zone:
    """The zone of the non-blank line `index` of `count` whose place signals are `bits`.

    The head ends with the first paragraph of prose and has at least five lines; the tail begins after the last one
    and has at least the last third of the lines. Where they meet, a side of prose decides, else the nearer end.
    """
    if bool(bits & B["head"]) != bool(bits & B["tail"]):
        return Zone.HEAD if bits & B["head"] else Zone.TAIL
    head = bits & B["head"] or index < _EDGE
    tail = bits & B["tail"] or index * 3 >= count * 2
    if head and tail:
        return Zone.HEAD if index * 2 < count else Zone.TAIL
    return Zone.HEAD if head else Zone.TAIL if tail else Zone.BODY


def _edges(n: int, prose: list[int]) -> list[int]:
    out = [0] * n
    first, last = (prose[0], prose[-1]) if prose else (n, -1)
    for i in range(first):
        out[i] |= B["head"] | (B["before-start"] if first - i >= _FAR and prose else 0)
    for i in range(last + 1, n):
        out[i] |= B["tail"] | (B["after-end"] if i - last >= _FAR and prose else 0)
    for i in range(min(_EDGE, n)):
        out[i] |= B["top"]
        out[n - 1 - i] |= B["end"]
    if n:
        out[0] |= B["first"]
        out[-1] |= B["last"]
    return out


def _neighbours(own: Sequence[int], out: list[int]) -> None:
    last = len(own) - 1
    for i, bits in enumerate(own):
        before = own[i - 1] if i else 0
        after = own[i + 1] if i < last else 0
        if before & _PROSE:
            out[i] |= B["prev-prose"]
        if before & B["colon"]:
            out[i] |= B["prev-colon"]
        if after & _PROSE:
            out[i] |= B["next-prose"]
        form = bits & (_KIND | _SIZE)
        if 0 < i < last and before & (_KIND | _SIZE) == form == after & (_KIND | _SIZE):
            out[i] |= B["alike"]


def _runs(own: Sequence[int], out: list[int]) -> None:
    start = 0
    for i in range(len(own) + 1):
        if i < len(own) and not own[i] & _PROSE:
            continue
        bits = sum(bit for least, bit in _RUNS if i - start >= least)
        if bits:
            for k in range(start, i):
                out[k] |= bits
        start = i + 1
