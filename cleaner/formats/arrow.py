"""Texts in Arrow batches. Everything that reads Parquet or runs on an engine goes through here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner.distribution import installing
from cleaner.errors import ConfigError, InputError


def pyarrow() -> Any:
    """The package pyarrow. Raises InputError with the command that installs it."""
    try:
        import pyarrow
    except ImportError as e:
        raise InputError("Parquet", f"needs the package pyarrow: {installing('parquet')}") from e
    return pyarrow


def texts(batch: Any, column: str) -> list[str | None]:
    """The values of a text column of a batch or table.

    Raises:
        ConfigError: there is no such column, or there are several, or it holds no texts.
    """
    pa = pyarrow()
    if batch.schema.names.count(column) != 1:
        many = "several columns are called" if column in batch.schema.names else "no column"
        raise ConfigError(f"{many} {column!r}; it has: {', '.join(batch.schema.names[:12])}")
    field = batch.schema.field(column)
    if any(key.startswith(b"_PL_ENUM_VALUES") for key in field.metadata or ()):
        # polars reads any text that is not among the values it noted as null: the cleaned ones would be lost.
        raise ConfigError(f"column {column!r} is a polars Enum, which holds no new texts; cast it to String")
    kind = field.type
    if pa.types.is_null(kind):
        return [None] * batch.num_rows
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)):
        raise ConfigError(f"column {column!r} holds {kind}, not text")
    values: list[str | None] = batch.column(column).to_pylist()
    return values


def with_texts(batch: Any, column: str, values: Sequence[str | None]) -> Any:
    """The batch or table with the values of `column` replaced; its schema, metadata included, stays as it was."""
    pa = pyarrow()
    index = batch.schema.get_field_index(column)
    kind = batch.schema.field(index).type
    if pa.types.is_dictionary(kind):
        new = pa.array(values, kind.value_type).dictionary_encode().cast(kind)
    else:
        new = pa.array(values, kind)
    columns = batch.columns[:index] + [new] + batch.columns[index + 1 :]
    return type(batch).from_arrays(columns, schema=batch.schema)
