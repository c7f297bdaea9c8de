"""Short texts for the fit, which labelled pages are not: a few lines of body, from the beginning and from the middle of a page.

A text of three lines has no middle: all its lines stand in the head and in the tail, near the first sentence and the last. What
place says on pages says nothing there, and scores that were fitted on pages alone take a lone last word for the page's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from benchmarks.labels import Labelled, words

# A piece has from one to so many lines with words.
_MOST = 6


def pieces(found: Sequence[Labelled]) -> list[Labelled]:
    """Two pieces of each page, of the first of its texts: its beginning, with the title where it has one, and some lines of its body.

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
    body = [i for i, raw in enumerate(raws) if labels[i] == 1 and words(raw)]
    if not body:
        return
    digest = hashlib.md5(document["page"].encode(), usedforsecurity=False).digest()
    size = 1 + digest[0] % _MOST
    title = max((i for i in range(body[0]) if raws[i].strip()), default=body[0])
    starts = {"head": title if labels[title] == -1 else body[0], "middle": body[int.from_bytes(digest[1:4], "big") % len(body)]}
    for name, start in starts.items():
        end = start
        for i in range(start, len(raws)):
            if raws[i].strip():
                if labels[i] != 1 and i != start:
                    break
                end = i + 1
                size -= 1
                if size < 0:
                    break
        yield {
            **document,
            "page": f"{document['page']} {name}",
            "text": "\n".join(raws[start:end]),
            "labels": labels[start:end],
            "track": "piece",
        }
        size = 1 + digest[4] % _MOST
