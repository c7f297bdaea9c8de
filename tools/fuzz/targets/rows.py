"""Parquet and Arrow: tables of any make, with any texts; only the column of texts changes. pyarrow writes what is read."""

from __future__ import annotations

import io
from typing import Any

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from cleaner.formats import Fields, Kind, Shape
from tools.fuzz.draw import Draw, text_of
from tools.fuzz.files import fewer, same_and_changed

_TEXTS = (
    pa.string(), pa.large_string(), pa.binary(), pa.dictionary(pa.int32(), pa.string()), pa.list_(pa.string()),
    pa.struct([("b", pa.string())]), pa.string_view(),
)  # fmt: skip
_OTHERS = (pa.int64(), pa.string(), pa.list_(pa.int8()), pa.binary(), pa.bool_())


def check(data: bytes) -> None:
    """Make a table of choices, write it, read and write it again."""
    draw = Draw(data)
    kind, other = draw.one(_TEXTS), draw.one(_OTHERS)
    nested = pa.types.is_struct(kind)
    fields = Fields("a.b" if nested else "a")
    columns: tuple[list[Any], list[Any]] = ([], [])
    arrow, size = draw.number(4), 1 + draw.number(5)
    while draw.left and len(columns[0]) < 40:
        none, line = draw.number(9) == 0, draw.line()
        columns[0].append(None if none else _value(kind, line))
        columns[1].append(None if none else _value(other, line))
    schema = pa.schema([("n", other), ("a", kind)], metadata={"k": "v"} if size % 2 else None)
    table = pa.table({"n": pa.array(columns[1], other), "a": _array(columns[0], kind)}, schema)
    try:
        given = _written(table, arrow, size)
    except pa.ArrowNotImplementedError:
        return
    shape = Shape(Kind.ARROW if arrow else Kind.PARQUET)
    both = same_and_changed(given, shape, fields)
    if both is None:  # said no, in one line
        return
    was, now = _read(given, arrow), _read(both[1][0], arrow)
    assert now.schema.equals(was.schema, check_metadata=True)
    assert now["n"].equals(was["n"])
    assert [_changed(v) for v in was["a"].to_pylist()] == now["a"].to_pylist()


def _value(kind: Any, line: bytes) -> Any:
    if pa.types.is_list(kind):
        return [_value(kind.value_type, part) for part in line.split(b" ")]
    if pa.types.is_struct(kind):
        return {"b": _value(kind.field(0).type, line)}
    if pa.types.is_integer(kind):
        return sum(line) % 100
    if pa.types.is_boolean(kind):
        return bool(sum(line) % 2)
    if pa.types.is_binary(kind):
        return line
    return text_of(line).encode("utf-8", "replace").decode().replace(" ", "\n")


def _array(values: list[Any], kind: Any) -> Any:
    if pa.types.is_dictionary(kind):
        return pa.array(values, kind.value_type).dictionary_encode()
    return pa.array(values, kind)


def _written(table: Any, arrow: int, size: int) -> bytes:
    sink = io.BytesIO()
    if not arrow:
        pq.write_table(table, sink, row_group_size=size)
        return sink.getvalue()
    options = ipc.IpcWriteOptions(compression=(None, "lz4", "zstd")[size % 3])
    make = ipc.new_file if arrow == 1 else ipc.new_stream
    with make(sink, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=size)
    return sink.getvalue()


def _read(data: bytes, arrow: int) -> Any:
    if not arrow:
        return pq.read_table(io.BytesIO(data))
    return (ipc.open_file if arrow == 1 else ipc.open_stream)(data).read_all()


def _changed(value: Any) -> Any:
    if isinstance(value, list):
        return [_changed(v) for v in value]
    if isinstance(value, dict):
        return {k: _changed(v) for k, v in value.items()}
    if isinstance(value, bytes):
        try:
            return fewer(value.decode()).encode()
        except UnicodeDecodeError:
            return value
    return value if value is None else fewer(value)
