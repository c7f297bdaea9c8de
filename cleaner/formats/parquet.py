"""Parquet: one row group at a time; all other columns stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import ConfigError, InputError
from cleaner.formats.arrow import pyarrow, texts, with_texts
from cleaner.formats.packing import reading
from cleaner.formats.record import Clean, Fail, Fields, Record

# Rows of a chunk, and the bytes that the writer holds back at most to fill a row group.
_ROWS = 1024
_HELD = 128 << 20


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
        for number, (text, fields) in enumerate(self._rows(), self.first):
            if text is not None:
                yield Record(f"{self.name}:{number}", text, fields)

    def rewrite(self, clean: Clean, fail: Fail) -> tuple[Any, bool]:
        """See `Chunk.rewrite`."""
        bodies: list[str | None] = []
        changed = False
        for number, (text, fields) in enumerate(self._rows(), self.first):
            body = None if text is None else clean(Record(f"{self.name}:{number}", text, fields))
            changed |= body != text
            bodies.append(body)
        return (with_texts(self.batch, self.fields.text, bodies) if changed else self.batch), self.last

    def _rows(self) -> Iterator[tuple[str | None, dict[str, Any]]]:
        names = [n for n in self.fields.others if n in self.batch.schema.names]
        others = [self.batch.column(n).to_pylist() for n in names]
        for i, text in enumerate(texts(self.batch, self.fields.text)):
            yield text, {n: values[i] for n, values in zip(names, others, strict=True)}


class ParquetReader:
    """Reads a Parquet file by row groups.

    Args:
        path, name, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, fields: Fields) -> None:
        self._path, self._name, self._fields = path, name, fields
        self.position = 0
        pa = pyarrow()
        import pyarrow.parquet as pq

        self._damaged = pa.ArrowException
        self._size = 0
        with reading(path):
            self._size = path.stat().st_size
            try:
                self._file = pq.ParquetFile(path)
                self._schema = self._file.schema_arrow
                self._compression = _compression(self._file.metadata)
                texts(self._schema.empty_table(), fields.text)
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
                        yield ParquetChunk(self._name, first, batch, left <= 0, self._fields)
                        first += batch.num_rows
                except self._damaged as e:
                    raise InputError(str(self._path), f"damaged Parquet ({_first_line(e)})") from e
            self.position = self._size * (group + 1) // groups

    def writer(self, sink: BinaryIO) -> ParquetWriter:
        """See `Reader.writer`."""
        return ParquetWriter(sink, self._schema, self._compression)

    def close(self) -> None:
        """See `Reader.close`."""
        self._file.close()


class ParquetWriter:
    """Writes batches as row groups that end where those of the input ended."""

    def __init__(self, sink: BinaryIO, schema: Any, compression: str) -> None:
        import pyarrow.parquet as pq

        self._schema = schema
        self._writer = pq.ParquetWriter(sink, schema, compression=compression)
        self._held: list[Any] = []
        self._size = 0

    def write(self, payload: tuple[Any, bool]) -> None:
        """See `Writer.write`."""
        batch, last = payload
        self._held.append(batch)
        self._size += batch.nbytes
        if last or self._size >= _HELD:
            self._flush()

    def close(self) -> None:
        """See `Writer.close`."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._held:
            table = pyarrow().Table.from_batches(self._held, self._schema)
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))
        self._held, self._size = [], 0


def _compression(metadata: Any) -> str:
    """How the columns are compressed, as the writer calls it."""
    if not metadata.num_row_groups or not metadata.num_columns:
        return "SNAPPY"
    return str(metadata.row_group(0).column(0).compression).replace("UNCOMPRESSED", "NONE")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
