"""Fit the scores of all weak rules on labelled lines, and write them back into the packs.

    python -m tools.fit DATA... [--dry-run] [--rounds 3] [--scale 0.72] [--jobs 2]

DATA are files of JSON lines as the benchmarks have them, packed by gzip or not: `text`, `labels` (for each line 1 body, 0
boilerplate, -1 or null not scored), `domain`, `page`, `track` ("extractor", "dump" or "piece"), or folders of short texts with their
bodies in NAME.expected.txt. Give the half that is read, not the blind one. Labels are put right where `benchmarks.corrections` knows better. Pieces of all pages are added: short texts. The engine judges all of it, the scores are fitted to the states that lines went in or stayed in, and again with
what the new scores left besides, `--rounds` times. Prints the scores before and after, and what the engine does at several
thresholds by the scores as they were and, on sites that were held out, by new ones: write no scores that are not better there.
The new ones are told and written times `--scale`: smaller ones take less at each level, most of all where a line's length or a
rule that protects speaks too.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corrections import corrected
from benchmarks.labels import documents
from cleaner import Cleaner
from cleaner.evidence.form_rules import GUARD
from cleaner.rules.packs import built_in_files
from cleaner.rules.rule import Rule
from tools.fit.curve import print_curve
from tools.fit.gather import FOLDS, Lines, Texts, gather, texts
from tools.fit.model import fit
from tools.fit.pieces import pieces
from tools.fit.write import rewrite

# Below this a score says nothing that a person should have to read.
_LEAST = 0.01


def main() -> None:
    """The command; see the module's text."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, nargs="+")
    ap.add_argument("--dry-run", action="store_true", help="print, but change no pack")
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--scale", type=float, default=1.0)
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    rules = fitted(Cleaner().rules)
    names = [rule.id for rule in rules]
    data = [corrected(document) for path in args.data for document in documents(path) if document.get("labels")]
    data += pieces(data)
    known = texts(data)
    scores = before = [rule.score for rule in rules]
    states = []
    for _ in range(args.rounds):
        states.append(gather(data, dict(zip(names, scores, strict=True)), args.jobs))
        scores, higher = _fitted(states, known, rules, np.ones(len(data), dtype=bool))
        print(f"round {len(states)}: the scores want a threshold that is higher by {higher:.2f}", flush=True)
    print_curve("as they were", data, [dict(zip(names, before, strict=True))] * FOLDS, args.jobs)
    scores = _scaled(scores, args.scale)
    without = [_scaled(_fitted(states, known, rules, known.fold != fold)[0], args.scale) for fold in range(FOLDS)]
    print_curve("sites held out", data, [dict(zip(names, some, strict=True)) for some in without], args.jobs)
    for rule, new in zip(rules, scores, strict=True):
        note = "   (says next to nothing: delete it?)" if abs(new) < _LEAST else ""
        print(f"{rule.score:7.3f} -> {new:7.3f}  {rule.id}{note}")
    if not args.dry_run:
        _write(rules, scores)


def fitted(rules: Iterable[Rule]) -> list[Rule]:
    """Those of `rules` whose scores are fitted: neither sure, nor of repetition over a site, nor of form that protects."""
    return [r for r in rules if not (r.sure or r.repeat or r.score <= GUARD)]


def _fitted(
    states: Sequence[Lines], known: Texts, rules: Sequence[Rule], use: NDArray[np.bool_]
) -> tuple[list[float], float]:
    """See `fit`."""
    found, higher = fit(states, known, rules, use)
    return [float(x) for x in found], higher


def _scaled(scores: Sequence[float], by: float) -> list[float]:
    """Scores as packs have them. One of 0 would not load."""
    return [round(by * x, 3) or 0.001 for x in scores]


def _write(rules: Sequence[Rule], found: Sequence[float]) -> None:
    by_file: dict[str, dict[str, float]] = defaultdict(dict)
    for rule, new in zip(rules, found, strict=True):
        by_file[rule.file][rule.id.rsplit("/", 1)[1]] = new
    for path, name in built_in_files():
        if isinstance(path, Path) and name in by_file and (n := rewrite(path, by_file[name])):
            print(f"{name}: {n} scores")


if __name__ == "__main__":
    main()
