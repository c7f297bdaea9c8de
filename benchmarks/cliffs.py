"""What a line of furniture more changes far from it: no verdict should hang on one line somewhere else on the page.

    python -m benchmarks cliffs --corpus FILE [--also FILE …] [--limit N]

Each text is cleaned as it is and with one line, "Advertisement", put in at a place drawn by the text's name.
"""

from __future__ import annotations

import argparse
import hashlib

from benchmarks.labels import Labelled, documents, half, site_of
from benchmarks.report import Row
from benchmarks.workers import workers
from cleaner import Cleaner

LINE = "Advertisement"
# A line within so many lines of the new one is near it.
NEAR = 10
_cleaners: list[Cleaner] = []


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each corpus and half: the lines far from the new one, and those that came out otherwise."""
    rows: list[Row] = []
    with workers(2, _begin) as pool:
        for corpus in [options.corpus, *options.also]:
            found = documents(corpus)
            found = found[:: max(1, len(found) // (options.limit or len(found)))]
            counts = list(pool.map(_changed, found, chunksize=8))
            for which in ("blind", "read"):
                some = [c for d, c in zip(found, counts, strict=True) if half(site_of(d)) == which]
                rows.append(
                    {
                        "corpus": corpus.name.split(".")[0],
                        "half": which,
                        "documents": len(some),
                        "changed documents": sum(changed > 0 for _, changed in some),
                        "lines": sum(lines for lines, _ in some),
                        "changed lines": sum(changed for _, changed in some),
                    }
                )
    return rows


def _begin() -> None:
    _cleaners.append(Cleaner())


def _changed(document: Labelled) -> tuple[int, int]:
    """How many lines of a document are far from the line that is put in, and how many of them came out otherwise."""
    [cleaner] = _cleaners
    raws = document["text"].split("\n")
    name = f"{document['page']} {document.get('scraper')}"
    place = int.from_bytes(hashlib.sha256(name.encode()).digest()[1:5], "big") % (len(raws) + 1)
    before = cleaner.clean(document["text"]).verdicts
    after = cleaner.clean("\n".join([*raws[:place], LINE, *raws[place:]])).verdicts
    far = [i for i, raw in enumerate(raws) if raw.strip() and abs(i - place) > NEAR]
    return len(far), sum(before[i].action is not after[i + (i >= place)].action for i in far)
