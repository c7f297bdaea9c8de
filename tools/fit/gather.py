"""What the engine knew of each labelled line when it decided on it, as arrays for the fit.

The engine itself judges, so all laws hold: units, records, sentences, nested levels, the guard.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benchmarks.labels import FURNISHED, PIECE, Labelled, site_of, words
from cleaner.judging.account import Account
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.text.document import Document
from cleaner.text.signals import BITS
from cleaner.text.words import count_words
from cleaner.workbench.watch import Watch
from tools.fit.rescored import engine

FOLDS = 5
_PIECE = 40
_STANDARD = THRESHOLDS["standard"]
_NO_TITLE = BITS["words-1"] | BITS["words-2-3"] | BITS["words-30"] | BITS["no-words"]


@dataclass
class Lines:
    """The lines of a corpus on which weak evidence decides, and that have a label or stand as a title does.

    Attributes:
        shares: one row for each line, one column for each rule that is fitted: how much of its score counted there, in the
            state in which the line went, or in the last one.
        rest: what all else added there, less what the line had to weigh.
        label: 1 body, 0 boilerplate. A title is body: references seldom hold it, so the line has no label, but a reader
            would miss it.
        titles: whether it is one.
        words: their words.
        document: the number of the document each belongs to.
    """

    shares: sparse.csr_matrix
    rest: NDArray[np.float64]
    label: NDArray[np.int64]
    titles: NDArray[np.bool_]
    words: NDArray[np.int64]
    document: NDArray[np.int64]


@dataclass
class Texts:
    """The documents of a corpus.

    Attributes:
        extract: whether each comes from an extractor, or is short (else it is a dump of a whole page).
        piece: whether each is a piece of a text, or one that somebody wrote to be a short text.
        furnished: whether each is a piece among lines of its page.
        fold: the part of the corpus, by site, so that no site is on both sides of a trial.
        copies: how many texts there are of the page that it is of, of its track.
    """

    extract: NDArray[np.bool_]
    piece: NDArray[np.bool_]
    furnished: NDArray[np.bool_]
    fold: NDArray[np.int64]
    copies: NDArray[np.int64]


# Of a line: its shares by the rules' ids, `rest`, the label, whether it is a title, the words.
_Line = tuple[dict[str, float], float, int, bool, int]


def gather(found: Sequence[Labelled], scores: Mapping[str, float], jobs: int) -> Lines:
    """Judge labelled documents at the standard level.

    Args:
        found: the documents.
        scores: the rules that are fitted, and the scores that they have meanwhile.
        jobs: how many processes.
    """
    columns = {name: k for k, name in enumerate(scores)}
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(dict(scores),)) as pool:
        parts = pool.map(_told, found, chunksize=_PIECE)
        return _lines([(number, line) for number, some in enumerate(parts) for line in some], columns)


def texts(found: Sequence[Labelled]) -> Texts:
    """What the fit must know of documents themselves."""
    pages = [(d["page"], d["track"]) for d in found]
    copies = Counter(pages)
    return Texts(
        np.array([d["track"] != "dump" for d in found]),
        np.array([d["track"] in (PIECE, FURNISHED) for d in found]),
        np.array([d["track"] == FURNISHED for d in found]),
        np.array([fold_of(d) for d in found]),
        np.array([copies[page] for page in pages]),
    )


def fold_of(document: Labelled) -> int:
    """The fold of a document, the same for all of a site, and in every run."""
    digest = hashlib.md5(site_of(document).encode(), usedforsecurity=False).hexdigest()
    return int(digest, 16) % FOLDS


def _lines(found: Sequence[tuple[int, _Line]], columns: Mapping[str, int]) -> Lines:
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for _, (shares, *_) in found:
        places += [columns[name] for name in shares]
        values += shares.values()
        ends.append(len(places))
    shape = (len(found), len(columns))
    return Lines(
        sparse.csr_matrix((values, places, ends), shape),
        np.array([line[1] for _, line in found]),
        np.array([line[2] for _, line in found]),
        np.array([line[3] for _, line in found]),
        np.array([line[4] for _, line in found]),
        np.array([number for number, _ in found]),
    )


_engine: Engine
_scores: dict[str, float]


def _start(scores: dict[str, float]) -> None:
    """Make this process's engine: the built-in rules with these scores."""
    global _engine, _scores
    _scores = scores
    _engine = engine(scores, _STANDARD)


def _told(labelled: Labelled) -> list[_Line]:
    """The open lines of one document."""
    document = Document(labelled["text"])
    watch = Watch()
    verdicts = _engine.before(watch).run(document).verdicts
    lines: list[_Line] = []
    for n, (label, verdict, raw) in enumerate(zip(labelled["labels"], verdicts, document.raws, strict=True)):
        found = watch.of(n, verdict) if raw.strip() else None
        if not found:
            continue
        scene = watch.scene(found, sure=False)
        account = scene.case.account(scene.places[found.number], _STANDARD, scene.neighbours)
        if account.need is None or any(rule.sure for rule in account.rules):
            continue
        if label in (0, 1):
            lines.append((*_parted(account), label, False, words(raw)))
        elif label == -1 and account.bits & BITS["head"] and not account.bits & _NO_TITLE:
            lines.append((*_parted(account), 1, True, count_words(raw)))
    return lines


def _parted(account: Account) -> tuple[dict[str, float], float]:
    """What was known of a line, parted into shares of the fitted scores and the rest."""
    shares: dict[str, float] = {}
    rest = account.other - (account.need or 0.0)
    for rule, score in (*((rule, rule.score) for rule in account.rules), *account.form):
        if rule.id in _scores:
            shares[rule.id] = shares.get(rule.id, 0.0) + score / _scores[rule.id]
        else:
            rest += score
    return shares, rest
