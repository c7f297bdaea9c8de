"""From a line that was left in to a tested rule in use: what the tutorial's commands take, one by one.

    python -m benchmarks minute

A person reads and writes between them; what is told here is what the machine adds. The rules are made ready once beforehand.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row
from tests.console_help import BLOCK, program, ran, shown

ROOT = Path(__file__).resolve().parent.parent
# The commands between these are the way from a line to a rule.
_FIRST, _LAST = "cleaner explain page.txt:3", "cleaner page.txt --diff=annotated"


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each command, and one for all."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = program(folder / "bin")
        work = folder / "work"
        work.mkdir()
        for block in BLOCK.finditer((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")):
            if block["name"]:
                (work / block["name"]).parent.mkdir(parents=True, exist_ok=True)
                (work / block["name"]).write_text(block["body"], encoding="utf-8")
            if block["kind"] == "console":
                rows += [_timed(one.command, work, programs) for one in shown(block["body"])]
    told = [row["command"] for row in rows]
    rows = rows[told.index(_FIRST) : told.index(_LAST) + 1]
    return [
        *rows,
        {"command": "all", **{k: sum(row[k] for row in rows) for k in ("processor s", "wall s")}, "load": _load()},
    ]


def _timed(command: str, work: Path, programs: Path) -> Row:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    ran(command, work, programs)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"command": command, "processor s": busy, "wall s": time.perf_counter() - began, "load": _load()}


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"
