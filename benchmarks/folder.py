"""A folder of files, cleaned into another, against a loop that only copies their texts; in wall time, each a process of its own."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import size, texts
from benchmarks.report import Row

_COPY = """
import sys
from pathlib import Path
source, target = map(Path, sys.argv[1:])
target.mkdir()
for path in source.iterdir():
    (target / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
"""


def run(options: argparse.Namespace) -> list[Row]:
    """Time both, the best of `--rounds` each, taken in turn; cleaning by one process and by two."""
    found = texts(options)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for i, text in enumerate(found):
            (source / f"{i}.txt").write_text(text, encoding="utf-8", newline="")
        commands = {
            "copy": [sys.executable, "-c", _COPY, str(source), str(target)],
            "clean, one process": [
                sys.executable,
                "-m",
                "cleaner",
                "-q",
                str(source),
                "-o",
                str(target),
                "--jobs",
                "1",
            ],
            "clean, two processes": [
                sys.executable,
                "-m",
                "cleaner",
                "-q",
                str(source),
                "-o",
                str(target),
                "--jobs",
                "2",
            ],
        }
        times = dict.fromkeys(commands, float("inf"))
        for _ in range(options.rounds):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                times[name] = min(times[name], time.perf_counter() - start)
                shutil.rmtree(target)
    mb = size(found) / 1e6
    return [
        {"job": name, "files": len(found), "MB": mb, "seconds": t, "MB/s": mb / t, "of copy": times["copy"] / t}
        for name, t in times.items()
    ]
