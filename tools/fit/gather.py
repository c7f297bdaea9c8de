"""What the engine knows of each labelled line, as arrays for the fit."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner import Cleaner
from cleaner.judging.engine import Engine
from cleaner.text.document import Document
from cleaner.text.signals import BITS
from cleaner.text.words import count_words

FOLDS = 5
_PIECE = 40
_NO_TITLE = BITS["words-1"] | BITS["words-2-3"] | BITS["words-30"] | BITS["no-words"]


@dataclass
class Lines:
    """All non-blank lines of a labelled corpus, in order.

    Attributes:
        bits: their signals, without those of neighbours' verdicts.
        found: the rules with patterns that hit each: their ids, and the share of its score that each has there.
        sure: whether the line goes whatever weak evidence says.
        spared: whether weak evidence may not take it.
        page: how much of a whole page its document is, 0 to 1.
        label: 1 body, 0 boilerplate, -1 not scored.
        title: whether it is not scored and stands as a title does. References seldom hold the title, so lines that
            repeat it have no label; but a reader would miss it.
        words: their words.
        document: the number of the document each belongs to.
        extract: whether it comes from an extractor (else from a dump of a whole page).
        fold: the part of the corpus, by domain, so that no site is on both sides of a trial.
    """

    bits: list[int]
    found: list[tuple[tuple[str, float], ...]]
    sure: NDArray[np.bool_]
    spared: NDArray[np.bool_]
    page: NDArray[np.float64]
    label: NDArray[np.int64]
    title: NDArray[np.bool_]
    words: NDArray[np.int64]
    document: NDArray[np.int64]
    extract: NDArray[np.bool_]
    fold: NDArray[np.int64]


def gather(data: Iterable[Path], jobs: int) -> Lines:
    """Run the engine over the labelled documents of files of `data` (JSON lines, gzip or not) in `jobs` processes."""
    rows: list[tuple[Any, ...]] = []
    pieces = (piece for path in data for piece in _pieces(path))
    with ProcessPoolExecutor(jobs, initializer=_start) as pool:
        for number, part in enumerate(p for piece in pool.map(_lines_of, pieces) for p in piece):
            rows += [(number, *row) for row in part]
    document, bits, found, sure, spared, page, label, title, words, extract, fold = zip(*rows, strict=True)
    return Lines(
        list(bits), list(found), np.array(sure), np.array(spared), np.array(page), np.array(label), np.array(title),
        np.array(words), np.array(document), np.array(extract), np.array(fold),
    )  # fmt: skip


def fold_of(domain: str) -> int:
    """The fold of a domain, the same in every run."""
    return int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _pieces(data: Path) -> Iterator[list[dict[str, Any]]]:
    piece: list[dict[str, Any]] = []
    with gzip.open(data, "rt", encoding="utf-8") if data.suffix == ".gz" else data.open(encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            if row.get("labels"):
                piece.append(row)
            if len(piece) == _PIECE:
                yield piece
                piece = []
    yield piece


_engine: Engine
_whole: dict[str, float]


def _start() -> None:
    global _engine, _whole
    cleaner = Cleaner()
    _engine = cleaner._engine
    _whole = {rule.id: rule.score for rule in cleaner.rules}


def _is_title(label: int | None, bits: int) -> bool:
    return label == -1 and bool(bits & BITS["head"]) and not bits & _NO_TITLE


def _lines_of(piece: list[dict[str, Any]]) -> list[list[tuple[Any, ...]]]:
    out = []
    for row in piece:
        evidence = _engine.evidence(Document(row["text"]))
        labels = row["labels"]
        out.append(
            [
                (
                    e.bits & ~BITS["page"],
                    tuple((rule.id, rule.score / _whole[rule.id]) for rule in dict.fromkeys(e.rules)),
                    e.sure,
                    e.spared,
                    e.page,
                    -1 if labels[e.line] is None else labels[e.line],
                    _is_title(labels[e.line], e.bits),
                    count_words(e.text),
                    row["track"] == "extractor",
                    fold_of(row["domain"]),
                )
                for e in evidence
            ]
        )
    return out
