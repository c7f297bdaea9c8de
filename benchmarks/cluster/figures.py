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
import pyarrow.dataset as ds
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
        "at half, MB": max((worker[len(worker) // 2]["memory"] for worker in told), default=0) / 1e6,
        "a worker, MB": max((b["memory"] for b in batches), default=0) / 1e6,
    }


def outcome(source: Path, out: Path) -> Row:
    """What became of the documents of `source`: how many are lost, whether `out` has them in order, and how many of a
    thousand, evenly picked, one process cleans otherwise.

    Raises ValueError if `out` has documents that `source` has not, or one of them twice.
    """
    wanted = pq.read_table(source, columns=["n"])["n"].to_pylist()
    files = [pq.read_table(path, columns=["n"])["n"].to_pylist() for path in sorted(out.glob("*.parquet"))]
    found = [n for file in files for n in file]
    if len(set(found)) < len(found) or not set(wanted).issuperset(found):
        raise ValueError(f"{len(wanted)} documents went in, and {len(found)} came out, of which some are others")
    return {"lost": len(wanted) - len(found), "order": _order(files), "differ": _differing(source, out, len(wanted))}


def _order(files: list[list[int]]) -> str:
    """How far documents, numbered from file to file, stand in the order in which they went in."""
    if not all(file == sorted(file) for file in files):
        return "not kept"
    ends = [n for file in files if file for n in (file[0], file[-1])]
    return "kept" if ends == sorted(ends) else "kept within files"


def _differing(source: Path, out: Path, count: int) -> int:
    picked = pc.field("n").isin(list(range(0, count, max(1, count // _LOOKED_AT))))
    before, after = (ds.dataset(folder, format="parquet").to_table(filter=picked) for folder in (source, out))
    cleaned = dict(zip(after["n"].to_pylist(), after["text"].to_pylist(), strict=True))
    cleaner = Cleaner()
    pairs = zip(before["n"].to_pylist(), before["text"].to_pylist(), strict=True)
    return sum(n in cleaned and cleaner.clean(text).body != cleaned[n] for n, text in pairs)
