"""What stands in Parquet files besides their cells, by two readers that did not write them: pyarrow and DuckDB."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from benchmarks.writers.case import Facts, shown

# Whether a type was told in the old way, in the new one or in both; plain integers, which some annotate and others do not.
_HISTORY = re.compile(r", is_from_converted_type=\w+|, force_set_converted_type=\w+")
_PLAIN = re.compile(r"Int\(bitWidth=(32|64), isSigned=true\)|None")


def of_file(path: Path) -> Facts:
    """Schema, key-value metadata, row groups; of each column of each of them codec, encodings, indexes, order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowNotImplementedError:  # a type that it does not know, and the product refuses
        return _by_duckdb(path)
    meta = file.metadata
    types = [(c.path, _HISTORY.sub("", str(c.logical_type))) for c in map(file.schema.column, range(len(file.schema)))]
    arrow = file.schema_arrow.to_string(show_field_metadata=True, show_schema_metadata=False)
    groups = []
    for number in range(meta.num_row_groups):
        group = meta.row_group(number)
        columns = []
        for i in range(group.num_columns):
            c = group.column(i)
            # Of a column of type null statistics say nothing (pyarrow calls the type so only in full), and for INT96 the format
            # knows none.
            void = str(file.schema.column(i).logical_type) == "Null" or c.physical_type == "INT96"
            columns.append(
                {
                    "column": c.path_in_schema,
                    "codec": c.compression,
                    # PLAIN_DICTIONARY is the old name of the same encoding; RLE and PLAIN come and go with levels.
                    "dictionary": any("DICTIONARY" in e for e in c.encodings),
                    "encodings": sorted({e for e in c.encodings if "DELTA" in e or "SPLIT" in e}),
                    "statistics": void or c.is_stats_set,
                    "page index": (c.has_offset_index, void or c.has_column_index or _holds_nan(file, number, i)),
                    "bloom": getattr(c, "bloom_filter_offset", None) is not None,
                }
            )
        groups.append({"rows": group.num_rows, "order": str(group.sorting_columns), "columns": columns})
    return {
        "groups": groups,
        "arrow": arrow,
        "types": [t for t in types if not _PLAIN.fullmatch(t[1])],
        **_by_duckdb(path),
    }


def _holds_nan(file: Any, group: int, column: int) -> bool:
    """Whether a column of floating numbers holds NaN: Spark then writes no column index, and pyarrow does."""
    import pyarrow.compute as pc

    told = file.metadata.row_group(group).column(column)
    if told.physical_type not in ("FLOAT", "DOUBLE") or "." in told.path_in_schema:
        return False
    values = file.read_row_group(group, columns=[told.path_in_schema]).column(0)
    return bool(pc.any(pc.is_nan(values)).as_py())


def of_folder(path: Path) -> Facts:
    """Facts of each file in a folder, by its name."""
    return {str(p.relative_to(path)): of_file(p) for p in sorted(path.rglob("*.parquet"))}


def _by_duckdb(path: Path) -> dict[str, Any]:
    import duckdb

    def ask(query: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = duckdb.execute(query, [str(path)]).fetchall()
        return found

    # A DECIMAL may be stored in other widths. What a leaf means is told by the type that each reader takes it for.
    schema = ask(
        "SELECT name, CASE WHEN converted_type = 'DECIMAL' THEN 'DECIMAL' ELSE type END, repetition_type, num_children, scale,"
        " precision, field_id, duckdb_type, CASE WHEN num_children IS NOT NULL THEN converted_type END,"
        " CASE WHEN logical_type ILIKE '%variant%' THEN logical_type END FROM parquet_schema(?)"
    )
    pairs = ask("SELECT key, value FROM parquet_kv_metadata(?)")
    # The schema that Arrow's writers keep there has many spellings; what is read of it is among the types.
    pairs = [(key, b"" if key == b"ARROW:schema" else value) for key, value in pairs]
    # The name of the root says nothing of any column.
    return {"schema": [shown(row) for row in schema[1:]], "metadata": sorted(map(shown, pairs))}
