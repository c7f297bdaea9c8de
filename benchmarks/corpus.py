"""The mixed real corpus: the texts of the labelled benchmark."""

from __future__ import annotations

import argparse
import gzip
import json


def texts(options: argparse.Namespace) -> list[str]:
    """The texts that `--corpus`, `--one-scraper` and `--limit` ask for."""
    seen: set[str] = set()
    found = []
    with gzip.open(options.corpus, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if options.one_scraper and record["page"] in seen:
                continue
            seen.add(record["page"])
            found.append(record["text"])
    step = max(1, len(found) // options.limit) if options.limit else 1
    return found[::step]


def size(found: list[str]) -> int:
    """Bytes of the texts in UTF-8."""
    return sum(len(t.encode()) for t in found)
