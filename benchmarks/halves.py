"""What is lost and what goes on labelled pages, split by site into the half that is read and the half that is only scored.

    python -m benchmarks halves --corpus FILE [--also FILE …] [--corrected]

Rules, guards and scores are written and tuned on the first half. The figures of the second are totals that nobody looks
behind; the difference between the two is what tuning hides. A document's half hangs on a digest of its site alone.
"""

from __future__ import annotations

import argparse
from collections import Counter

from benchmarks.corrections import corrected
from benchmarks.labels import Labelled, documents, half, score, shares, site_of
from benchmarks.report import Row
from benchmarks.workers import workers
from cleaner import Cleaner

LEVELS = ("careful", "standard", "thorough")
_cleaners: dict[str, Cleaner] = {}


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each corpus, half, track and level; with `--by-language` for each language too."""
    rows: list[Row] = []
    with workers(2, _begin) as pool:
        for corpus in [options.corpus, *options.also]:
            found = [d for d in documents(corpus) if d.get("labels")]
            if options.corrected:
                found = [corrected(d) for d in found]
            found = found[:: max(1, len(found) // (options.limit or len(found)))]
            totals: dict[tuple[str, ...], Counter[str]] = {}
            for document, counts in zip(found, pool.map(_count, found, chunksize=16), strict=True):
                where: list[tuple[str, ...]] = [(half(site_of(document)), document["track"])]
                if options.by_language:
                    where.append((*where[0], document["lang"]))
                for level, score_ in counts.items():
                    for place in where:
                        totals.setdefault((*place, level), Counter()).update(score_)
            name = corpus.name.split(".")[0]
            rows += [_row(name, place, totals[place]) for place in sorted(totals)]
    return rows


def _begin() -> None:
    _cleaners.update({level: Cleaner(level=level) for level in LEVELS})


def _count(document: Labelled) -> dict[str, Counter[str]]:
    """What each level does to one document; see `labels.score`."""
    return {level: score(document, cleaner.clean(document["text"]).verdicts) for level, cleaner in _cleaners.items()}


def _row(corpus: str, place: tuple[str, ...], found: Counter[str]) -> Row:
    which, track, *language, level = place
    return {"corpus": corpus, "half": which, "track": " ".join([track, *language]), "level": level, **shares(found)}
