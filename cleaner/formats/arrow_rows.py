"""Rows of Arrow batches that lose a row, or gain a column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.errors import ConfigError
from cleaner.formats.arrow import pyarrow
from cleaner.output.losses import Losses


def added_fields(losses: Losses) -> list[Any]:
    """The Arrow fields of the columns that `losses` adds."""
    pa = pyarrow()
    kinds = ((losses.share, pa.float64()), (losses.flag, pa.bool_()))
    return [pa.field(name, kind) for name, kind in kinds if name is not None]


def with_fields(schema: Any, fields: Iterable[Any]) -> Any:
    """The schema with further fields. Raises ConfigError if there is one of that name."""
    for field in fields:
        if field.name in schema.names:
            raise ConfigError(f"there is a column {field.name!r} already; choose another name")
        schema = schema.append(field)
    return schema


def with_columns(part: Any, fields: Mapping[Any, Sequence[Any]]) -> Any:
    """The batch or table with further columns: for each Arrow field its values."""
    pa = pyarrow()
    schema = with_fields(part.schema, fields)
    columns = [pa.array(values, field.type) for field, values in fields.items()]
    return type(part).from_arrays([*part.columns, *columns], schema=schema)


def with_losses(part: Any, shares: Sequence[float | None], losses: Losses) -> Any:
    """The batch or table with the columns that `losses` adds, without the rows that it drops.

    Args:
        part: the batch or table.
        shares: for each row, which share of its words went; None: none of its texts could be cleaned.
        losses: what is asked for.
    """
    rows = [losses.added(share) for share in shares]
    part = with_columns(part, {field: [row[field.name] for row in rows] for field in added_fields(losses)})
    return without(part, [losses.drops(share) for share in shares])


def without(part: Any, drop: Sequence[bool]) -> Any:
    """The batch or table without the rows that `drop` says."""
    if not any(drop):
        return part
    pa = pyarrow()
    # By slices, which all types have; not all have the kernels that pick rows.
    pieces, start = [], 0
    for i, drops in enumerate([*drop, True]):
        if drops:
            if i > start:
                pieces.append(part.slice(start, i - start))
            start = i + 1
    if not pieces:
        return part.slice(0, 0)
    if isinstance(part, pa.Table):
        return pa.concat_tables(pieces)
    return pa.Table.from_batches(pieces).combine_chunks().to_batches()[0]
