"""A corpus of short documents through Ray and through Spark, each as a cluster of two nodes on this machine.

    python -m benchmarks cluster [--limit DOCUMENTS] [--size CHARACTERS] [--only ray|spark]

Needs what `python3 tools/test.py --engines` installs (`.venv-engines/bin/python`), and Java for Spark. Each engine gets a row: documents and
megabytes of text; `seconds` of wall time from the engine's start to the last batch, and `documents/s`; each worker's megabytes per second of
its own processor time (all that its process used, transport and the rules' loading included), and per second of cleaning alone; the
highest memory that a worker had held when half of its batches were done, and in the end, and that of all other processes of the
cluster together; how many documents are lost, and whether they stand in the order in which they came; and, of a thousand looked at,
how many differ from what one process makes of them. Stopped (SIGINT, SIGTERM), it tells of what was done.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from types import FrameType

from benchmarks.cluster import corpus, figures
from benchmarks.cluster.memory import Sampled
from benchmarks.report import Row
from cleaner import Cleaner

ENGINES = ("ray", "spark")
DOCUMENTS = 1_000_000


def run(options: argparse.Namespace) -> list[Row]:
    """Make the corpus once, and clean it with each engine."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    Cleaner()  # so that the rules are ready, as an installed program's are; otherwise each worker would begin with that
    engines = options.only or ENGINES
    rows = []
    # Short: a cluster's sockets lie under it, and their paths may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="cl-") as name:
        source = Path(name, "in")
        corpus.write(options.corpus, source, options.limit or DOCUMENTS, options.size)
        for engine in engines:
            folder = Path(name, engine)
            folder.mkdir()
            row, whole = _measured(engine, source, folder)
            print(row, file=sys.stderr, flush=True)  # the next one may take as long, and not end well
            rows.append(row)
            shutil.rmtree(folder, ignore_errors=True)
            if not whole:
                break
    return rows


def _measured(engine: str, source: Path, folder: Path) -> tuple[Row, bool]:
    """The figures of one engine, and whether it came to its end."""
    whole = True
    notes, out = folder / "notes", folder / "out"
    notes.mkdir()
    began = time.time()
    with Sampled() as memory:
        try:
            import_module(f"benchmarks.cluster.on_{engine}").clean(source, out, notes)
        except KeyboardInterrupt:
            whole = False
            print(f"{engine}: stopped; the figures are of what was done", file=sys.stderr)
    row = {"engine": engine, **figures.row(notes, began), "others, MB": memory.without(figures.workers(notes))}
    return row | (figures.outcome(source, out) if whole else {}), whole


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
