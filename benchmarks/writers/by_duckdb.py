"""DuckDB: COPY to Parquet, CSV and JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from benchmarks.writers.case import EMPTIED, Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file, of_folder

WRITER = "DuckDB"
# Columns beside `id` and `text`: a third of the rows each null, and two values.
_NUMBERS = {
    "i8": ("TINYINT", "-128", "127"), "u8": ("UTINYINT", "0", "255"), "i16": ("SMALLINT", "-1", "1"),
    "u16": ("USMALLINT", "0", "65535"), "i32": ("INTEGER", "-1", "7"), "u32": ("UINTEGER", "0", "4294967295"),
    "i64": ("BIGINT", "-1", "9223372036854775807"), "u64": ("UBIGINT", "0", "18446744073709551615"),
    "f32": ("FLOAT", "'nan'", "'-0.0'"), "f64": ("DOUBLE", "'inf'", "0.1"), "b": ("BOOLEAN", "true", "false"),
    "d9": ("DECIMAL(9,2)", "1.10", "-9999999.99"), "d38": ("DECIMAL(38,10)", "1.5", "-9"), "s": ("VARCHAR", "''", "'a,\"b\"'"),
}  # fmt: skip
_TIMES = {
    "date": ("DATE", "'0001-01-01'", "'9999-12-31'"), "time": ("TIME", "'01:02:03.000004'", "'00:00:00'"),
    "ts": ("TIMESTAMP", "'0001-01-01'", "'9999-12-31 01:02:03.000004'"), "ts_s": ("TIMESTAMP_S", "'2026-01-02'", "'1900-01-01'"),
    "ts_ms": ("TIMESTAMP_MS", "'2026-01-02'", "'1900-01-01'"), "ts_ns": ("TIMESTAMP_NS", "'2026-01-02 00:00:00.123456789'", "'1900-01-01'"),
    "tz": ("TIMESTAMPTZ", "'2026-01-02 03:04:05+02'", "'1900-01-01 00:00:00+00'"),
}  # fmt: skip
_NESTED = {
    "blob": ("BLOB", r"'\x00\xFF'", "''"), "list": ("VARCHAR[]", "['a', NULL]", "[]"),
    "struct": ("STRUCT(a INTEGER, b DATE[])", "{'a': 1, 'b': NULL}", "{'a': NULL, 'b': ['2026-01-02']}"),
    "map": ("MAP(VARCHAR, INTEGER)", "MAP {'k': 1}", "MAP {}"), "enum": ("ENUM('x', 'y')", "'x'", "'y'"),
    "uuid": ("UUID", "'00000000-0000-0000-0000-000000000001'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
    "json": ("JSON", "'{\"a\": [1,  2]}'", "'null'"),
}  # fmt: skip
_ODD = {
    "INTERVAL": ("INTERVAL", "INTERVAL 1 MONTH", "INTERVAL 3 DAY"), "TIMETZ": ("TIMETZ", "'01:02:03+02'", "'00:00:00+00'"),
    "HUGEINT": ("HUGEINT", "1", "170141183460469231731687303715884105727"), "BIT": ("BIT", "'0101'", "'1'"),
    "VARIANT": ("VARIANT", "1", "'a'"), "ARRAY with a null": ("INTEGER[2]", "[1, 2]", "[3, NULL]"),
}  # fmt: skip


def version() -> str:
    """Its release."""
    return str(duckdb.__version__)


def _table(db: Any, what: Texts, columns: dict[str, tuple[str, str, str]], kind: str) -> None:
    more = "".join(f', "{name}" {kind}' for name, (kind, _, _) in columns.items())
    db.execute(f"CREATE TABLE t (id BIGINT, text {kind}{more})")
    for i, text in enumerate(what):
        values = "".join(f", CAST({(a, b, 'NULL')[i % 3]} AS {kind})" for kind, a, b in columns.values())
        db.execute(f"INSERT INTO t SELECT {i}, ?{values}", [text])


def _copy(
    name: str, file: str, how: str, columns: dict[str, tuple[str, str, str]], *, kind: str = "VARCHAR", read: str = "FROM ?",
    what: Texts = (), options: tuple[str, ...] = (), query: str = "t",
) -> Case:  # fmt: skip
    def write(path: Path, texts: Texts) -> None:
        with duckdb.connect() as db:
            _table(db, texts, columns, kind)
            db.execute(f"COPY {query} TO '{path}' ({how})")

    def given(path: Path) -> Facts:
        place = f"'{path}/**/*.parquet'" if path.is_dir() else f"'{path}'"
        with duckdb.connect() as db:
            db.execute("SET timezone = 'UTC'")
            found = db.execute(f"SELECT * {read.replace('?', place)} ORDER BY id")
            names = [d[0] for d in found.description]
            rows = found.fetchall()
            types = [str(d[1]) for d in found.description]
        facts = {**cells({n: [row[i] for row in rows] for i, n in enumerate(names)}), "types": types}
        if "parquet" in how:
            facts["file"] = of_folder(path) if path.is_dir() else of_file(path)
        return facts

    return Case(name, file, write, given, what, options)


def _parquet(name: str, how: str = "", columns: dict[str, tuple[str, str, str]] = _NESTED, **more: Any) -> Case:
    return _copy(f"Parquet: {name}", more.pop("file", "a.parquet"), f"FORMAT parquet{how}", columns, **more)


def _csv(name: str, how: str = "", read: str = "", file: str = "a.csv", **more: Any) -> Case:
    told = f"FROM read_csv(?, header = true, all_varchar = true{read})"
    return _copy(
        f"{file[2:5].upper()}: {name}", file, f"FORMAT csv, HEADER{how}", {**_NUMBERS, **_TIMES}, read=told, **more
    )


def _json(name: str, how: str = "", file: str = "a.jsonl") -> Case:
    columns = {**_NUMBERS, **_TIMES, **{k: v for k, v in _NESTED.items() if k != "blob"}}
    return _copy(f"JSON lines: {name}", file, f"FORMAT json{how}", columns, read="FROM read_json(?)")


def cases() -> list[Case]:
    """What DuckDB writes."""
    codecs = ("snappy", "zstd", "gzip", "brotli", "lz4", "lz4_raw", "uncompressed")
    return [
        *(_parquet(f"numbers and times, {c}", f", CODEC {c}", {**_NUMBERS, **_TIMES}) for c in codecs),
        _parquet("nested, ENUM, UUID, JSON"),
        _parquet("version 2", ", PARQUET_VERSION v2", {**_NUMBERS, **_TIMES}),
        _parquet("row groups of 2048", ", ROW_GROUP_SIZE 2048", _NUMBERS),
        _parquet("field ids, metadata", ", FIELD_IDS 'auto', KV_METADATA {source: 'crawl'}"),
        _parquet("text an ENUM", columns=_NUMBERS, kind="ENUM('', 'x', 'Advertisement')", what=("x", EMPTIED, None, "x")),
        _parquet("text a BLOB", columns={}, kind="VARCHAR", query="(SELECT id, encode(text) AS text FROM t)",
                 read="REPLACE (decode(text) AS text) FROM ?"),
        _parquet("partitioned folder", ", PARTITION_BY (part)", {}, file="folder", query="(SELECT *, id % 2 AS part FROM t)"),
        *(_parquet(name, columns={name: column}) for name, column in _ODD.items()),
        _csv("default"),
        _csv("all quoted", ", FORCE_QUOTE *"),
        _csv("escape backslash", ", ESCAPE '\\'", ", escape = '\\', quote = '\"'"),
        _csv("semicolon, single quotes", ", DELIMITER ';', QUOTE ''''", ", delim = ';', quote = ''''",
             options=("--delimiter", ";", "--quote", "'")),
        _csv("null as \\N", ", NULLSTR '\\N'", ", nullstr = '\\N'"),
        _csv("gzip", ", COMPRESSION gzip", file="a.csv.gz"),
        _csv("zstd", ", COMPRESSION zstd", file="a.csv.zst"),
        _csv("tabs", ", DELIMITER '\t'", ", delim = '\t', quote = '\"'", file="a.tsv"),
        _json("plain"),
        _json("gzip", ", COMPRESSION gzip", "a.json.gz"),
        _json("zstd", ", COMPRESSION zstd", "a.ndjson.zst"),
        _json("an array (no lines)", ", ARRAY true", "a.json"),
    ]  # fmt: skip
