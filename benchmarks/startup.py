"""How long a small run takes, from a wheel installed in an environment of its own, in multiples of `python -c pass`."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row

TEXT = b"Prices rose by a tenth in May, the office said.\n\nAdvertisement\n\nShare this article\n" * 3


def run(options: argparse.Namespace) -> list[Row]:
    """Wall time of each command, the commands taken in turn; the median of `--rounds` times ten."""
    with tempfile.TemporaryDirectory() as folder:
        python = _installed(Path(folder))
        script = str(python.with_name("cleaner"))
        commands = {
            "python -c pass": [str(python), "-c", "pass"],
            "cleaner -q": [script, "-q"],
            "cleaner --help": [script, "--help"],
        }
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["CLEANER_CACHE"] = str(Path(folder) / "cache")
        start = time.perf_counter()
        for _ in range(2):  # makes the cache and the byte code
            for command in commands.values():
                subprocess.run(command, input=TEXT, capture_output=True, check=True, env=env, cwd=folder)
        first = time.perf_counter() - start
        print(f"first runs, which make the cache: {first:.1f} s", file=sys.stderr)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(10 * options.rounds):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, input=TEXT, capture_output=True, check=True, env=env, cwd=folder)
                times[name].append(time.perf_counter() - start)
    base = times["python -c pass"]
    return [
        {
            "command": name, "median ms": 1e3 * statistics.median(t), "least ms": 1e3 * min(t),
            "x pass (median)": statistics.median(t) / statistics.median(base), "x pass (least)": min(t) / min(base),
        }
        for name, t in times.items()
    ]  # fmt: skip


def _installed(folder: Path) -> Path:
    """A Python of its own that has the wheel of this checkout."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "."], check=True)
    return python
