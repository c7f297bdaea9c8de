"""What the workers note as they clean, and what is worked out from it."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.report import Row
from cleaner import Cleaner
from cleaner.integrations.arrow import BatchCleaner

_LOOKED_AT = 1000


class Noting(BatchCleaner):
    """A `BatchCleaner` that notes each batch in a file of its process in the folder `notes`."""

    def __init__(self, notes: str, **options: Any) -> None:
        super().__init__(**options)
        self._notes = Path(notes, str(os.getpid()))

    def __call__(self, batch: Any) -> Any:
        """As `BatchCleaner`."""
        began = time.process_time()
        out = super().__call__(batch)
        note = {
            "documents": len(batch),
            "bytes": pc.sum(pc.binary_length(batch["text"])).as_py() or 0,
            "cleaning": time.process_time() - began,
            "processor": time.process_time(),
            "at": time.time(),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
        with self._notes.open("a") as file:
            file.write(json.dumps(note) + "\n")
        return out


def noting(batches: Iterator[Any], notes: str) -> Iterator[Any]:
    """What Spark's `mapInArrow` calls."""
    return map(Noting(notes), batches)


def workers(notes: Path) -> set[int]:
    """The processes that cleaned."""
    return {int(path.name) for path in notes.iterdir()}


def row(notes: Path, began: float) -> Row:
    """The figures of all workers, of a run that began at that time (seconds of the clock)."""
    told = [[json.loads(line) for line in path.read_text().splitlines()] for path in notes.iterdir()]
    batches = [note for worker in told for note in worker]
    documents, size = sum(b["documents"] for b in batches), sum(b["bytes"] for b in batches) / 1e6
    cleaning = sum(b["cleaning"] for b in batches)
    processor = sum(worker[-1]["processor"] for worker in told)
    wall = max((b["at"] for b in batches), default=began) - began
    return {
        "workers": len(told),
        "documents": documents,
        "MB": size,
        "seconds": wall,
        "documents/s": documents / wall if wall else 0.0,
        "workers' processor s": processor,
        "MB/s a worker": size / processor if processor else 0.0,
        "MB/s cleaning": size / cleaning if cleaning else 0.0,
        "a worker, MB": max((b["memory"] for b in batches), default=0) / 1e6,
    }


def differing(source: Path, out: Path) -> int:
    """How many of a thousand documents, evenly picked, one process cleans otherwise than `out` has them.

    Raises ValueError if `out` has other documents than `source`, or not each once.
    """
    before, after = (pq.read_table(folder).sort_by("n") for folder in (source, out))
    if not before["n"].equals(after["n"].cast("int64")):
        raise ValueError(f"{before.num_rows} documents went in, other ones came out: {after.num_rows}")
    cleaner = Cleaner()
    step = max(1, before.num_rows // _LOOKED_AT)
    looked_at = range(0, before.num_rows, step)
    return sum(cleaner.clean(before["text"][i].as_py()).body != after["text"][i].as_py() for i in looked_at)
