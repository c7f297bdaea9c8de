#!/usr/bin/env python3
"""Measure a batch run with one process and with several, on the texts of a benchmark as files. Use an idle machine.

python tools/measure_jobs.py [--limit 800] [--jobs 1 2]
"""

from __future__ import annotations

import argparse
import filecmp
import gzip
import json
import resource
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


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", type=Path, default=DATA)
    ap.add_argument("--limit", type=int, default=800)
    ap.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    args = ap.parse_args()
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    rows = rows[:: max(1, len(rows) // args.limit)][: args.limit]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for i, row in enumerate(rows):
            path = folder / "in" / row["domain"] / f"{i:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(row["text"])
        files = [str(p.relative_to(folder / "in")) for p in sorted((folder / "in").rglob("*.txt"))]
        for jobs in args.jobs:
            before = cpu()
            summary = run(Plan(inputs=(folder / "in",), target=Mirror(folder / f"out{jobs}"), jobs=jobs))
            print(
                f"--jobs {jobs}: {summary.seconds:.1f} s, {cpu() - before:.1f} s of processor, "
                f"{summary.size / 1e6 / summary.seconds:.2f} MB/s"
            )
            first = folder / f"out{args.jobs[0]}"
            _, differ, missing = filecmp.cmpfiles(first, folder / f"out{jobs}", files, shallow=False)
            if differ or missing:
                sys.exit(f"{len(differ)} files differ, {len(missing)} are missing")


if __name__ == "__main__":
    main()
