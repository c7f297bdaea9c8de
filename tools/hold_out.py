#!/usr/bin/env python3
"""Judge every document of a labelled benchmark with scores that were fitted without its site, by the whole engine.

    python tools/hold_out.py [--data DATA.jsonl.gz] [--thresholds 1.4 1.0 0.5] [--jobs 2]

Only the scores are held out: patterns, and what else was chosen while looking at the data, are not. The measure is that
of the benchmark's own `score.py`. Writes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "bench" / "dev.jsonl.gz"
sys.path[:0] = [str(ROOT), str(DATA.parent)]

from score import measure, summary  # noqa: E402

from cleaner import Cleaner  # noqa: E402
from cleaner.judging.engine import THRESHOLDS, Engine  # noqa: E402
from cleaner.output.result import Result  # noqa: E402
from cleaner.text.document import Document  # noqa: E402
from tools.fit.__main__ import courts, divided  # noqa: E402
from tools.fit.gather import FOLDS, fold_of, gather  # noqa: E402
from tools.fit.model import calibrated, hold_out, scores  # noqa: E402

Tallies = dict[tuple[str, float], Counter[str]]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, default=DATA)
    ap.add_argument("--thresholds", type=float, nargs="+", default=list(THRESHOLDS.values()))
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    lines = gather([args.data], args.jobs)
    rules, others = divided(Cleaner().rules)
    court, guarded = courts(lines, rules, others)
    trials = hold_out(court, rules)
    scale, _ = calibrated(guarded, trials, rules)
    found = [dict(zip((r.id for r in rules), scores(trial, scale, rules).tolist(), strict=True)) for trial in trials]
    sums: Tallies = defaultdict(Counter)
    with ProcessPoolExecutor(args.jobs) as pool:
        for part in pool.map(partial(judged, args.data, args.thresholds), range(FOLDS), found):
            for key, tally in part.items():
                sums[key].update(tally)
    for (track, threshold), tally in sorted(sums.items(), reverse=True):
        s = summary(tally)
        print(
            f"{track:10} {threshold:4g}: body lost {s['body_words_lost_pct']} % | boilerplate lines "
            f"{s['boilerplate_lines_removed_pct']} % words {s['boilerplate_words_removed_pct']} % | F1 "
            f"{s['shingle_f1_after']} | documents whole {s['docs_zero_body_loss_pct']} %"
        )


def judged(data: Path, thresholds: list[float], fold: int, found: Mapping[str, float]) -> Tallies:
    """The tallies of the documents of `fold`, by track and threshold, with the scores `found` by rule."""
    engine = Engine([r.replaced(score=found.get(r.id, r.score)) for r in Cleaner().rules])
    levels = {t: engine.at(t) for t in thresholds}
    out: Tallies = defaultdict(Counter)
    with gzip.open(data, "rt", encoding="utf-8") as f:
        for row in map(json.loads, f):
            if not row["labels"] or fold_of(row["domain"]) != fold:
                continue
            for threshold, level in levels.items():
                verdicts = level.run(Document(row["text"]))
                body = Result("", row["text"], verdicts.verdicts, verdicts.guarded).body
                out[row["track"], threshold].update(measure(row, body)[0])
    return out


if __name__ == "__main__":
    main()
