"""Labelled pages, their halves, and how verdicts on them are counted."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import Row
from cleaner.judging.verdict import Action, Verdict

# A document as the corpus has it.
Labelled = dict[str, Any]
# The track of short texts, beside `extractor` and `dump`.
PIECE = "piece"
# That of short texts among lines of their pages that are no body.
FURNISHED = "furnished"
# As the shared scorer counts words: single characters of Chinese, Japanese and Korean.
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(f"[{_CJK}]|[^\\W_{_CJK}]+")


def documents(corpus: Path) -> list[Labelled]:
    """All documents of a corpus of JSON lines, packed by gzip or not, or of a folder as `beside_their_bodies` reads it."""
    if corpus.is_dir():
        return list(beside_their_bodies(corpus))
    with gzip.open(corpus, "rt", encoding="utf-8") if corpus.suffix == ".gz" else corpus.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def beside_their_bodies(folder: Path) -> Iterator[Labelled]:
    """The short texts of a folder, NAME.txt, whose bodies, some of their lines, are in NAME.expected.txt; each is a site of its own.

    White space counts for nothing, as in the shared scorer of such folders. A text whose body is no part of it is left out.
    """
    for file in sorted(folder.glob("*.txt")):
        body_file = file.with_suffix(".expected.txt")
        if not body_file.exists():
            continue
        text = file.read_text(encoding="utf-8")
        body = [told for raw in body_file.read_text(encoding="utf-8").split("\n") if (told := " ".join(raw.split()))]
        labels: list[int | None] = []
        for raw in text.split("\n"):
            told = " ".join(raw.split())
            label = int(bool(body) and told == body[0]) if told else None
            labels.append(label)
            if label:
                body.pop(0)
        if not body:
            yield {"text": text, "labels": labels, "page": file.name, "track": PIECE}


def site_of(document: Labelled) -> str:
    """The site that a document is from; the page where none is named."""
    site: str = document.get("domain") or document["page"]
    return site


def half(site: str) -> str:
    """The half that a site belongs to: `read` or `blind`."""
    return "blind" if hashlib.sha256(site.encode()).digest()[0] % 2 else "read"


def score(document: Labelled, verdicts: Sequence[Verdict]) -> Counter[str]:
    """Of one document the words of body and those lost, the lines of boilerplate and those removed, and how it came out."""
    found = Counter(documents=1)
    for raw, label, verdict in zip(document["text"].split("\n"), document["labels"], verdicts, strict=True):
        if label not in (0, 1):
            continue
        size = words(raw)
        stays = left(raw, size, verdict)
        if label:
            found.update(body=size, lost=size - stays)
        elif size:
            found.update(boilerplate=1, removed=2 * stays < size)
    found.update(whole=not found["lost"], over=found["lost"] > 0.05 * found["body"], scored=found["body"] > 0)
    return found


def left(raw: str, size: int, verdict: Verdict) -> int:
    """How many of a line's words, of which it has `size`, are left of it."""
    if verdict.action is Action.DROP:
        return 0
    for start, end in reversed(verdict.cuts):
        raw = raw[:start] + raw[end:]
    return min(size, words(raw)) if verdict.cuts else size


def words(text: str) -> int:
    """How many words `text` has."""
    return len(_TOKEN.findall(text.lower().replace("\u2019", "'").replace("'", "")))


def shares(found: Counter[str]) -> Row:
    """What `score` counted, summed up over documents, in the columns of a table."""
    return {
        "documents": found["documents"],
        "body lost %": round(100 * found["lost"] / max(1, found["body"]), 3),
        "lines removed %": round(100 * found["removed"] / max(1, found["boilerplate"]), 1),
        "over 5 % lost %": round(100 * found["over"] / max(1, found["scored"]), 2),
        "whole %": round(100 * found["whole"] / max(1, found["documents"]), 1),
    }
