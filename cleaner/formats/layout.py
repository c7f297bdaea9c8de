"""How a Parquet file is laid out, so that it can be written again in the same way; and what cannot be."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from cleaner.errors import InputError
from cleaner.formats.arrow import pyarrow

# Encodings that a writer can be asked for, of columns without a dictionary.
_ENCODINGS = {"DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "BYTE_STREAM_SPLIT"}
# Plain integers, which some writers annotate and others do not: the same to every reader.
_PLAIN = re.compile(r"Int\(bitWidth=(32|64), isSigned=true\)")
# How a type came to be written down is no part of the type.
_HISTORY = re.compile(r", is_from_converted_type=\w+|, force_set_converted_type=\w+")
# Where writers keep the Arrow schema in a file's metadata.
_SCHEMA = b"ARROW:schema"
# What pyarrow calls a codec that it cannot write.
_NO_CODEC = "UNKNOWN"
# Versions of the format.
_FIRST, _NEWEST = "1.0", "2.6"
# Annotations of groups that hold more than their columns say.
_VARIANT = re.compile(r"group field_id=\S+ (\S+) \(Variant")


def open_parquet(path: Any, int96: str | None = None) -> Any:
    """The file as pyarrow reads it. `int96`: the unit in which INT96 timestamps are read; None for nanoseconds."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, coerce_int96_timestamp_unit=int96)


def int96_columns(file: Any) -> list[int]:
    """The numbers of the columns that are INT96 timestamps, as Spark and Hive write them."""
    return [i for i in range(len(file.schema)) if file.schema.column(i).physical_type == "INT96"]


def options(file: Any, texts: Sequence[str]) -> dict[str, Any]:
    """The arguments with which `pyarrow.parquet.ParquetWriter` lays a file out as `file` is.

    Args:
        file: an open `ParquetFile`.
        texts: the columns whose values change: rows are no longer sorted by them.
    """
    meta = file.metadata
    found: dict[str, Any] = {
        "version": meta.format_version,
        "store_schema": _SCHEMA in (meta.metadata or {}),
        "use_deprecated_int96_timestamps": bool(int96_columns(file)),
    }
    # What only newer releases of pyarrow know is asked for only where the file has it.
    if any(c.logical_type.type == "DECIMAL" and c.physical_type.startswith("INT") for c in _leaves(file)):
        found["store_decimal_as_integer"] = True
    # Some writers call a file version 1 that has types of version 2, which pyarrow keeps apart.
    if found["version"] == _FIRST and _otherwise(file, found):
        found["version"] = _NEWEST
    if not meta.num_row_groups or not meta.num_columns:
        return found
    group = meta.row_group(0)
    chunks = [group.column(i) for i in range(meta.num_columns)]
    # Older writers call the element of a list otherwise than the format asks for. A writer asks for columns by the names
    # that it gives them itself.
    for found["use_compliant_nested_type"] in (False, True):
        names = [c.path for c in _leaves(_written(file, found))]
        if names == [c.path_in_schema for c in chunks]:
            break
    named = list(zip(names, chunks, strict=True))
    encodings = {n: e for n, c in named if not _has_dictionary(c) for e in c.encodings if e in _ENCODINGS}
    sorting = []
    for column in group.sorting_columns:
        if any(f"{chunks[column.column_index].path_in_schema}.".startswith(f"{text}.") for text in texts):
            break
        sorting.append(column)
    blooms = [n for n, c in named if getattr(c, "bloom_filter_offset", None) is not None]
    found |= {
        "compression": {n: c.compression.replace("UNCOMPRESSED", "NONE") for n, c in named},
        "use_dictionary": [n for n, c in named if _has_dictionary(c)] or False,
        "write_statistics": [n for n, c in named if c.is_stats_set] or False,
        "write_page_index": any(c.has_offset_index for c in chunks),
    }
    if encodings:
        found["column_encoding"] = encodings
    if sorting:
        found["sorting_columns"] = sorting
    if blooms:
        rows = max(meta.row_group(i).num_rows for i in range(meta.num_row_groups))
        found["bloom_filter_options"] = {name: {"ndv": max(1, rows)} for name in blooms}
    return found


def with_added(wanted: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """`wanted` (from `options`) for a file with further columns: packed as its first column is, with statistics."""
    if not names or "compression" not in wanted:
        return wanted
    codec = next(iter(wanted["compression"].values()))
    return {
        **wanted,
        "compression": wanted["compression"] | dict.fromkeys(names, codec),
        "write_statistics": [*(wanted["write_statistics"] or ()), *names],
    }


def check(path: Any, file: Any, wanted: dict[str, Any]) -> None:
    """Refuse what would come out as another type, or not at all.

    Args:
        path: the file's name, for the message.
        file: an open `ParquetFile`.
        wanted: what `options` gave for it.

    Raises:
        InputError: a column, by name, that pyarrow would write as another type, or metadata that it cannot write.
    """
    import pyarrow.parquet as pq

    if codec := next((name for name, codec in wanted.get("compression", {}).items() if codec == _NO_CODEC), ""):
        raise InputError(
            str(path), f"column {codec!r} is packed in a way that pyarrow does not write (LZ4 of Hadoop's?)"
        )
    apart = pairs_apart(file, wanted)
    if apart and not hasattr(pq.ParquetWriter, "add_key_value_metadata"):
        names = ", ".join(name.decode(errors="replace") for name in apart)
        raise InputError(
            str(path), f"has metadata ({names}) that this release of pyarrow cannot write; take a newer one"
        )
    if name := _forgotten_view(file):
        raise InputError(
            str(path),
            f"column {name!r} is read as a view, which this release of pyarrow would not write down; take a newer one",
        )
    if category := shared_category(file.metadata):
        raise InputError(
            str(path),
            f"column {category!r} is a category of fastparquet's, which reads its numbers alike in all row groups",
        )
    variant = _VARIANT.search(str(file.schema))
    if variant:
        raise InputError(str(path), f"column {variant[1]!r} is a VARIANT, which pyarrow cannot write back")
    if pair := _otherwise(file, wanted):
        old, new = pair
        raise InputError(
            str(path), f"column {old.path!r} is {_called(old)}, which pyarrow would write back as {_called(new)}"
        )
    # Hive's lists, and those of Spark's legacy format. (A file without row groups has nothing to write back.)
    pairs = zip(_leaves(file), _leaves(_written(file, wanted)), strict=True) if file.metadata.num_row_groups else ()
    for old, new in pairs:
        if old.path != new.path:
            raise InputError(str(path), f"column {old.path!r} would be called {new.path!r} as pyarrow writes it back")


def _forgotten_view(file: Any) -> str:
    """The first column that the file's Arrow schema has as a view, or with one in it, and older releases of pyarrow read as another type."""
    import pyarrow.ipc as ipc

    pa = pyarrow()
    stored = (file.metadata.metadata or {}).get(_SCHEMA)
    if not stored:
        return ""
    try:
        schema = ipc.read_schema(pa.py_buffer(base64.b64decode(stored)))
    except (ValueError, pa.ArrowException):  # pyarrow passed it over, too
        return ""
    pairs = zip(schema, file.schema_arrow, strict=False)
    return next((a.name for a, b in pairs if str(a.type).count("_view") != str(b.type).count("_view")), "")


def shared_category(meta: Any) -> str:
    """The first column, of a file of fastparquet's with such `meta`data, whose values are read by one dictionary.

    Its reader takes the dictionary of the first row group (in a folder, of the first file) for that of all; pyarrow
    writes each by what stands in it. Empty if there is none, or if that reader would not understand the file's metadata.
    """
    if not (meta.created_by or "").startswith("fastparquet"):
        return ""
    try:
        told = json.loads((meta.metadata or {}).get(b"pandas", b"{}"))
    except (ValueError, RecursionError):
        return ""
    columns = told.get("columns") if isinstance(told, dict) else None
    for column in columns if isinstance(columns, list) else ():
        if isinstance(column, dict) and column.get("pandas_type") == "categorical":
            return str(column.get("name"))
    return ""


def pairs_apart(file: Any, wanted: dict[str, Any]) -> dict[bytes, bytes]:
    """The file's metadata that pyarrow would not write by itself: what its Arrow schema does not hold, or is not stored."""
    held = _written(file, wanted).metadata.metadata or {}
    found = file.metadata.metadata or {}
    return {name: value for name, value in found.items() if name not in held and name != _SCHEMA}


def _otherwise(file: Any, wanted: dict[str, Any]) -> tuple[Any, Any] | None:
    """The first column that pyarrow would write as another type, as it is and as it would be."""
    pairs = zip(_leaves(file), _leaves(_written(file, wanted)), strict=True)
    return next(((old, new) for old, new in pairs if _kind(old) != _kind(new)), None)


def _written(file: Any, wanted: dict[str, Any]) -> Any:
    """A file of the same columns without rows, as pyarrow writes and reads it."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    with pq.ParquetWriter(sink, file.schema_arrow, **wanted):
        pass
    return pq.ParquetFile(io.BytesIO(sink.getvalue()))


def int96_unit(path: Any) -> str | None:
    """The unit in which the INT96 timestamps of the file at `path` are read without loss; None if it has none.

    Nanoseconds in 64 bits reach from 1677 to 2262 only, and years beyond wrap without a word; microseconds reach every
    date, but lose the last three digits.

    Raises:
        InputError: a column has both finer times and dates out of that reach.
    """
    columns = int96_columns(open_parquet(path))
    if not columns:
        return None
    fine = open_parquet(path)
    wide = open_parquet(path, "us")
    roots = sorted({fine.schema.column(i).path.partition(".")[0] for i in columns})
    exact = {"ns": True, "us": True}
    for narrow, broad in zip(
        fine.iter_batches(columns=roots), wide.iter_batches(columns=roots), strict=True
    ):  # the same rows read twice
        for a, b in zip(narrow.columns, broad.columns, strict=True):
            for x, y in zip(_times(a), _times(b), strict=True):
                exact["ns"] &= abs(x - 1000 * y) < 1000  # else it wrapped
                exact["us"] &= (x - 1000 * y) % 2**64 == 0  # wrapped or not, no digit is lost
    for unit in ("us", "ns"):
        if exact[unit]:
            return unit
    raise InputError(str(path), f"column {roots[0]!r} has INT96 times that pyarrow reads wrong in any unit")


def _times(column: Any) -> list[int]:
    """The timestamps of a column, or in it, as whole numbers of its unit."""
    pa = pyarrow()
    kind = column.type
    if pa.types.is_timestamp(kind):
        return [v for v in column.cast(pa.int64()).to_pylist() if v is not None]
    if pa.types.is_struct(kind):
        return [t for part in column.flatten() for t in _times(part)]
    if pa.types.is_map(kind):
        return [*_times(column.keys), *_times(column.items)]
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _times(column.flatten())
    return []


def _leaves(file: Any) -> list[Any]:
    return [file.schema.column(i) for i in range(len(file.schema))]


def _has_dictionary(chunk: Any) -> bool:
    return any("DICTIONARY" in e for e in chunk.encodings)


def _kind(column: Any) -> tuple[str, ...]:
    logical = _PLAIN.sub("None", _HISTORY.sub("", str(column.logical_type)))
    if column.logical_type.type == "DECIMAL":
        return (logical,)  # the same number in more or fewer bytes
    interval = column.converted_type if column.converted_type == "INTERVAL" else ""
    return (column.physical_type, logical, interval)


def _called(column: Any) -> str:
    logical = _HISTORY.sub("", str(column.logical_type))
    if column.converted_type == "INTERVAL":
        return "INTERVAL"
    return str(column.physical_type) if logical == "None" else logical
