"""Short texts for the fit, which labelled pages are not: a few lines of body, from the beginning and from the middle of a page.

A text of three lines has no middle: all its lines stand in the head and in the tail, near the first sentence and the last. What
place says on pages says nothing there, and scores that were fitted on pages alone take a lone last word for the page's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from benchmarks.labels import PIECE, Labelled, words

# A piece has from one to so many lines with words; one that ends with a short line has fewer before it.
_MOST, _BEFORE = 6, 3
# A line of so many words at most is short.
_SHORT = 5


def pieces(found: Sequence[Labelled]) -> list[Labelled]:
    """Up to four pieces of each page, all of them body, of the first of its texts.

    They are its beginning, with the title where it has one; some lines from its middle; and some that end, and some that begin, with a short line.
    They are documents like those that they are from, each a page of its own, of a track of their own.
    """
    out: list[Labelled] = []
    seen: set[str] = set()
    for document in found:
        if document["page"] not in seen:
            seen.add(document["page"])
            out += _of(document)
    return out


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
