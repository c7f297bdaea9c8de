"""fastparquet: Parquet as one file, and as a folder with its summary file `_metadata`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import fastparquet
import pandas as pd

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file, of_folder

WRITER = "fastparquet"
_DURATION, _CATEGORY = "a duration", "a category, row groups of 3"


def version() -> str:
    """Its release."""
    return str(fastparquet.__version__)


def _frame(what: Texts) -> Any:
    n = len(what)

    def column(values: list[Any], kind: Any) -> Any:
        return pd.Series([values[i % len(values)] for i in range(n)], dtype=kind)

    return pd.DataFrame(
        {
            "id": range(n), "text": pd.Series(list(what), dtype="object"), "f": column([0.5, float("nan"), -0.0], "float64"),
            "f32": column([0.5, float("inf")], "float32"), "i8": column([1, 2], "int8"), "u16": column([1, 2], "uint16"), "b": column([True, False], "bool"),
            "Int64": column([1, pd.NA], "Int64"), "s": column(["", None, "x"], "object"), "bytes": column([b"\0\xff", None], "object"),
            "when": column([pd.Timestamp("2026-01-02 03:04:05.000006"), pd.NaT], "datetime64[us]"),
        }
    )  # fmt: skip


def _read(path: Path) -> Facts:
    held = fastparquet.ParquetFile(str(path))
    frame = held.to_pandas()
    meta = {k: v for k, v in (held.key_value_metadata or {}).items() if k != "ARROW:schema"}
    facts = {"types": str(dict(frame.dtypes)), "metadata": str(sorted(meta.items())), "index": str(frame.index)}
    rows = [g.num_rows for g in held.row_groups]
    file = of_folder(path) if path.is_dir() else of_file(path)
    return {**cells({str(n): list(frame[n]) for n in frame.columns}), **facts, "rows": rows, "file": file}


def _case(name: str, file: str = "a.parquet", **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        encoding = {"object_encoding": {"text": "utf8", "s": "utf8", "bytes": "bytes"}}
        frame = _frame(what)
        if name == _DURATION:
            frame["delta"] = pd.Series([pd.Timedelta(days=1), pd.NaT] * len(what), dtype="timedelta64[us]")[: len(what)]
        if name == _CATEGORY:
            frame["category"] = pd.Series(["a", "b"] * len(what), dtype="category")[: len(what)]
        fastparquet.write(str(path), frame, **{**encoding, **how})

    return Case(f"Parquet: {name}", file, write, _read, alone=file == "folder")


def cases() -> list[Case]:
    """What fastparquet writes."""
    return [
        *(_case(f"all types, {c}", compression=c) for c in (None, "SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4_RAW")),
        _case("a codec a column", compression={"text": "ZSTD", "id": "SNAPPY", "_default": None}),
        _case("row groups of 3", row_group_offsets=3),
        _case(_DURATION),
        _case(_CATEGORY, row_group_offsets=3),
        _case("INT96", times="int96"),
        _case("metadata", custom_metadata={"source": "crawl"}),
        _case("folder with _metadata", "folder", file_scheme="hive", row_group_offsets=5),
        _case("partitioned folder with _metadata", "folder", file_scheme="hive", partition_on=["b"]),
    ]  # fmt: skip
