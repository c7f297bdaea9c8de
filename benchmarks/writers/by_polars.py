"""polars: Parquet, Arrow, CSV and JSON lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import FunctionType
from typing import Any

import polars as pl

from benchmarks.writers.case import EMPTIED, Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file

WRITER = "polars"
# What can be written without quotes.
BARE = ("He said so.", "", EMPTIED, "Body")
DAY = dt.datetime(2026, 1, 2, 3, 4, 5, 678901)


def version() -> str:
    """Its release."""
    return str(pl.__version__)


def _columns(n: int) -> dict[str, Any]:
    def column(values: list[Any], kind: Any) -> pl.Series:
        return pl.Series([values[i % len(values)] for i in range(n)], dtype=kind)

    kinds = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64)
    integers = {str(t): column([0, None, 100, 7], t) for t in kinds}
    return {
        "id": pl.Series(range(n)),
        **integers,
        "f32": column([0.5, None, float("nan"), -0.0], pl.Float32),
        "f64": column([float("inf"), None, float("nan"), 0.1], pl.Float64),
        "bool": column([True, None, False], pl.Boolean),
        "string": column(["", None, 'a,"b"\n', "x"], pl.String),
        "decimal": column([Decimal("1.10"), None, Decimal("-99999999999999999.99")], pl.Decimal(30, 2)),
        "date": column([dt.date(1, 1, 1), None, dt.date(9999, 12, 31)], pl.Date),
        "time": column([dt.time(1, 2, 3, 4), None], pl.Time),
        "ms": column([DAY, None], pl.Datetime("ms")),
        "us": column([dt.datetime(1, 1, 1), DAY, None], pl.Datetime("us", "Europe/Oslo")),
        "ns": column([DAY, None], pl.Datetime("ns", "UTC")),
    }


def _nested(n: int) -> dict[str, Any]:
    def column(values: list[Any], kind: Any) -> pl.Series:
        return pl.Series([values[i % len(values)] for i in range(n)], dtype=kind)

    return {
        "id": pl.Series(range(n)),
        "duration": column([dt.timedelta(days=1, microseconds=3), None], pl.Duration("us")),
        "binary": column([b"\0\xff", None, b""], pl.Binary),
        "null": pl.Series([None] * n, dtype=pl.Null),
        "list": column([["a", None], None, []], pl.List(pl.String)),
        "array": column([[1, 2], None], pl.Array(pl.Int8, 2)),
        "struct": column([{"a": 1, "b": None}, None], pl.Struct({"a": pl.Int8, "b": pl.List(pl.Date)})),
        "category": column(["a", None, "b"], pl.Categorical),
        "enum": column(["b", None, "a"], pl.Enum(["a", "b"])),
    }


def _frame(what: Texts, more: Callable[[int], dict[str, Any]], kind: Any = pl.String) -> pl.DataFrame:
    held = more(len(what))
    return pl.DataFrame({"id": held.pop("id"), "text": pl.Series(what, dtype=kind), **held})


def _read(frame: pl.DataFrame, text: str = "text") -> Facts:
    return {**cells({c.name: c.to_list() for c in frame}, text), "types": str(frame.schema)}


def _parquet(name: str, more: Callable[[int], dict[str, Any]] = _columns, kind: Any = pl.String, **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        _frame(what, more, kind(what) if isinstance(kind, FunctionType) else kind).write_parquet(path, **how)

    return Case(f"Parquet: {name}", "a.parquet", write, lambda p: {**_read(pl.read_parquet(p)), "file": of_file(p)})


def _ipc(
    name: str,
    more: Callable[[int], dict[str, Any]] = _nested,
    kind: Any = pl.String,
    *,
    stream: bool = False,
    **how: Any,
) -> Case:
    def write(path: Path, what: Texts) -> None:
        frame = _frame(what, more, kind)
        (frame.write_ipc_stream if stream else frame.write_ipc)(path, **how)

    read = pl.read_ipc_stream if stream else pl.read_ipc
    return Case(
        f"Arrow: {name}", "a.arrows" if stream else "a.arrow", write,
        lambda p: _read(read(p)),
    )  # fmt: skip


def _csv(
    name: str, *, suffix: str = "csv", options: tuple[str, ...] = (), what: Texts = (), read: Any = None, **how: Any
) -> Case:
    reading = {"separator": how.get("separator", ","), "quote_char": how.get("quote_char", '"'), "infer_schema": False,
               "eol_char": "\n", **(read or {})}  # fmt: skip

    def write(path: Path, what: Texts) -> None:
        frame = _frame(what, _columns)
        (frame.drop("string") if how.get("quote_style") == "never" else frame).write_csv(path, **how)

    return Case(
        f"{suffix[:3].upper()}: {name}", f"a.{suffix}", write, lambda p: _read(pl.read_csv(p, **reading)), what, options
    )


def _lines(name: str, suffix: str, **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        _frame(what, lambda n: {**_columns(n), **_nested(n)}).drop("binary").write_ndjson(path, **how)

    return Case(f"JSON lines: {name}", f"a.{suffix}", write, lambda p: _read(pl.read_ndjson(p)))


def cases() -> list[Case]:
    """What polars writes."""
    return [
        *(
            _parquet(f"numbers and times, {c}", compression=c)
            for c in ("zstd", "snappy", "gzip", "lz4", "brotli", "uncompressed")
        ),
        _parquet("nested, categories, null", _nested),
        _parquet("row groups of 2, all statistics", _nested, row_group_size=2, statistics="full"),
        _parquet("no statistics, small pages", statistics=False, data_page_size=64),
        _parquet("metadata", metadata={"source": "crawl"}),
        _parquet("text a category", kind=pl.Categorical),
        _parquet("text an Enum", kind=lambda what: pl.Enum(sorted({t for t in what if t is not None}))),
        _parquet("a column of Int128", lambda n: {**_columns(n), "i128": pl.Series([1] * n, dtype=pl.Int128)}),
        *(_ipc(f"file, {c}", compression=c) for c in ("uncompressed", "lz4", "zstd")),
        _ipc("file, numbers and times", _columns),
        _ipc("file, oldest level", compat_level=pl.CompatLevel.oldest()),
        _ipc("file, text a category", kind=pl.Categorical),
        _ipc("stream", stream=True),
        *(_csv(f"quotes {q}", quote_style=q) for q in ("necessary", "always", "non_numeric")),
        _csv("quotes never", quote_style="never", what=BARE, options=("--quote", "none"), read={"quote_char": None}),
        _csv("semicolon", separator=";", options=("--delimiter", ";")),
        _csv("pipe, single quotes", separator="|", quote_char="'", options=("--delimiter", "|", "--quote", "'")),
        _csv("CRLF, byte order mark", line_terminator="\r\n", include_bom=True),
        _csv("null as NA", null_value="NA", read={"null_values": "NA"}),
        _csv("gzip", suffix="csv.gz", compression="gzip"),
        _csv("zstd", suffix="csv.zst", compression="zstd"),
        _csv("tabs", suffix="tsv", separator="\t"),
        _csv("tabs, quotes always", suffix="tsv", separator="\t", quote_style="always"),
        _lines("plain", "jsonl"),
        _lines("gzip", "ndjson.gz", compression="gzip"),
        _lines("zstd", "jsonl.zst", compression="zstd"),
    ]
