"""dask: folders of CSV, JSON lines and Parquet parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_folder

WRITER = "dask"
dask.config.set(scheduler="synchronous")


def version() -> str:
    """Its release."""
    return str(dask.__version__)


def _frame(what: Texts) -> Any:
    n = len(what)
    frame = pd.DataFrame(
        {
            "id": range(n),
            "text": pd.Series(list(what), dtype="str"),
            "f": [0.5] * n,
            "s": ["", "x"] * (n // 2) + [None] * (n % 2),
        }
    )
    return dd.from_pandas(frame, npartitions=3)


def _read(frame: Any) -> Facts:
    held = frame.compute().sort_values("id")
    return {
        **cells({str(n): list(held[n]) for n in held.columns}),
        "types": str(dict(held.dtypes)),
        "index": str(held.index),
    }


def cases() -> list[Case]:
    """What dask writes."""

    def parquet(p: Path) -> Facts:
        return {**_read(dd.read_parquet(p)), "file": of_folder(p)}

    lines = {"orient": "records", "lines": True}
    csv = {"dtype": "str", "blocksize": None}
    return [
        Case("Parquet: folder", "folder", lambda p, t: _frame(t).to_parquet(p), parquet),
        Case("Parquet: folder with _metadata", "folder", lambda p, t: _frame(t).to_parquet(p, write_metadata_file=True), parquet, alone=True),
        Case("CSV: folder of .part", "folder", lambda p, t: _frame(t).to_csv(str(p), index=False),
             lambda p: _read(dd.read_csv(str(p / "*.part"), **csv)), options=("--format", "csv")),
        Case("CSV: folder of .csv", "folder", lambda p, t: _frame(t).to_csv(str(p / "*.csv"), index=False), lambda p: _read(dd.read_csv(str(p / "*.csv"), **csv))),
        Case("CSV: one file", "a.csv", lambda p, t: _frame(t).to_csv(str(p), index=False, single_file=True), lambda p: _read(dd.read_csv(str(p), **csv))),
        Case("JSON lines: folder, gzip", "folder", lambda p, t: _frame(t).to_json(str(p / "*.json.gz"), compression="gzip", **lines),
             lambda p: _read(dd.read_json(str(p / "*.json.gz"), **lines))),
    ]  # fmt: skip
