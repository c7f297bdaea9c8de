"""Place signals: what a line's position among the others says of it."""

from __future__ import annotations

from cleaner.text.marks import is_underline
from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

_PROSE = B["prose"]
_COLON = B["colon"]
_GOES_ON = _COLON | B["comma"]
_FORM = (
    B["stop"] | B["caps"] | B["colon"] | B["question"] | B["ellipsis"]
    | B["words-1"] | B["words-2-3"] | B["words-4-7"] | B["words-8-14"] | B["words-15-29"] | B["words-30"]
)  # fmt: skip
SIZES = ((32, B["small-document"]), (16, B["tiny-document"]))
RUNS = ((3, B["run"]), (8, B["long-run"]), (25, B["huge-run"]))
_HEAD, _BODY, _TAIL = B["zone-head"], B["zone-body"], B["zone-tail"]
EDGE = 5
# So many blank lines before a line are a gap.
GAP = 2
FAR = 8
_CODE, _CODE_NEAR = B["code"], B["code-near"]
# So many lines of code within so many lines on each side, and a line is in a listing.
LISTING, LISTING_REACH = 3, 10


def place_signals(
    own: Sequence[int],
    texts: Sequence[str],
    gaps: Sequence[int],
    sentences: Sequence[int] = (),
    short: Sequence[int] = (),
    plain: bool = False,
) -> list[int]:
    """The bits of all `PLACE` signals for each of a document's non-blank lines.

    Args:
        own: their own signals.
        texts: their lower-cased views.
        gaps: how many blank lines stand before each.
        sentences: those of them that are sentences, which end a run as prose does.
        short: those that are sentences of fewer words.
        plain: whether no rule is sure of any line of the document.
    """
    n = len(own)
    if not n:
        return []
    prose = [i for i, bits in enumerate(own) if bits & _PROSE]
    out = _zones(n, prose)
    document = 0 if prose else B["bare-document"]
    if len(prose) * 4 < n:
        document |= B["junk-document"]
    if plain:
        document |= B["plain-document"]
    for most, bit in SIZES:
        if n <= most:
            document |= bit
    if document:
        out = [bits | document for bits in out]
    _edges(out, prose)
    _neighbours(own, prose, out)
    said = {*sentences, *short}
    for i in said:
        if i + 2 in said:
            out[i + 1] |= B["between"]
    _underlined([i for i, text in enumerate(texts) if i and not gaps[i] and is_underline(text)], said, own, out)
    _runs(sorted({*prose, *sentences}), out)
    _listings([i for i, bits in enumerate(own) if bits & _CODE], out)
    for i, gap in enumerate(gaps):
        if gap >= GAP:
            out[i] |= B["gap-before"]
    if len(set(texts)) < n:
        seen: dict[str, int] = {}
        for i, text in enumerate(texts):
            first = seen.setdefault(text, i)
            if first != i:
                out[i] |= B["twin"]
                out[first] |= B["twin"]
    return out


def _zones(n: int, prose: list[int]) -> list[int]:
    """The zone of each of `n` lines, and whether it stands before or after all prose.

    The head ends with the first paragraph of prose and has at least five lines; the tail begins after the last one
    and has at least the last third of the lines. Where they meet, it is the tail; without prose, the nearer end.
    """
    if not prose:
        both = B["head"] | B["tail"]
        half = (n + 1) // 2
        return [both | _HEAD] * half + [both | _TAIL] * (n - half)
    third = -(-2 * n // 3)
    head = min(EDGE, third)
    first, last = prose[0], prose[-1]
    between = [_HEAD] * head + [_BODY] * (third - head) + [_TAIL] * (n - third)
    return [B["head"] | _HEAD] * first + between[first : last + 1] + [B["tail"] | _TAIL] * (n - 1 - last)


def _edges(out: list[int], prose: list[int]) -> None:
    n = len(out)
    if prose:
        for i in range(prose[0] - FAR + 1):
            out[i] |= B["before-start"]
        for i in range(prose[-1] + FAR, n):
            out[i] |= B["after-end"]
    for i in range(min(EDGE, n)):
        out[i] |= B["top"]
        out[n - 1 - i] |= B["end"]
    out[0] |= B["first"]
    out[-1] |= B["last"]


def _neighbours(own: Sequence[int], prose: list[int], out: list[int]) -> None:
    last = len(own) - 1
    for i in prose:
        if i:
            out[i - 1] |= B["next-prose"]
        if i < last:
            out[i + 1] |= B["prev-prose"]
    for i, bits in enumerate(own):
        if bits & _GOES_ON and i < last:
            out[i + 1] |= B["prev-colon"] if bits & _COLON else B["prev-comma"]
    forms = [bits & _FORM for bits in own]
    for i, (before, form, after) in enumerate(zip(forms, forms[1:], forms[2:], strict=False), 1):
        if before == form == after:
            out[i] |= B["alike"]


def _underlined(rows: Sequence[int], said: set[int], own: Sequence[int], out: list[int]) -> None:
    """What stands around an underlined heading stands around both its lines."""
    for row in rows:
        if row - 2 in said and row + 1 in said:
            out[row - 1] |= B["between"]
            out[row] |= B["between"]
        if row > 1 and own[row - 2] & _PROSE:
            out[row] |= B["prev-prose"]
        if row + 1 < len(out) and own[row + 1] & _PROSE:
            out[row - 1] |= B["next-prose"]


def _runs(prose: list[int], out: list[int]) -> None:
    start = 0
    for end in (*prose, len(out)):
        if end - start >= RUNS[0][0]:
            bits = sum(bit for least, bit in RUNS if end - start >= least)
            for k in range(start, end):
                out[k] |= bits
        start = end + 1


def _listings(code: list[int], out: list[int]) -> None:
    for first, last in zip(code, code[LISTING - 1 :], strict=False):
        if last - first <= 2 * LISTING_REACH:
            for k in range(max(0, last - LISTING_REACH), min(len(out), first + LISTING_REACH + 1)):
                out[k] |= _CODE_NEAR
