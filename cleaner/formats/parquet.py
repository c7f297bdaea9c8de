"""Parquet: one row group at a time; all other columns stay as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import ConfigError, InputError
from cleaner.formats.arrow import TextColumn, Value, pyarrow
from cleaner.formats.layout import check, int96_unit, open_parquet, options
from cleaner.formats.packing import reading
from cleaner.formats.record import Clean, Fail, Fields, Record

# Rows of a chunk.
_ROWS = 1024


@dataclass(frozen=True, slots=True)
class ParquetChunk:
    """Some rows in a row, of which the first is number `first` (from 1); `last`: its row group ends with them."""

    name: str
    first: int
    batch: Any
    last: bool
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for field in self.fields.texts:
            for record, text in self._rows(field, TextColumn(self.batch.schema, field)):
                if isinstance(text, str):
                    yield record

    def rewrite(self, clean: Clean, fail: Fail) -> tuple[Any, bool, bool]:
        """See `Chunk.rewrite`."""
        batch = self.batch
        changed = False
        for field in self.fields.texts:
            column = TextColumn(batch.schema, field)
            bodies: list[Value] = []
            differs = False
            for record, text in self._rows(field, column):
                body = text
                if isinstance(text, str):
                    body = clean(record)
                elif text is not None:
                    fail(record.name, "not UTF-8")
                differs |= body != text
                bodies.append(body)
            if differs:
                batch = column.replaced(batch, bodies)
            changed |= differs
        return batch, self.last, changed

    def _rows(self, field: str, column: TextColumn) -> Iterator[tuple[Record, Value]]:
        """The values of a column, each with the record that a text makes."""
        names = [n for n in self.fields.others if self.batch.schema.names.count(n) == 1]
        others = [self.batch.column(n).to_pylist() for n in names]
        for (row, place), text in column.read(self.batch):
            fields = {n: values[row] for n, values in zip(names, others, strict=True)}
            held = text if isinstance(text, str) else ""
            yield self.fields.record(f"{self.name}:{self.first + row}", field, place, held, fields), text


class ParquetReader:
    """Reads a Parquet file by row groups.

    Args:
        path, name, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, fields: Fields) -> None:
        self._path, self._name, self._fields = path, name, fields
        self.position = 0
        pa = pyarrow()
        self._damaged = pa.ArrowException
        self._size = 0
        with reading(path):
            self._size = path.stat().st_size
            try:
                self._unit = int96_unit(path)
                self._file = open_parquet(path, self._unit)
                for field in fields.texts:
                    TextColumn(self._file.schema_arrow, field)
                self._options = options(self._file, fields.texts)
                check(path, self._file, self._options)
            except ConfigError as e:
                raise InputError(str(path), str(e)) from e
            except pa.ArrowException as e:
                raise InputError(str(path), f"damaged Parquet ({_first_line(e)})") from e

    def __iter__(self) -> Iterator[ParquetChunk]:
        """See `Reader.__iter__`."""
        first = 1
        groups = self._file.metadata.num_row_groups
        for group in range(groups):
            left = self._file.metadata.row_group(group).num_rows
            with reading(self._path):
                try:
                    for batch in self._file.iter_batches(_ROWS, row_groups=[group]):
                        left -= batch.num_rows
                        if left <= 0:
                            self.position = self._size * (group + 1) // groups
                        yield ParquetChunk(self._name, first, batch, left <= 0, self._fields)
                        first += batch.num_rows
                except self._damaged as e:
                    raise InputError(str(self._path), f"damaged Parquet ({_first_line(e)})") from e

    def writer(self, sink: BinaryIO) -> ParquetWriter:
        """See `Reader.writer`."""
        return ParquetWriter(sink, self._path, self._unit, self._options)

    def close(self) -> None:
        """See `Reader.close`."""
        self._file.close()


class ParquetWriter:
    """Writes batches as the row groups of the input; where no batch changed, copies the input to the byte.

    Args:
        sink: where to.
        path: the input.
        unit: see `open_parquet`.
        options: see `layout.options`.
    """

    def __init__(self, sink: BinaryIO, path: Path, unit: str | None, options: dict[str, Any]) -> None:
        self._sink, self._path, self._unit, self._options = sink, path, unit, options
        self._writer: Any = None
        self._held: list[Any] = []
        self._changed = False
        self._unchanged = 0

    def write(self, payload: tuple[Any, bool, bool]) -> None:
        """See `Writer.write`."""
        batch, last, changed = payload
        self._held.append(batch)
        self._changed |= changed
        if last:
            self._end_group()

    def close(self) -> None:
        """See `Writer.close`."""
        if self._writer:
            self._writer.close()
            return
        with self._path.open("rb") as file:
            shutil.copyfileobj(file, self._sink)

    def _end_group(self) -> None:
        if self._changed and not self._writer:
            self._begin()
        if self._writer:
            self._put(pyarrow().Table.from_batches(self._held))
        else:
            self._unchanged += 1
        self._held = []

    def _begin(self) -> None:
        """Nothing was written so far: write the row groups before the first that changed."""
        import pyarrow.parquet as pq

        file = open_parquet(self._path, self._unit)
        try:
            self._writer = pq.ParquetWriter(self._sink, file.schema_arrow, **self._options)
            for group in range(self._unchanged):
                self._put(file.read_row_group(group))
        finally:
            file.close()

    def _put(self, table: Any) -> None:
        if table.num_rows:
            self._writer.write_table(table.cast(self._writer.schema), row_group_size=table.num_rows)


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
