"""Short texts for the fit, which labelled pages are not: a few lines of body, from the beginning and from the middle of a page.

A text of three lines has no middle: all its lines stand in the head and in the tail, near the first sentence and the last. What
place says on pages says nothing there, and scores that were fitted on pages alone take a lone last word for the page's. Each piece stands by
itself, and once more among lines that the page has before and behind its body, as most texts that people paste do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile

from benchmarks.labels import FURNISHED, PIECE, Labelled, words

# A piece has from one to so many lines with words; one that ends with a short line has fewer before it.
_MOST, _BEFORE = 6, 3
# A line of so many words at most is short.
_SHORT = 5
# So many lines at most of what stands before a page's body, and behind it.
_ABOVE, _BELOW = 5, 9


def pieces(found: Sequence[Labelled]) -> list[Labelled]:
    """Up to four pieces of each page, of the first of its texts, and the same among lines of the page that are no body.

    They are its beginning, with the title where it has one; some lines from its middle; and some that end, and some that begin, with a short line.
    They are documents like those that they are from, each a page of its own, of two tracks of their own: body alone, and furnished.
    What they are furnished with is from the text of the page that has most of it.
    """
    of_page: dict[str, list[Labelled]] = {}
    for document in found:
        of_page.setdefault(document["page"], []).append(document)
    out: list[Labelled] = []
    for some in of_page.values():
        above, below = (max(sides, key=len) for sides in zip(*map(_furniture, some), strict=True))
        for piece in _of(some[0]):
            out.append(piece)
            if above or below:
                out.append(_furnished(piece, above, below))
    return out


def _furniture(document: Labelled) -> tuple[list[str], list[str]]:
    """The lines right before a page's body, and right behind it, that are none."""
    lines = [
        (raw, label) for raw, label in zip(document["text"].split("\n"), document["labels"], strict=True) if raw.strip()
    ]
    body = [k for k, (_, label) in enumerate(lines) if label == 1]
    if not body:
        return [], []
    # The title, which has no label, stands between.
    above = takewhile(_is_furniture, dropwhile(lambda line: line[1] == -1, reversed(lines[: body[0]])))
    below = takewhile(_is_furniture, lines[body[-1] + 1 :])
    return [raw for raw, _ in above][:_ABOVE][::-1], [raw for raw, _ in below][:_BELOW]


def _is_furniture(line: tuple[str, int | None]) -> bool:
    return line[1] == 0


def _furnished(piece: Labelled, above: list[str], below: list[str]) -> Labelled:
    """The same with lines before and behind, set apart as its own lines are."""
    raws = piece["text"].split("\n")
    apart = [""] if 2 * sum(not raw.strip() for raw in raws) >= len(raws) // 2 else []
    text: list[str] = []
    labels: list[int | None] = []
    for raw in above:
        text += [raw, *apart]
        labels += [0, *[None for _ in apart]]
    text += raws
    labels += piece["labels"]
    for raw in below:
        text += [*apart, raw]
        labels += [*[None for _ in apart], 0]
    return {
        **piece,
        "page": f"{piece['page']} furnished",
        "text": "\n".join(text),
        "labels": labels,
        "track": FURNISHED,
    }


def _of(document: Labelled) -> Iterator[Labelled]:
    raws, labels = document["text"].split("\n"), document["labels"]
    filled = [i for i, raw in enumerate(raws) if raw.strip()]
    at = {i: k for k, i in enumerate(filled)}
    body = [i for i in filled if labels[i] == 1 and words(raws[i])]
    if not body:
        return
    drawn = hashlib.md5(document["page"].encode(), usedforsecurity=False).digest()
    short = [i for i in body if words(raws[i]) <= _SHORT and i != body[0]]
    head = body[0]
    if at[head] and labels[filled[at[head] - 1]] == -1:
        head = filled[at[head] - 1]
    ranges = {
        "head": (at[head], at[head] + drawn[0] % _MOST),
        "middle": (k := at[_one(body, drawn[1:4])], k + drawn[4] % _MOST),
    }
    if short:
        last, first = at[_one(short, drawn[5:8])], at[_one(short, drawn[8:11])]
        ranges["last"] = (max(0, last - 1 - drawn[11] % _BEFORE), last)
        ranges["first"] = (first, first + 1 + drawn[12] % _BEFORE)
    for name, (start, end) in ranges.items():
        lines = filled[start : end + 1]
        if all(labels[i] == 1 or i == head for i in lines):
            yield {
                **document,
                "page": f"{document['page']} {name}",
                "text": "\n".join(raws[lines[0] : lines[-1] + 1]),
                "labels": labels[lines[0] : lines[-1] + 1],
                "track": PIECE,
            }


def _one(some: Sequence[int], drawn: bytes) -> int:
    """One of them, drawn the same in every run."""
    return some[int.from_bytes(drawn, "big") % len(some)]
