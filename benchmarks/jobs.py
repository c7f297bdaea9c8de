"""One process against several, on a folder of files and on JSON lines, by `--jobs`; what comes out must be the same."""

from __future__ import annotations

import argparse
import filecmp
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpus import size, texts
from benchmarks.report import Row


def run(options: argparse.Namespace) -> list[Row]:
    """Wall and processor time of `cleaner -q -o FOLDER` with one, two, four jobs, up to `--jobs`, at least two; the least of the rounds.

    Raises RuntimeError if what comes out differs.
    """
    found = texts(options)
    mb = size(found) / 1e6
    counts = [1, 2]
    while counts[-1] * 2 <= options.jobs:
        counts.append(counts[-1] * 2)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        for make in (_files, _lines):
            folder = Path(name, make.__name__)
            (folder / "in").mkdir(parents=True)
            make(folder / "in", found)
            times = _times(folder, counts, options.rounds)
            rows += [
                {
                    "input": make.__name__.strip("_"), "jobs": n, "MB": mb, "seconds": wall, "processor s": busy,
                    "MB/s": mb / wall, "x one": times[1][0] / wall,
                }
                for n, (wall, busy) in times.items()
            ]  # fmt: skip
    return rows


def _files(folder: Path, found: Sequence[str]) -> None:
    for i, text in enumerate(found):
        (folder / f"{i:06}.txt").write_text(text, encoding="utf-8", newline="")


def _lines(folder: Path, found: Sequence[str]) -> None:
    lines = (json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in found)
    (folder / "all.jsonl").write_text("".join(lines), encoding="utf-8")


def _times(folder: Path, counts: Sequence[int], rounds: int) -> dict[int, list[float]]:
    """The least wall and processor seconds of each number of jobs, taken in turn."""
    source = folder / "in"
    names = [path.name for path in source.iterdir()]
    least = {n: [float("inf"), float("inf")] for n in counts}
    for _ in range(rounds):
        for n in counts:
            target = folder / f"out{n}"
            shutil.rmtree(target, ignore_errors=True)
            began, before = time.perf_counter(), _processor()
            command = [sys.executable, "-m", "cleaner", "-q", "-o", str(target), "--jobs", str(n), str(source)]
            subprocess.run(command, check=True, capture_output=True)
            took = [time.perf_counter() - began, _processor() - before]
            least[n] = [min(pair) for pair in zip(took, least[n], strict=True)]
            _, differ, missing = filecmp.cmpfiles(folder / "out1", target, names, shallow=False)
            if differ or missing:
                raise RuntimeError(f"--jobs {n}: {len(differ)} files differ, {len(missing)} are missing")
    return least


def _processor() -> float:
    """Seconds of processor time of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
