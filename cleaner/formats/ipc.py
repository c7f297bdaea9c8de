"""Arrow IPC files (Feather is another name for them) and streams: batch by batch; only the text column changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import ConfigError, InputError
from cleaner.formats.arrow import TextColumn, pyarrow
from cleaner.formats.arrow_rows import added_fields, with_fields
from cleaner.formats.batches import ROWS, RowsChunk, RowsWriter, arrow_data
from cleaner.formats.ipc_layout import MAGIC, has_notes, options
from cleaner.formats.packing import reading
from cleaner.formats.record import Fields
from cleaner.output.losses import Losses

_FEATHER_1 = b"FEA1"
_WHAT = "Arrow data"


class IpcReader:
    """Reads an Arrow file or stream by its batches.

    Args:
        path, name, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, fields: Fields) -> None:
        self._path, self._name, self._fields = path, name, fields
        self.position = 0
        with reading(path), path.open("rb") as raw:
            magic = raw.read(len(MAGIC))
        if magic.startswith(_FEATHER_1):
            raise InputError(str(path), "is Feather version 1, which says no types; write it anew as version 2")
        with arrow_data(path, _WHAT):
            self._file = IpcFile(path, magic == MAGIC)
        try:
            self._columns = [TextColumn(self._file.schema, name) for name in fields.texts]
            with_fields(self._file.schema, added_fields(fields.losses))
        except ConfigError as e:
            self._file.close()
            raise InputError(str(path), str(e)) from e

    def __iter__(self) -> Iterator[RowsChunk]:
        """See `Reader.__iter__`."""
        first = 1
        batches = self._file.batches()
        while True:
            with arrow_data(self._path, _WHAT):
                batch, _ = next(batches, (None, None))
            if batch is None:
                break
            self.position = self._file.position
            for at in range(0, max(1, batch.num_rows), ROWS):
                some, last = batch.slice(at, ROWS), at + ROWS >= batch.num_rows
                with arrow_data(self._path, _WHAT):
                    chunk = RowsChunk.of(self._name, first, some, self._columns, last, self._fields)
                yield chunk
                first += some.num_rows

    def writer(self, sink: BinaryIO) -> IpcWriter:
        """See `Reader.writer`."""
        return IpcWriter(sink, self._path, self._columns, self._fields.losses, self._file)

    def close(self) -> None:
        """See `Reader.close`."""
        self._file.close()


class IpcFile:
    """An open Arrow file, or a stream if not `file`.

    Raises:
        InputError: a file with metadata of its own, which older releases of pyarrow neither tell nor write.
        Exception: what pyarrow raises.
    """

    def __init__(self, path: Path, file: bool) -> None:
        import pyarrow.ipc as ipc

        self.file = file
        # Not by its path: the name may hold bytes that pyarrow does not take.
        self._source = path.open("rb")
        try:
            self._reader = (ipc.open_file if file else ipc.open_stream)(self._source)
            self.options = options(path, file)
            if file and not hasattr(self._reader, "metadata") and has_notes(path):
                raise InputError(
                    str(path),
                    "has metadata of the whole file that this release of pyarrow cannot write; take a newer one",
                )
        except BaseException:
            self._source.close()
            raise
        self.schema = self._reader.schema
        self.metadata = getattr(self._reader, "metadata", None) if file else None

    @property
    def position(self) -> int:
        """How many bytes were read."""
        return self._source.tell()

    def batches(self) -> Iterator[tuple[Any, Any]]:
        """The batches, each with the metadata of its own."""
        if not self.file:
            yield from self._reader.iter_batches_with_custom_metadata()
            return
        for i in range(self._reader.num_record_batches):
            yield self._reader.get_batch_with_custom_metadata(i)

    def close(self) -> None:
        """Close it."""
        self._source.close()


class IpcWriter(RowsWriter):
    """Writes batches.

    Args:
        sink, path, columns, losses: see `RowsWriter`.
        like: the input as it was opened, which says how it is written.
    """

    def __init__(
        self, sink: BinaryIO, path: Path, columns: Sequence[TextColumn], losses: Losses, like: IpcFile
    ) -> None:
        super().__init__(sink, path, columns, losses)
        self._like = like
        self._writer: Any = None
        # A file has one dictionary for all its batches, which is known when all are.
        self._late = like.file and any(column.dictionary for column in columns)
        self._held: list[tuple[Any, Any]] = []

    def _begin(self) -> None:
        import pyarrow.ipc as ipc

        like = self._like
        # Metadata of a whole file only newer releases of pyarrow know; see `IpcFile`.
        more = {"metadata": like.metadata} if like.metadata else {}
        schema = with_fields(like.schema, added_fields(self._losses))
        self._writer = (ipc.new_file if like.file else ipc.new_stream)(self._sink, schema, options=like.options, **more)

    def _read(self) -> Iterator[tuple[Any, Any]]:
        with arrow_data(self._path, _WHAT):
            file = IpcFile(self._path, self._like.file)
            try:
                yield from file.batches()
            finally:
                file.close()

    def _put(self, part: Any, note: Any) -> None:
        if self._late:
            self._held.append((part, note))
        else:
            self._writer.write_batch(part, custom_metadata=note)

    def _end(self) -> None:
        self._put_held()
        self._writer.close()

    def _put_held(self) -> None:
        if not self._held:
            return
        pa = pyarrow()
        columns = pa.Table.from_batches([batch for batch, _ in self._held]).unify_dictionaries().combine_chunks()
        done = 0
        for batch, note in self._held:
            new = [*batch.columns]
            for i in {column.index for column in self._columns if column.dictionary}:
                new[i] = pa.concat_arrays(columns.column(i).chunks).slice(done, batch.num_rows)
            self._writer.write_batch(pa.RecordBatch.from_arrays(new, schema=batch.schema), custom_metadata=note)
            done += batch.num_rows
