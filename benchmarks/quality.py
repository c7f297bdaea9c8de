"""Quality: body words lost against boilerplate removed, for every level and the baselines.

Uses the measure of `../shared/bench/score.py` itself. Documents without labels for lines count for snippets alone.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.labels import Labelled, documents
from benchmarks.report import Row
from cleaner import Cleaner
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.output.result import Result
from cleaner.text.document import Document

BASELINES = ("identity", "c4", "c4-nopunct", "refinedweb", "short", "justext")
_PIECE = 30
Tally = Counter[str]


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each track and method."""
    corpus = options.corpus.resolve()
    with ProcessPoolExecutor(2, initializer=_start, initargs=(str(corpus.parent),)) as pool:
        tallies: dict[tuple[str, ...], Tally] = defaultdict(Counter)
        for part in pool.map(_measured, _pieces(corpus, options.limit)):
            for key, tally in part.items():
                tallies[key].update(tally)
    return [
        {"kind": key[0], "track": key[1], "method": key[2], **_shares(tally)}
        for key, tally in sorted(tallies.items(), key=lambda item: item[0])
    ]


def _pieces(corpus: Path, limit: int | None) -> Iterator[list[Labelled]]:
    found = documents(corpus)
    if limit and limit < len(found):
        found = found[:: len(found) // limit][:limit]
    for start in range(0, len(found), _PIECE):
        yield found[start : start + _PIECE]


_engine: Engine
_measure: Callable[[Labelled, str], tuple[Tally, Any, Any]]
_baselines: dict[str, Callable[[list[str]], Any]]


def _start(bench: str) -> None:
    global _engine, _measure, _baselines
    sys.path.insert(0, bench)
    _measure = importlib.import_module("score").measure
    known = importlib.import_module("baselines").F
    _baselines = {name: known[name] for name in BASELINES if name != "justext" or importlib.util.find_spec("justext")}
    _engine = Engine(Cleaner().rules)


def _measured(piece: list[Labelled]) -> dict[tuple[str, ...], Tally]:
    out: dict[tuple[str, ...], Tally] = defaultdict(Counter)
    for d in piece:
        track = d["track"]
        for level, threshold in THRESHOLDS.items():
            judgement = _engine.at(threshold).run(Document(d["text"]))
            result = Result(d["id"], d["text"], judgement.verdicts, judgement.guarded)
            out["level", track, level].update(_measure(d, result.body)[0])
        for name, keep in _baselines.items() if d["labels"] else ():
            body = "\n".join(keep(d["text"].split("\n")))
            out["baseline", track, name].update(_measure(d, body)[0])
    return out


def _shares(t: Tally) -> dict[str, object]:
    return {
        "body_lost": _percent(t["body_lost"], t["body"], 3),
        "lines_removed": _percent(t["tp"], t["boil_lines"]),
        "words_removed": _percent(t["boil_removed"], t["boil"]),
        "f1_before": _percent(t["f1_before"], t["scored"]),
        "f1_after": _percent(t["f1_after"], t["scored"]),
        "documents_whole": _percent(t["zero_loss"], t["scored"]),
        "keep_lost": _percent(t["keep_lost"], t["keep_n"], 3),
        "drop_gone": _percent(t["drop_n"] - t["drop_left"], t["drop_n"]),
    }


def _percent(a: float, b: float, digits: int = 2) -> float | None:
    return round(100 * a / b, digits) if b else None
