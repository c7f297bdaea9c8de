"""What goes and what is lost on sites that the scores had not seen, by the engine itself at several thresholds.

What lines weigh in a state that other scores left says little: scores that look better by far there can do worse, since
what goes first decides what its neighbours weigh.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor

from benchmarks.labels import Labelled, score, shares
from cleaner.judging.engine import Engine
from cleaner.text.document import Document
from tools.fit.gather import fold_of
from tools.fit.rescored import engine

# Around the standard level.
AT = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3)
_PIECE = 20

_engine: Engine


def print_curve(name: str, found: Sequence[Labelled], scores: Sequence[Mapping[str, float]], jobs: int) -> None:
    """Judge documents, each by the scores of its fold, and print a line for each track and threshold."""
    totals: dict[tuple[str, float], Counter[str]] = {}
    for fold, some in enumerate(scores):
        own = [document for document in found if fold_of(document) == fold]
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(dict(some),)) as pool:
            for document, counts in zip(own, pool.map(_counted, own, chunksize=_PIECE), strict=True):
                for threshold, count in zip(AT, counts, strict=True):
                    totals.setdefault((document["track"], threshold), Counter()).update(count)
    for (track, threshold), count in sorted(totals.items(), key=lambda item: (item[0][0], -item[0][1])):
        told = "  ".join(f"{key} {value}" for key, value in shares(count).items())
        print(f"{name}, {track}, threshold {threshold}: {told}", flush=True)


def _start(scores: dict[str, float]) -> None:
    global _engine
    _engine = engine(scores, AT[0])


def _counted(document: Labelled) -> list[Counter[str]]:
    return [score(document, _engine.at(threshold).run(Document(document["text"])).verdicts) for threshold in AT]
