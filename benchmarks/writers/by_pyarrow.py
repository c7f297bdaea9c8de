"""pyarrow: Parquet in every layout that it offers, Arrow files and streams, CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet as pq

from benchmarks.writers.case import EMPTIED, Case, Facts, Texts, cells
from benchmarks.writers.parquet_facts import of_file, of_folder

WRITER = "pyarrow"
_DAY = dt.datetime(2026, 1, 2, 3, 4, 5)
_PLAIN: dict[str, tuple[Any, list[Any]]] = {
    **{str(t): (t, [0, None, 100]) for t in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())},
    "float": (pa.float32(), [0.5, None, float("nan")]), "double": (pa.float64(), [float("inf"), None, -0.0]),
    "half": (pa.float16(), [0.5, None]), "bool": (pa.bool_(), [True, None, False]), "string": (pa.string(), ["", None, 'a,"b"']),
    "date32": (pa.date32(), [dt.date(1, 1, 1), None]), "time32": (pa.time32("ms"), [dt.time(1), None]), "time64": (pa.time64("ns"), [dt.time(1, 2, 3, 4), None]),
    "ms": (pa.timestamp("ms"), [_DAY, None]), "us": (pa.timestamp("us", "Europe/Oslo"), [_DAY, None]), "ns": (pa.timestamp("ns", "UTC"), [_DAY, None]),
    "decimal": (pa.decimal128(30, 3), [Decimal("1.100"), None]), "decimal256": (pa.decimal256(60, 3), [Decimal("1.100"), None]),
}  # fmt: skip
_NESTED: dict[str, tuple[Any, list[Any]]] = {
    "s": (pa.timestamp("s"), [_DAY, None]), "date64": (pa.date64(), [dt.date(2026, 1, 2), None]),
    "binary": (pa.binary(), [b"\0\xff", None, b""]), "fixed": (pa.binary(2), [b"ab", None]), "large_binary": (pa.large_binary(), [b"a", None]),
    "large": (pa.large_string(), ["a", None]), "view": (pa.string_view(), ["a", None]), "null": (pa.null(), [None]),
    "duration": (pa.duration("ms"), [dt.timedelta(days=1), None]), "dictionary": (pa.dictionary(pa.int8(), pa.string()), ["a", None, "b"]),
    "list": (pa.list_(pa.string()), [["a", None], None, []]), "large_list": (pa.large_list(pa.int8()), [[1], None, []]),
    "fixed_list": (pa.list_(pa.int8(), 2), [[1, 2], None]),
    "struct": (pa.struct({"a": pa.int8(), "b": pa.list_(pa.date32())}), [{"a": 1, "b": None}, None]),
    "map": (pa.map_(pa.string(), pa.int32()), [[("k", 1)], None, []]),
}  # fmt: skip
_EXTENSIONS: dict[str, tuple[Any, list[Any]]] = {
    "uuid": (pa.uuid(), [b"0123456789abcdef", None]), "json": (pa.json_(), ['{"a":  1}', None]), "bool8": (pa.bool8(), [1, None]),
    "tensor": (pa.fixed_shape_tensor(pa.int8(), [2]), [[1, 2], None]), "opaque": (pa.opaque(pa.string(), "geo", "db"), ["a", None]),
}  # fmt: skip


def version() -> str:
    """Its release."""
    return str(pa.__version__)


def _column(kind: Any, values: list[Any], n: int) -> Any:
    held = [values[i % len(values)] for i in range(n)]
    if isinstance(kind, pa.BaseExtensionType):
        return pa.ExtensionArray.from_storage(kind, pa.array(held, kind.storage_type))
    return pa.array(held, kind)


def _table(what: Texts, columns: dict[str, tuple[Any, list[Any]]], kind: Any) -> Any:
    text = pa.array(what, pa.string())
    text = pa.array([t and t.encode() for t in what], kind) if pa.types.is_binary(kind) else text.cast(kind)
    fields = [pa.field("id", pa.int64(), nullable=False, metadata={"PARQUET:field_id": "7"}),
              pa.field("text", kind, metadata={"about": "the body"})]  # fmt: skip
    arrays = [pa.array(range(len(what)), pa.int64()), text]
    for name, (each, values) in columns.items():
        fields.append(pa.field(name, each))
        arrays.append(_column(each, values, len(what)))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata={"source": "crawl"}))


def _read(table: Any, text: Callable[[Any], Any] = lambda t: t) -> Facts:
    held = {n: table.column(n).to_pylist() for n in table.schema.names}
    held["text"] = [text(t.decode() if isinstance(t, bytes) else t) for t in held["text"]]
    return {**cells(held), "types": table.schema.to_string(show_field_metadata=True, show_schema_metadata=True)}


def _parquet(name: str, columns: dict[str, tuple[Any, list[Any]]] = _NESTED, kind: Any = None, **how: Any) -> Case:
    def write(path: Path, what: Texts) -> None:
        pq.write_table(_table(what, columns, kind or pa.string()), path, **how)

    return Case(f"Parquet: {name}", "a.parquet", write, lambda p: {**_read(pq.read_table(p)), "file": of_file(p)})


def _folder(path: Path, what: Texts) -> None:
    table = _table(what, _PLAIN, pa.string())
    table = table.append_column("part", pa.array([i % 2 for i in range(len(what))]))
    pq.write_to_dataset(table, path, partition_cols=["part"])


def _nested_text(path: Path, what: Texts) -> None:
    table = _table(what, _PLAIN, pa.string())
    doc = pa.StructArray.from_arrays(
        [table.column("text").combine_chunks(), table.column("id").combine_chunks()], ["text", "n"]
    )
    lists = pa.array([[t, "Body."] for t in what])
    pq.write_table(pa.table({"doc": doc, "all": lists, "id": table.column("id")}), path)


def _read_nested(path: Path) -> Facts:
    table = pq.read_table(path)
    docs, lists = table.column("doc").to_pylist(), table.column("all").to_pylist()
    held = {
        "text": [d["text"] for d in docs] + [t for row in lists for t in row],
        "n": [d["n"] for d in docs],
        "id": table.column("id").to_pylist(),
    }
    return {**cells(held), "types": str(table.schema), "file": of_file(path)}


def _ipc(
    name: str,
    columns: dict[str, tuple[Any, list[Any]]] = _NESTED,
    kind: Any = None,
    *,
    stream: bool = False,
    suffix: str = "arrow",
    **how: Any,
) -> Case:
    def write(path: Path, what: Texts) -> None:
        table = _table(what, columns, kind or pa.string())
        options = pa.ipc.IpcWriteOptions(**how)
        with (pa.ipc.new_stream if stream else pa.ipc.new_file)(path, table.schema, options=options) as writer:
            for batch in table.to_batches(max_chunksize=3):
                writer.write_batch(batch, custom_metadata={"at": str(batch.num_rows)})

    def read(path: Path) -> Facts:
        with path.open("rb") as raw:
            reader = pa.ipc.open_stream(raw) if stream else pa.ipc.open_file(raw)
            if stream:
                batches = list(reader.iter_batches_with_custom_metadata())
            else:
                batches = [reader.get_batch_with_custom_metadata(i) for i in range(reader.num_record_batches)]
        table = pa.Table.from_batches([b for b, _ in batches])
        # Packed, a batch of so few rows is none the smaller: that it is packed stands in its bytes alone.
        return {**_read(table), "batches": [(b.num_rows, str(m and m.to_dict())) for b, m in batches]}

    return Case(f"Arrow: {name}", f"a.{suffix}", write, read)


def _csv(name: str, file: str = "a.csv", options: tuple[str, ...] = (), what: Texts = (), **how: Any) -> Case:
    delimiter = how.get("delimiter", ",")

    def write(path: Path, texts: Texts) -> None:
        plain = {k: v for k, v in _PLAIN.items() if k not in ("half", "string", "decimal256")}
        pa.csv.write_csv(_table(texts, plain, pa.string()), path, pa.csv.WriteOptions(**how))

    def read(path: Path) -> Facts:
        parse = pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
        names = pa.csv.read_csv(path, parse_options=parse).schema.names
        convert = pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, quoted_strings_can_be_null=False
        )
        return _read(pa.csv.read_csv(path, parse_options=parse, convert_options=convert))

    return Case(f"{file[2:].upper()}: {name}", file, write, read, what, options)


def cases() -> list[Case]:
    """What pyarrow writes."""
    codecs = ("snappy", "zstd", "gzip", "brotli", "lz4", "none")
    kinds = {"large_string": pa.large_string(), "string_view": pa.string_view(), "a dictionary": pa.dictionary(pa.int32(), pa.string()),
             "binary": pa.binary()}  # fmt: skip
    mixed = dict.fromkeys([*_PLAIN, "id"], "snappy") | {"text": "zstd", "string": "none", "double": "gzip"}
    layout = {
        "use_dictionary": ["string"],
        "column_encoding": {"int64": "DELTA_BINARY_PACKED", "double": "BYTE_STREAM_SPLIT", "text": "DELTA_BYTE_ARRAY"},
    }
    blooms = {"bloom_filter_options": {"id": {"ndv": 10}, "string": {"ndv": 10}}}
    return [
        *(_parquet(f"numbers and times, {c}", _PLAIN, compression=c) for c in codecs),
        *(_parquet(f"numbers and times, version {v}", {k: c for k, c in _PLAIN.items() if k != "half"}, version=v) for v in ("1.0", "2.4", "2.6")),
        _parquet("nested, dictionaries, null"),
        _parquet("extension types", _EXTENSIONS),
        _parquet("a codec a column", _PLAIN, compression=mixed),
        _parquet("encodings", _PLAIN, **layout),
        _parquet("page index, checksums, pages of version 2", write_page_index=True, write_page_checksum=True, data_page_version="2.0"),
        _parquet("bloom filters", _PLAIN, **blooms),
        _parquet("sorting columns", _PLAIN, sorting_columns=[pq.SortingColumn(0)]),
        _parquet("row groups of 2, no statistics", _PLAIN, row_group_size=2, write_statistics=False),
        _parquet("no Arrow schema", store_schema=False),
        _parquet("INT96 (flavor spark)", {k: c for k, c in _PLAIN.items() if k != "half"}, flavor="spark"),
        _parquet("decimals as integers", _PLAIN, store_decimal_as_integer=True),
        _parquet("old names of lists", use_compliant_nested_type=False),
        *(_parquet(f"text {name}", _PLAIN, kind) for name, kind in kinds.items()),
        Case("Parquet: texts in a struct and in a list", "a.parquet", _nested_text, _read_nested,
             options=("--text-field", "doc.text", "--text-field", "all")),
        Case("Parquet: partitioned folder", "folder", _folder,
             lambda p: {**_read(pq.read_table(p).sort_by("id")), "file": of_folder(p)}),
        *(_ipc(f"file, {c}", compression=c) for c in (None, "lz4", "zstd")),
        _ipc("file, extension types", _EXTENSIONS),
        _ipc("file, numbers and times", _PLAIN),
        *(_ipc(f"file, text {name}", _PLAIN, kind) for name, kind in kinds.items()),
        *(_ipc(f"stream, {c}", stream=True, suffix="arrows", compression=c) for c in (None, "zstd")),
        _ipc("stream, text a dictionary with deltas", _PLAIN, kinds["a dictionary"], stream=True, suffix="arrows", emit_dictionary_deltas=True),
        *(_feather(c) for c in ("uncompressed", "lz4", "zstd")),
        _csv("quotes needed"),
        _csv("quotes all_valid", quoting_style="all_valid"),
        _csv("quotes none", quoting_style="none", what=("He said so.", "", EMPTIED, "Body")),
        _csv("semicolon", delimiter=";", options=("--delimiter", ";")),
        _csv("tabs", "a.tsv", delimiter="\t"),
    ]  # fmt: skip


def _feather(codec: str) -> Case:
    def write(path: Path, what: Texts) -> None:
        pa.feather.write_feather(_table(what, _PLAIN, pa.string()), path, compression=codec, chunksize=4)

    return Case(f"Arrow: Feather, {codec}", "a.feather", write, lambda p: _read(pa.feather.read_table(p)))
