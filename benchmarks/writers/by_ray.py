"""Ray Data: folders of JSON lines, CSV and Parquet."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import ray
import ray.data

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_folder

WRITER = "Ray Data"


def version() -> str:
    """Its release."""
    return str(ray.__version__)


def _set(what: Texts, *, rich: bool = True) -> Any:
    if not ray.is_initialized():
        ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
    n = len(what)
    held = {
        "id": pa.array(range(n)),
        "text": pa.array(what, pa.string()),
        "f": pa.array([0.5, None] * n)[:n],
        "s": pa.array(["", "x"] * n)[:n],
    }
    if rich:
        held |= {"list": pa.array([["a", None], None] * n)[:n], "struct": pa.array([{"a": 1}] * n)}
    return ray.data.from_arrow(pa.table(held)).repartition(2)


def _parquet(path: Path, what: Texts, compression: str) -> None:
    _set(what).write_parquet(str(path), compression=compression)


def _read(found: Any) -> Facts:
    rows = sorted(found.take_all(), key=lambda row: int(row["id"]))
    return {**cells({name: [row[name] for row in rows] for name in rows[0]}), "types": str(found.schema())}


def cases() -> list[Case]:
    """What Ray writes."""
    return [
        *(
            Case(f"Parquet: folder, {c}", "folder", partial(_parquet, compression=c),
                 lambda p: {**_read(ray.data.read_parquet(str(p))), "file": of_folder(p)})
            for c in ("snappy", "zstd")
        ),
        Case("JSON lines: folder", "folder", lambda p, t: _set(t).write_json(str(p)), lambda p: _read(ray.data.read_json(str(p)))),
        Case("CSV: folder", "folder", lambda p, t: _set(t, rich=False).write_csv(str(p)), lambda p: _read(ray.data.read_csv(
            str(p), parse_options=pa.csv.ParseOptions(newlines_in_values=True)))),
    ]  # fmt: skip
