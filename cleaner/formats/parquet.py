"""Parquet: one row group at a time; all other columns stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import ConfigError, InputError
from cleaner.formats.arrow import TextColumn, pyarrow
from cleaner.formats.arrow_rows import added_fields, with_fields
from cleaner.formats.batches import ROWS, RowsChunk, RowsWriter, arrow_data
from cleaner.formats.layout import check, int96_unit, open_parquet, options, pairs_apart, with_added
from cleaner.formats.record import Fields
from cleaner.output.losses import Losses

_WHAT = "Parquet"


class ParquetReader:
    """Reads a Parquet file by row groups.

    Args:
        path, name, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, fields: Fields) -> None:
        self._path, self._name, self._fields = path, name, fields
        self.position = 0
        with arrow_data(path, _WHAT):
            self._size = path.stat().st_size
            try:
                self._unit = int96_unit(path)
                self._file = open_parquet(path, self._unit)
                self._columns = [TextColumn(self._file.schema_arrow, field) for field in fields.texts]
                with_fields(self._file.schema_arrow, added_fields(fields.losses))
                self._options = options(self._file, fields.texts)
                check(path, self._file, self._options)
            except ConfigError as e:
                raise InputError(str(path), str(e)) from e

    def __iter__(self) -> Iterator[RowsChunk]:
        """See `Reader.__iter__`."""
        first = 1
        groups = self._file.metadata.num_row_groups
        for group in range(groups):
            left = self._file.metadata.row_group(group).num_rows
            # An empty group is a part, too.
            empty = [] if left else [self._file.schema_arrow.empty_table()]
            batches = chain(empty, self._file.iter_batches(ROWS, row_groups=[group]))
            while True:
                with arrow_data(self._path, _WHAT):
                    batch = next(batches, None)
                    if batch is None:
                        break
                    left -= batch.num_rows
                    chunk = RowsChunk.of(self._name, first, batch, self._columns, left <= 0, self._fields)
                if left <= 0:
                    self.position = self._size * (group + 1) // groups
                yield chunk
                first += batch.num_rows

    def writer(self, sink: BinaryIO) -> ParquetWriter:
        """See `Reader.writer`."""
        wanted = with_added(self._options, self._fields.losses.names)
        return ParquetWriter(sink, self._path, self._columns, self._fields.losses, self._unit, wanted)

    def close(self) -> None:
        """See `Reader.close`."""
        self._file.close()


class ParquetWriter(RowsWriter):
    """Writes row groups.

    Args:
        sink, path, columns, losses: see `RowsWriter`.
        unit: see `open_parquet`.
        options: see `layout.options`.
    """

    def __init__(
        self, sink: BinaryIO, path: Path, columns: Sequence[TextColumn], losses: Losses, unit: str | None, options: dict[str, Any],
    ) -> None:  # fmt: skip
        super().__init__(sink, path, columns, losses)
        self._unit, self._options = unit, options
        self._writer: Any = None

    def _begin(self) -> None:
        import pyarrow.parquet as pq

        file = open_parquet(self._path, self._unit)
        try:
            schema = with_fields(file.schema_arrow, added_fields(self._losses))
            self._writer = pq.ParquetWriter(self._sink, schema, **self._options)
            if apart := pairs_apart(file, self._options):
                self._writer.add_key_value_metadata(apart)
        finally:
            file.close()

    def _read(self) -> Iterator[tuple[Any, Any]]:
        with arrow_data(self._path, _WHAT):
            file = open_parquet(self._path, self._unit)
            try:
                for group in range(file.metadata.num_row_groups):
                    batches = list(file.iter_batches(ROWS, row_groups=[group]))
                    table = pyarrow().Table.from_batches(batches) if batches else file.schema_arrow.empty_table()
                    yield table, None
            finally:
                file.close()

    def _put(self, part: Any, note: Any) -> None:
        self._writer.write_table(part.cast(self._writer.schema), row_group_size=max(1, part.num_rows))

    def _end(self) -> None:
        self._writer.close()
