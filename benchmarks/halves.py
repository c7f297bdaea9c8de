"""What is lost and what goes on labelled pages, split by site into the half that is read and the half that is only scored.

    python -m benchmarks halves --corpus FILE [--also FILE …]

Rules, guards and scores are written and tuned on the first half. The figures of the second are totals that nobody looks
behind; the difference between the two is what tuning hides. A document's half hangs on a digest of its site alone.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from multiprocessing import Pool
from typing import Any

from benchmarks.report import Row
from cleaner import Cleaner
from cleaner.judging.verdict import Action, Verdict

LEVELS = ("careful", "standard", "thorough")
# As the shared scorer counts words: single characters of Chinese, Japanese and Korean.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+")
_cleaners: dict[str, Cleaner] = {}


def half(site: str) -> str:
    """The half that a site belongs to: `read` or `blind`."""
    return "blind" if hashlib.sha256(site.encode()).digest()[0] % 2 else "read"


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each corpus, half, track and level; with `--by-language` for each language too."""
    rows: list[Row] = []
    with Pool(2, _begin) as pool:
        for corpus in [options.corpus, *options.also]:
            with gzip.open(corpus, "rt", encoding="utf-8") as file:
                documents = [json.loads(line) for line in file]
            documents = [d for d in documents if d.get("labels")][
                :: max(1, len(documents) // (options.limit or len(documents)))
            ]
            totals: dict[tuple[str, ...], Counter[str]] = {}
            for document, counts in zip(documents, pool.imap(_count, documents, 16), strict=True):
                where: list[tuple[str, ...]] = [(half(document.get("domain") or document["page"]), document["track"])]
                if options.by_language:
                    where.append((*where[0], document["lang"]))
                for level, found in counts.items():
                    for place in where:
                        totals.setdefault((*place, level), Counter()).update(found)
            name = corpus.name.split(".")[0]
            rows += [_row(name, place, totals[place]) for place in sorted(totals)]
    return rows


def _begin() -> None:
    _cleaners.update({level: Cleaner(level=level) for level in LEVELS})


def _count(document: dict[str, Any]) -> dict[str, Counter[str]]:
    """What each level does to one document: words of body and words lost, lines of boilerplate and lines removed."""
    out = {}
    raws = document["text"].split("\n")
    sizes = [words(raw) for raw in raws]
    for level, cleaner in _cleaners.items():
        found = Counter(documents=1)
        for raw, size, label, verdict in zip(
            raws, sizes, document["labels"], cleaner.clean(document["text"]).verdicts, strict=True
        ):
            stays = left(raw, size, verdict)
            if label == 1:
                found.update(body=size, lost=size - stays)
            elif label == 0 and size:
                found.update(boilerplate=1, removed=2 * stays < size)
        found.update(whole=not found["lost"], over=found["lost"] > 0.05 * found["body"], scored=found["body"] > 0)
        out[level] = found
    return out


def left(raw: str, size: int, verdict: Verdict) -> int:
    """How many of a line's words, of which it has `size`, are left of it."""
    if verdict.action is Action.DROP:
        return 0
    for start, end in reversed(verdict.cuts):
        raw = raw[:start] + raw[end:]
    return min(size, words(raw)) if verdict.cuts else size


def words(text: str) -> int:
    """How many words a text has, as the shared scorer counts them."""
    return len(_TOKEN.findall(text.lower().replace("\u2019", "'").replace("'", "")))


def _row(corpus: str, place: tuple[str, ...], found: Counter[str]) -> Row:
    which, track, *language, level = place
    return {
        "corpus": corpus, "half": which, "track": " ".join([track, *language]), "level": level,
        "documents": found["documents"],
        "body lost %": round(100 * found["lost"] / max(1, found["body"]), 3),
        "lines removed %": round(100 * found["removed"] / max(1, found["boilerplate"]), 1),
        "over 5 % lost %": round(100 * found["over"] / max(1, found["scored"]), 2),
        "whole %": round(100 * found["whole"] / max(1, found["documents"]), 1),
    }  # fmt: skip
