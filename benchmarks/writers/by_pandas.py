"""pandas: Parquet and Feather by pyarrow, CSV in every quoting, JSON lines."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.writers.case import EMPTIED, Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file

WRITER = "pandas"


def version() -> str:
    """Its release."""
    return str(pd.__version__)


def _frame(what: Texts, *, rich: bool = True) -> Any:
    n = len(what)

    def column(values: list[Any], kind: Any) -> Any:
        return pd.Series([values[i % len(values)] for i in range(n)], dtype=kind)

    plain = {
        "id": column(list(range(n)), "int64"), "text": pd.Series(list(what), dtype="str"), "f": column([0.5, float("nan"), -0.0], "float64"),
        "b": column([True, False], "bool"), "s": column(["", None, 'a,"b"'], "str"), "when": column([dt.datetime(2026, 1, 2), pd.NaT], "datetime64[us]"),
        "o": column([1, "x", None], "object"),
    }  # fmt: skip
    if not rich:
        return pd.DataFrame(plain)
    del plain["o"]
    return pd.DataFrame(
        {
            **plain, "Int64": column([1, pd.NA], "Int64"), "boolean": column([True, pd.NA], "boolean"), "category": column(["a", None], "category"),
            "tz": column([pd.Timestamp("2026-01-02", tz="Europe/Oslo"), pd.NaT], "datetime64[ns, Europe/Oslo]"),
            "delta": column([pd.Timedelta(days=1), pd.NaT], "timedelta64[ns]"), "list": column([["a"], None], "object"),
            "bytes": column([b"a", None], "object"), "arrow": column([1, None], "int32[pyarrow]"),
        }
    )  # fmt: skip


def _read(frame: Any) -> Facts:
    index = frame.index
    held = {str(name): list(frame[name]) for name in frame.columns}
    facts = {"types": str(dict(frame.dtypes)), "index": [str(index), str(index.names)], "attributes": str(frame.attrs)}
    return {**cells(held), **facts}


def _parquet(name: str, change: Any = lambda frame: frame, **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        change(_frame(what)).to_parquet(path, engine="pyarrow", **how)

    return Case(
        f"Parquet: {name}", "a.parquet", write, lambda p: {**_read(pd.read_parquet(p, engine="pyarrow")), "file": of_file(p)}
    )  # fmt: skip


def _attributes(frame: Any) -> Any:
    frame.attrs["source"] = "crawl"
    return frame


def _periods(frame: Any) -> Any:
    return frame.assign(period=pd.period_range("2026-01", periods=len(frame), freq="M"))


def _csv(
    name: str,
    *,
    file: str = "a.csv",
    options: tuple[str, ...] = (),
    what: Texts = (),
    read: dict[str, Any] | None = None,
    **how: Any,
) -> Case:
    def write(path: Path, texts: Texts) -> None:
        _frame(texts, rich=False).to_csv(path, **{"index": False, **how})

    shared = {
        k: v
        for k, v in how.items()
        if k in ("sep", "quoting", "quotechar", "escapechar", "doublequote", "encoding", "compression")
    }
    given = {**shared, "dtype": "str", **(read or {})}
    return Case(f"{file[2:5].upper()}: {name}", file, write, lambda p: _read(pd.read_csv(p, **given)), what, options)


def _lines(name: str, file: str = "a.jsonl", **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        _frame(what).drop(columns=["bytes"]).to_json(path, **{"orient": "records", "lines": True, **how})

    lines = how.get("lines", True)
    return Case(
        f"JSON lines: {name}",
        file,
        write,
        lambda p: _read(pd.read_json(p, lines=lines, dtype=False, convert_dates=False)),
    )


def cases() -> list[Case]:
    """What pandas writes."""
    slash: dict[str, Any] = {"doublequote": False, "escapechar": "\\"}
    return [
        *(_parquet(f"all types, {c}", compression=c) for c in ("snappy", "gzip", "brotli", "lz4", "zstd", None)),
        _parquet("a named index", lambda f: f.set_index("id")),
        _parquet("an index of two levels", lambda f: f.set_index(["id", "s"])),
        _parquet("attributes", _attributes),
        _parquet("periods", _periods),
        Case("Arrow: Feather", "a.feather", lambda p, t: _frame(t).to_feather(p), lambda p: _read(pd.read_feather(p))),
        _csv("quotes minimal"),
        _csv("quotes all", quoting=csv.QUOTE_ALL),
        _csv("quotes nonnumeric", quoting=csv.QUOTE_NONNUMERIC, read={"dtype": None}),
        _csv("escape backslash", **slash),
        _csv("no quotes, escape backslash", quoting=csv.QUOTE_NONE, escapechar="\\", lineterminator="\n", what=("He said so.", "", EMPTIED, "A\\B, C"),
             options=("--quote", "none", "--escape", "\\")),
        _csv("semicolon, decimal comma", sep=";", decimal=",", options=("--delimiter", ";")),
        _csv("single quotes, CRLF", quotechar="'", lineterminator="\r\n", options=("--quote", "'")),
        _csv("an index, null as NULL", index=True, na_rep="NULL"),
        _csv("byte order mark", encoding="utf-8-sig"),
        _csv("UTF-16", encoding="utf-16"),
        *(_csv(c, file=f"a.csv.{end}") for c, end in (("gzip", "gz"), ("zstd", "zst"), ("bzip2", "bz2"), ("xz", "xz"))),
        _csv("tabs", file="a.tsv", sep="\t"),
        _csv("tabs, escape backslash", file="a.tsv", sep="\t", **slash),
        _lines("plain"),
        _lines("dates in ISO", date_format="iso", force_ascii=False),
        *(_lines(c, f"a.jsonl.{c}") for c in ("gz", "zst", "bz2", "xz")),
        _lines("an array (no lines)", "a.json", lines=False),
    ]  # fmt: skip
