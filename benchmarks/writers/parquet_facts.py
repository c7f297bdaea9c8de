"""What stands in Parquet files besides their cells, by two readers that did not write them: pyarrow and DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.writers.case import Facts, shown


def of_file(path: Path, texts: tuple[str, ...] = ("text",)) -> Facts:
    """Schema, key-value metadata, row groups; of each column of each of them codec, encodings, indexes, order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        meta = pq.read_metadata(path)
    except pa.ArrowNotImplementedError:  # a type that it does not know, and the product refuses
        return _by_duckdb(path)
    groups = []
    for number in range(meta.num_row_groups):
        group = meta.row_group(number)
        columns = []
        for i in range(group.num_columns):
            c = group.column(i)
            columns.append(
                {
                    "column": c.path_in_schema,
                    "codec": c.compression,
                    # PLAIN_DICTIONARY is the old name of the same encoding; RLE and PLAIN come and go with levels.
                    "dictionary": any("DICTIONARY" in e for e in c.encodings),
                    "encodings": sorted({e for e in c.encodings if "DELTA" in e or "SPLIT" in e}),
                    "statistics": c.is_stats_set,
                    "page index": (c.has_offset_index, c.has_column_index),
                    "bloom": getattr(c, "bloom_filter_offset", None) is not None,
                }
            )
        groups.append({"rows": group.num_rows, "order": str(group.sorting_columns), "columns": columns})
    return {"groups": groups, **_by_duckdb(path)}


def of_folder(path: Path) -> Facts:
    """Facts of each file in a folder, by its name."""
    return {str(p.relative_to(path)): of_file(p) for p in sorted(path.rglob("*.parquet"))}


def _by_duckdb(path: Path) -> dict[str, Any]:
    import duckdb

    def ask(query: str) -> list[tuple[Any, ...]]:
        return duckdb.execute(query, [str(path)]).fetchall()

    # A DECIMAL may be stored in other widths, and plain integers with or without their annotation.
    schema = ask(
        "SELECT name, CASE WHEN converted_type = 'DECIMAL' THEN 'DECIMAL' ELSE type END, repetition_type, num_children,"
        " CASE WHEN converted_type IN ('INT_32', 'INT_64') THEN NULL ELSE converted_type END, scale, precision, field_id,"
        " CASE WHEN logical_type LIKE 'IntType(bitWidth=%, isSigned=1)%' AND converted_type IN ('INT_32', 'INT_64') THEN NULL"
        " ELSE logical_type END, duckdb_type FROM parquet_schema(?)"
    )
    pairs = ask("SELECT key, value FROM parquet_kv_metadata(?)")
    # The name of the root says nothing of any column.
    return {"schema": [shown(row) for row in schema[1:]], "metadata": sorted(map(shown, pairs))}
