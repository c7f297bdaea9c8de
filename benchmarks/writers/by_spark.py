"""Spark: folders of Parquet, CSV and JSON lines, each file with its checksum beside it."""

from __future__ import annotations

import datetime as dt
import os
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyspark
from pyspark.sql import SparkSession

from benchmarks.writers.case import Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_folder

WRITER = "Spark"
_SCHEMA = "id INT, text STRING, l BIGINT, f FLOAT, d DECIMAL(30,3), b BOOLEAN, day DATE, ts TIMESTAMP, ntz TIMESTAMP_NTZ, s STRING"
_MORE = ", bytes BINARY, list ARRAY<STRING>, map MAP<STRING, INT>, struct STRUCT<a: INT, b: ARRAY<DATE>>"


def version() -> str:
    """Its release."""
    return str(pyspark.__version__)


def _spark() -> Any:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    options = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "1",
               "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED", "spark.sql.parquet.int96RebaseModeInWrite": "CORRECTED"}  # fmt: skip
    builder = SparkSession.builder.master("local[1]")
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def _frame(what: Texts, *, rich: bool) -> Any:
    first = (1, 0.5, Decimal("1.100"), True, dt.date(1, 1, 1), dt.datetime(1, 1, 1), dt.datetime(2026, 1, 2), "")
    second = (
        -1,
        float("nan"),
        Decimal("-2"),
        False,
        dt.date(9999, 12, 31),
        dt.datetime(9999, 12, 31),
        dt.datetime(1, 1, 1),
        'a,"b"',
    )
    more: tuple[tuple[Any, ...], ...] = ((bytearray(b"\0"), ["a", None], {"k": 1}, (1, [None])), (None, [], {}, None))
    rows = []
    for i, text in enumerate(what):
        plain = (first, second, (None,) * 8)[i % 3]
        rows.append((i, text, *plain, *(more[i % 2] if rich else ())))
    return _spark().createDataFrame(rows, _SCHEMA + (_MORE if rich else "")).coalesce(1)


def _read(frame: Any) -> Facts:
    types = frame.schema.simpleString()
    # As text: Python's `fromtimestamp`, by which PySpark gives times, has no first day of the year 1.
    times = {
        f.name: frame[f.name].cast("string") for f in frame.schema if f.dataType.typeName().startswith("timestamp")
    }
    rows = frame.withColumns(times).orderBy(frame["id"].cast("int")).collect()
    return {
        **cells({name: [row[name] for row in rows] for name in frame.columns}),
        "types": types,
    }


def _parquet(
    name: str, settings: dict[str, str] | None = None, *, by_name: bool = True, without: str = "", **how: str
) -> Case:
    def write(path: Path, what: Texts) -> None:
        for key, value in (settings or {}).items():
            _spark().conf.set(key, value)
        _frame(what, rich=True).drop(without).write.options(**how).parquet(str(path))
        for key in settings or {}:
            _spark().conf.unset(key)

    return Case(
        f"Parquet: {name}", "folder", write, lambda p: {**_read(_spark().read.parquet(str(p))), "file": of_folder(p)},
        glob="part-*" if by_name else "", alone=True,
    )  # fmt: skip


def _csv(name: str, options: tuple[str, ...] = (), what: Texts = (), **how: Any) -> Case:
    def write(path: Path, texts: Texts) -> None:
        _frame(texts, rich=False).write.csv(str(path), header=True, **how)

    both = {k: v for k, v in how.items() if k in ("sep", "escape", "quote", "emptyValue", "nullValue")}
    return Case(
        f"CSV: {name}",
        "folder",
        write,
        lambda p: _read(_spark().read.csv(str(p), header=True, multiLine=True, **both)),
        what,
        options,
        glob="part-*",
    )


def _json(name: str, **how: str) -> Case:
    def write(path: Path, what: Texts) -> None:
        _frame(what, rich=True).write.json(str(path), **how)

    return Case(f"JSON lines: {name}", "folder", write, lambda p: _read(_spark().read.json(str(p))), glob="part-*")


def cases() -> list[Case]:
    """What Spark writes."""
    return [
        *(_parquet(f"INT96, {c}", without="ntz", compression=c) for c in ("snappy", "zstd", "gzip", "lz4")),
        _parquet("INT96 beside TIMESTAMP_NTZ"),
        _parquet("microseconds", {"spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS"}),
        _parquet("legacy format", {"spark.sql.parquet.writeLegacyFormat": "true"}, without="ntz"),
        _parquet("the folder with its checksums", by_name=False),
        _csv("default (escape backslash)"),
        _csv("all quoted", quoteAll=True),
        _csv("doubled quotes", escape='"'),
        _csv("semicolon, null as \\N", ("--delimiter", ";"), sep=";", nullValue="\\N"),
        _csv("gzip", compression="gzip"),
        _json("plain"),
        _json("gzip", compression="gzip"),
        _json("bzip2", compression="bzip2"),
    ]  # fmt: skip
