#!/usr/bin/env python3
"""Measure a batch run with one process and with several, on the texts of a benchmark: as files, and as JSON lines.

    python tools/measure_jobs.py [--limit 800] [--jobs 1 2] [--rounds 3] [--scraper trafilatura-recall]

In turn, several times, the least times of each; outputs must be the same. Use an idle machine.
"""

from __future__ import annotations

import argparse
import filecmp
import gzip
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from cleaner.batch import Mirror, Plan, run  # noqa: E402

DATA = ROOT.parent / "shared" / "bench" / "dev.jsonl.gz"


def cpu() -> float:
    """Seconds of processor time so far, of this process and those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def tree(folder: Path, rows: list[dict[str, str]]) -> None:
    """The texts as files, a folder for each site."""
    for i, row in enumerate(rows):
        path = folder / row["domain"] / f"{i:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(row["text"])


def lines(folder: Path, rows: list[dict[str, str]]) -> None:
    """The texts as one file of JSON lines."""
    folder.mkdir(parents=True)
    with (folder / "all.jsonl").open("w") as f:
        f.writelines(json.dumps({"text": row["text"]}) + "\n" for row in rows)


def measure(source: Path, jobs: list[int], rounds: int) -> None:
    """Clean `source` with each number of processes in turn, several times; print the least times of each."""
    least: dict[int, list[float]] = {}
    size = 0
    outputs = {n: source.with_name(f"{source.name}-out{n}") for n in jobs}
    for _ in range(rounds):
        for n in jobs:
            shutil.rmtree(outputs[n], ignore_errors=True)
            before = cpu()
            summary = run(Plan(inputs=(source,), target=Mirror(outputs[n]), jobs=n))
            size = summary.size
            took = [summary.seconds, cpu() - before]
            least[n] = [min(pair) for pair in zip(took, least.get(n, took), strict=True)]
    for n, (seconds, processor) in least.items():
        print(
            f"{source.name}, --jobs {n}: {seconds:.1f} s, {processor:.1f} s of processor, {size / 1e6 / seconds:.2f} MB/s"
        )
        files = [str(p.relative_to(source)) for p in source.rglob("*") if p.is_file()]
        _, differ, missing = filecmp.cmpfiles(outputs[jobs[0]], outputs[n], files, shallow=False)
        if differ or missing:
            sys.exit(f"{len(differ)} files differ, {len(missing)} are missing")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, default=DATA)
    ap.add_argument("--limit", type=int, default=800)
    ap.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--scraper", help="the texts of this scraper alone: each page once")
    args = ap.parse_args()
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        rows = [row for row in map(json.loads, f) if args.scraper in (None, row["scraper"])]
    rows = rows[:: max(1, len(rows) // args.limit)][: args.limit]
    with tempfile.TemporaryDirectory() as name:
        for make in (tree, lines):
            make(Path(name) / make.__name__, rows)
            measure(Path(name) / make.__name__, args.jobs, args.rounds)


if __name__ == "__main__":
    main()
