"""One process against two, on JSON lines, by `--jobs`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import size, texts
from benchmarks.report import Row


def run(options: argparse.Namespace) -> list[Row]:
    """Wall time of `cleaner -q --jsonl -o FOLDER` with one and with two jobs; the least of the rounds."""
    found = texts(options)
    mb = size(found) / 1e6
    times = {1: float("inf"), 2: float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps({"text": t}, ensure_ascii=False) + "\n" for t in found), encoding="utf-8")
        for turn in range(options.rounds):
            for jobs in times:
                start = time.perf_counter()
                target = str(Path(folder) / f"out-{turn}-{jobs}")
                command = [sys.executable, "-m", "cleaner", "-q", "-o", target, "--jobs", str(jobs), str(source)]
                subprocess.run(command, check=True, capture_output=True)
                times[jobs] = min(times[jobs], time.perf_counter() - start)
    return [{"jobs": n, "MB": mb, "seconds": t, "MB/s": mb / t, "x one": times[1] / t} for n, t in times.items()]
