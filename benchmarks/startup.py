"""How long a small run takes, from a wheel installed in an environment of its own, in multiples of `python -c pass`."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row

TEXT = b"Prices rose by a tenth in May, the office said.\n\nAdvertisement\n\nShare this article\n" * 3
ROOT = Path(__file__).resolve().parent.parent
# So long after a file was touched its content is remembered by size and times; see `cleaner.sources`.
REST = 4

# Of one run: wall time and processor time, in seconds.
Time = tuple[float, float]


def run(options: argparse.Namespace) -> list[Row]:
    """Time of each command, the commands taken in turn, ten times `--rounds`; and of first runs, once each.

    Wall time is what a user feels; processor time (user and system) tells it apart from what else the machine does.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = _installed(folder)
        script = str(python.with_name("cleaner"))
        (folder / "a.txt").write_bytes(TEXT)
        shutil.copy(ROOT / "samples" / "tools" / "lynx" / "in.txt", folder / "page.txt")
        (folder / "a.jsonl").write_text('{"text": "It rained.\\n\\nAdvertisement"}\n')
        commands = {
            "python -c pass": [str(python), "-c", "pass"],
            "python -c 'import re' (pip's scripts do)": [str(python), "-c", "import re"],
            "cleaner -q < small.txt": [script, "-q"],
            "cleaner -q small.txt": [script, "-q", "a.txt"],
            "cleaner -q page.txt (a page as lynx writes it)": [script, "-q", "page.txt"],
            "cleaner --help": [script, "--help"],
            "cleaner --jsonl -q small.jsonl": [script, "--jsonl", "-q", "a.jsonl"],
        }
        env = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "CLEANER_CACHE", "COLUMNS")}
        env |= {"HOME": name, "XDG_CACHE_HOME": str(folder / "cache")}

        def timed(command: list[str]) -> Time:
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, input=TEXT, capture_output=True, check=True, env=env, cwd=folder)
            wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
            return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        timed(commands["python -c pass"])
        first = timed([script, "-q"])
        time.sleep(REST)
        for command in commands.values():
            timed(command)
        times: dict[str, list[Time]] = {label: [] for label in commands}
        for _ in range(10 * options.rounds):
            for label, command in commands.items():
                times[label].append(timed(command))
        [beside] = folder.glob("env/lib/*/site-packages/cleaner/fast/rules.cache")
        beside.unlink()
        times["first run of a wheel, rules ready"] = [first]
        times["first run without: rules made ready"] = [timed([script, "-q"])]
    base = _figures(times["python -c pass"])
    rows: list[Row] = []
    for label, some in times.items():
        found = _figures(some)
        rows.append(
            {"command": label}
            | {f"{name} ms": 1e3 * x for name, x in found.items()}
            | {f"{name}, x pass": x / base[name] for name, x in found.items()}
        )
    return rows


def _figures(times: list[Time]) -> dict[str, float]:
    wall, processor = zip(*times, strict=True)
    return {"median": statistics.median(wall), "least": min(wall), "processor": statistics.median(processor)}


def _installed(folder: Path) -> Path:
    """A Python of its own that has the wheel of this checkout."""
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    pip: list[str | Path] = [python, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, "."], check=True)
    [wheel] = folder.glob("*.whl")
    subprocess.run([*pip, "install", wheel], check=True)
    return python
