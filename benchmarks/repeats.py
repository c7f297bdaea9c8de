"""What the lines that a site repeats add: the sites of a labelled corpus that have two pages or more, cleaned without and with.

    python -m benchmarks repeats --corpus FILE [--also FILE …]

The texts that several scrapers made of one page are one document several times, so each scraper's are counted by
themselves. Halves are those of `benchmarks.labels`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.labels import Labelled, documents, half, score, shares, site_of
from benchmarks.report import Row
from benchmarks.workers import workers
from cleaner import Cleaner
from cleaner.sites import RepeatCounter, RepeatStore, line_repeats

_cleaners: dict[str, Cleaner] = {}


def run(options: argparse.Namespace) -> list[Row]:
    """Two rows, without and with, for each corpus, half and track."""
    rows: list[Row] = []
    with workers(options.jobs, _begin, options.level) as pool:
        for corpus in [options.corpus, *options.also]:
            totals: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
            for found in pool.map(_count, groups(documents(corpus))):
                for place, counts in found.items():
                    totals[place].update(counts)
            name = corpus.name.split(".")[0]
            for (which, track, ran), counts in sorted(totals.items()):
                rows.append({"corpus": name, "half": which, "track": track, "repeats": ran, **shares(counts)})
    return rows


def groups(found: list[Labelled]) -> Iterator[list[Labelled]]:
    """What one scraper made of one site, where that is two pages or more."""
    parted: dict[tuple[str, str], list[Labelled]] = defaultdict(list)
    for document in found:
        if document.get("domain"):
            parted[document["scraper"], document["domain"]].append(document)
    return (group for group in parted.values() if len({d["page"] for d in group}) > 1)


def _begin(level: str) -> None:
    _cleaners["all"] = Cleaner(level=level)


def _count(group: list[Labelled]) -> dict[tuple[str, str, str], Counter[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "counts")
        counter = RepeatCounter(path)
        for document in group:
            counter.add(site_of(document), document["page"], document["text"])
        counter.finish()
        store = RepeatStore.open(path)
        out: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for document in group:
            if not document.get("labels"):
                continue
            site = site_of(document)
            known = line_repeats(store, site, document["text"])
            for ran, repeats in (("without", None), ("with", known)):
                verdicts = _cleaners["all"].clean(document["text"], repeats=repeats).verdicts
                out[half(site), document["track"], ran].update(score(document, verdicts))
        store.close()
    return out
