"""Ray Data: folders of JSON lines, CSV and Parquet."""

from __future__ import annotations

import atexit
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_folder
from tools.ray_nodes import cluster, take_token

take_token()

import ray  # noqa: E402
import ray.data  # noqa: E402

WRITER = "Ray Data"


def version() -> str:
    """Its release."""
    return str(ray.__version__)


def _start() -> None:
    """Start Ray, if it is not there, until this process ends."""
    if ray.is_initialized():
        return
    held = ExitStack()
    atexit.register(held.close)
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True)))
    ray.init(held.enter_context(cluster(1, 1, folder / "ray")), log_to_driver=False, logging_level="error")
    held.callback(ray.shutdown)
    ray.data.DataContext.get_current().enable_progress_bars = False


def _set(what: Texts, *, rich: bool = True) -> Any:
    _start()
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


def _read(path: Path, how: str, **options: Any) -> Facts:
    _start()
    found = getattr(ray.data, f"read_{how}")(str(path), **options)
    rows = sorted(found.take_all(), key=lambda row: int(row["id"]))
    return {**cells({name: [row[name] for row in rows] for name in rows[0]}), "types": str(found.schema())}


def cases() -> list[Case]:
    """What Ray writes."""
    lines = {"parse_options": pa.csv.ParseOptions(newlines_in_values=True)}
    return [
        *(
            Case(f"Parquet: folder, {c}", "folder", partial(_parquet, compression=c),
                 lambda p: {**_read(p, "parquet"), "file": of_folder(p)})
            for c in ("snappy", "zstd")
        ),
        Case("JSON lines: folder", "folder", lambda p, t: _set(t).write_json(str(p)), lambda p: _read(p, "json")),
        Case("CSV: folder", "folder", lambda p, t: _set(t, rich=False).write_csv(str(p)), lambda p: _read(p, "csv", **lines)),
    ]  # fmt: skip
