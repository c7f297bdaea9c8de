"""Texts in Arrow batches, in columns or within them. What reads Parquet or runs on an engine goes through here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.distribution import installing
from cleaner.errors import ConfigError, InputError

# A value of a text column; bytes are such as are no UTF-8, in a column of bytes, and stay as they are.
Value = str | bytes | None
# The row of a text, and where in it, if one can hold several: `[2]` is the third of a list.
Place = tuple[int, str]
_LIST = "[]"


def pyarrow() -> Any:
    """The package pyarrow. Raises InputError with the command that installs it."""
    try:
        import pyarrow
    except ImportError as e:
        raise InputError("Parquet", f"needs the package pyarrow: {installing('parquet')}") from e
    return pyarrow


class TextColumn:
    """A column of texts: strings of any make, bytes that are UTF-8, a dictionary of either, or null; or such a column
    within a struct, in lists, or in structs in lists.

    Args:
        schema: of the batches.
        name: the column's; `a.b` is `b` in the struct `a`, if no column is called so. Lists need no name of their own.

    Attributes:
        index: the number of the column, or of the one that holds it.
        dictionary: its texts are the values of a dictionary.

    Raises:
        ConfigError: there is no such column, or there are several, or it holds no texts.
    """

    def __init__(self, schema: Any, name: str) -> None:
        column, *rest = (name,) if name in schema.names or "." not in name else name.split(".")
        if schema.names.count(column) != 1:
            many = "several columns are called" if column in schema.names else "no column"
            raise ConfigError(f"{many} {column!r}; it has: {', '.join(schema.names[:12])}")
        self.index = schema.get_field_index(column)
        # Numbers of fields of structs, and lists.
        self._steps: list[int | str] = []
        kind = _check(self._steps, schema.field(self.index), rest, name)
        self.dictionary: bool = pyarrow().types.is_dictionary(kind)

    @property
    def several(self) -> bool:
        """Whether a row can hold several texts."""
        return _LIST in self._steps

    def read(self, batch: Any) -> list[tuple[Place, Value]]:
        """The texts of a batch or table, in order, each with its place."""
        out: list[tuple[Place, Value]] = []
        row = 0
        for array in _arrays(batch.column(self.index)):
            places = [(row + i, "") for i in range(len(array))]
            out += _read(array, self._steps, places)
            row += len(array)
        return out

    def replaced(self, batch: Any, values: Sequence[Value]) -> Any:
        """The batch or table with other texts, as many as `read` gives; its schema, metadata included, stays."""
        pa = pyarrow()
        left = iter(values)
        arrays = [_rebuilt(array, self._steps, left) for array in _arrays(batch.column(self.index))]
        column = batch.column(self.index)
        new = pa.chunked_array(arrays, column.type) if isinstance(column, pa.ChunkedArray) else arrays[0]
        columns = [*batch.columns[: self.index], new, *batch.columns[self.index + 1 :]]
        return type(batch).from_arrays(columns, schema=batch.schema)


def _arrays(column: Any) -> list[Any]:
    return column.chunks if isinstance(column, pyarrow().ChunkedArray) else [column]


def _check(steps: list[int | str], field: Any, names: Sequence[str], called: str) -> Any:
    """Add to `steps` the way from `field` to the texts; their type. Raises ConfigError if there are none."""
    types = pyarrow().types
    kind = field.type
    if types.is_list(kind) or types.is_large_list(kind):
        steps.append(_LIST)
        return _check(steps, kind.value_field, names, called)
    if types.is_struct(kind) and names:
        has = [kind.field(i).name for i in range(kind.num_fields)]
        if has.count(names[0]) != 1:
            raise ConfigError(f"no column {called!r}; {field.name!r} has: {', '.join(has[:12])}")
        steps.append(has.index(names[0]))
        return _check(steps, kind.field(has.index(names[0])), names[1:], called)
    if any(key.startswith(b"_PL_ENUM_VALUES") for key in field.metadata or ()):
        # polars reads any text that is not among the values it noted as null: the cleaned ones would be lost.
        raise ConfigError(f"column {called!r} is a polars Enum, which holds no new texts; cast it to String")
    if names or not (types.is_null(kind) or _is_text(kind) or _is_bytes(kind)):
        hint = f"; say --text-field {called}.NAME" if types.is_struct(kind) else ""
        raise ConfigError(f"column {called!r} holds {kind}, not text{hint}")
    return kind


def _is_text(kind: Any) -> bool:
    types = pyarrow().types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_bytes(kind: Any) -> bool:
    types = pyarrow().types
    kind = kind.value_type if types.is_dictionary(kind) else kind
    return bool(types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind))


def _read(array: Any, steps: Sequence[int | str], places: Sequence[Place]) -> Iterator[tuple[Place, Value]]:
    if not steps:
        return zip(places, _values(array), strict=True)
    if steps[0] == _LIST:
        inner = [
            (row, f"{at}[{i}]")
            for (row, at), size in zip(places, array.value_lengths().to_pylist(), strict=True)
            for i in range(size or 0)
        ]
        return _read(array.flatten(), steps[1:], inner)
    # (Of `flatten`, a field is null where its struct is.)
    return _read(array.flatten()[steps[0]], steps[1:], places)


def _rebuilt(array: Any, steps: Sequence[int | str], values: Iterator[Value]) -> Any:
    """The array with the next of `values` for texts."""
    pa = pyarrow()
    if not steps:
        return _leaf(array.type, [next(values) for _ in range(len(array))])
    if steps[0] == _LIST:
        inner = _rebuilt(array.flatten(), steps[1:], values)
        offsets = [0]
        for size in array.value_lengths().to_pylist():
            offsets.append(offsets[-1] + (size or 0))
        large = pa.types.is_large_list(array.type)
        make = pa.LargeListArray if large else pa.ListArray
        at = pa.array(offsets, pa.int64() if large else pa.int32())
        return make.from_arrays(at, inner, type=array.type, mask=array.is_null() if array.null_count else None)
    fields = [array.type.field(i) for i in range(array.type.num_fields)]
    parts = [array.field(i) for i in range(array.type.num_fields)]
    parts[int(steps[0])] = _rebuilt(array.flatten()[steps[0]], steps[1:], values)
    return pa.StructArray.from_arrays(parts, fields=fields, mask=array.is_null() if array.null_count else None)


def _leaf(kind: Any, values: Sequence[Value]) -> Any:
    pa = pyarrow()
    if pa.types.is_null(kind):
        return pa.nulls(len(values))
    if _is_bytes(kind) or any(isinstance(value, bytes) for value in values):
        values = [value.encode() if isinstance(value, str) else value for value in values]
    if _is_text(kind) and any(isinstance(value, bytes) for value in values):
        return pa.array(values, pa.large_binary()).cast(kind, safe=False)
    if pa.types.is_dictionary(kind):
        return pa.array(values, kind.value_type).dictionary_encode().cast(kind)
    return pa.array(values, kind)


def _values(array: Any) -> list[Value]:
    pa = pyarrow()
    if not _is_bytes(array.type):
        try:
            texts: list[Value] = array.to_pylist()
        except UnicodeDecodeError:  # a writer that did not look at what it was given
            array = array.cast(pa.large_string(), safe=False).cast(pa.large_binary())
        else:
            return texts
    return [_decoded(value) for value in array.to_pylist()]


def _decoded(value: bytes | None) -> Value:
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return value
