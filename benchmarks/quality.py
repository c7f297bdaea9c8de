"""Quality: body words lost against boilerplate removed, for every level, a range of thresholds, and the baselines.

Uses the measure of `../shared/bench/score.py` itself. Documents without labels for lines count for snippets alone.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.report import Row
from cleaner import Cleaner
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.output.result import Result
from cleaner.text.document import Document

BASELINES = ("identity", "c4", "c4-nopunct", "refinedweb", "short", "justext")
SWEEP = (3.0, 2.2, 1.7, 1.4, 1.2, 1.0, 0.85, 0.7, 0.55, 0.4, 0.25)
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
    rows = [
        {"kind": key[0], "track": key[1], "method": key[2], **_shares(tally)}
        for key, tally in sorted(tallies.items(), key=lambda item: item[0])
    ]
    return [row for row in rows if row["kind"] in ("level", "baseline")]


def _pieces(corpus: Any, limit: int | None) -> Iterator[list[dict[str, Any]]]:
    with gzip.open(corpus, "rt", encoding="utf-8") as f:
        documents = [json.loads(line) for line in f]
    if limit and limit < len(documents):
        documents = documents[:: len(documents) // limit][:limit]
    for start in range(0, len(documents), _PIECE):
        yield documents[start : start + _PIECE]


_engine: Engine
_measure: Callable[[dict[str, Any], str], tuple[Tally, Any, Any]]
_baselines: dict[str, Callable[[list[str]], Any]]


def _start(bench: str) -> None:
    global _engine, _measure, _baselines
    sys.path.insert(0, bench)
    _measure = importlib.import_module("score").measure
    known = importlib.import_module("baselines").F
    _baselines = {name: known[name] for name in BASELINES if name != "justext" or importlib.util.find_spec("justext")}
    _engine = Engine(Cleaner().rules)


def _measured(documents: list[dict[str, Any]]) -> dict[tuple[str, ...], Tally]:
    out: dict[tuple[str, ...], Tally] = defaultdict(Counter)
    for d in documents:
        track = d["track"]
        level_of = {threshold: level for level, threshold in THRESHOLDS.items()}
        for threshold in sorted({*SWEEP, *level_of}, reverse=True):
            if threshold not in level_of and not d["labels"]:
                continue
            judgement = _engine.at(threshold).run(Document(d["text"]))
            result = Result(d["id"], d["text"], judgement.verdicts, judgement.guarded)
            tally = _measure(d, result.body)[0]
            if threshold in level_of:
                out["level", track, level_of[threshold]].update(tally)
            if threshold in SWEEP:
                out["sweep", track, f"{threshold:g}"].update(tally)
            if threshold == THRESHOLDS["standard"]:
                out["scraper", track, d["scraper"]].update(tally)
                out["language", track, d["lang"]].update(tally)
                for category, counts in _by_category(d, result).items():
                    out["category", track, category].update(counts)
        for name, keep in _baselines.items() if d["labels"] else ():
            body = "\n".join(keep(d["text"].split("\n")))
            out["baseline", track, name].update(_measure(d, body)[0])
    return out


def _by_category(d: dict[str, Any], result: Result) -> dict[str, Tally]:
    """Lines dropped by the category that weighed most, and what their labels say."""
    out: dict[str, Tally] = defaultdict(Counter)
    for edit in result.edits if d["labels"] else ():
        label = d["labels"][edit.line - 1]
        if label in (0, 1):
            out[edit.category]["good" if label == 0 else "bad"] += 1
            out[edit.category]["bad_words"] += len(edit.removed.split()) if label == 1 else 0
    return out


def _shares(t: Tally) -> dict[str, object]:
    if "good" in t or "bad" in t:
        return {"lines_right": t["good"], "lines_wrong": t["bad"], "words_wrong": t["bad_words"]}
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
