"""Arrow IPC files (Feather is another name for them) and streams: batch by batch; only the text column changes."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import ConfigError, InputError
from cleaner.formats.arrow import Place, TextColumn, Value, pyarrow
from cleaner.formats.ipc_layout import MAGIC, options
from cleaner.formats.packing import reading
from cleaner.formats.record import Clean, Fail, Fields, Record

# Rows of a chunk.
_ROWS = 1024
_FEATHER_1 = b"FEA1"


@dataclass(frozen=True, slots=True)
class IpcChunk:
    """Some rows of a batch.

    Attributes:
        name: how the file is called.
        first: the number of the first row (from 1).
        texts: for each column of texts, what they are and where.
        others: what is looked at besides, row by row.
        last: their batch ends with them.
        fields: what is where.
    """

    name: str
    first: int
    texts: Sequence[Sequence[tuple[Place, Value]]]
    others: Mapping[str, Sequence[Any]]
    last: bool
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for field, texts in zip(self.fields.texts, self.texts, strict=True):
            for place, text in texts:
                if isinstance(text, str):
                    yield self._record(field, place, text)

    def rewrite(self, clean: Clean, fail: Fail) -> tuple[list[list[Value]], bool, bool]:
        """See `Chunk.rewrite`."""
        bodies: list[list[Value]] = []
        changed = False
        for field, texts in zip(self.fields.texts, self.texts, strict=True):
            bodies.append([])
            for place, text in texts:
                body = text
                if isinstance(text, str):
                    body = clean(self._record(field, place, text))
                elif text is not None:
                    fail(self._record(field, place, "").name, "not UTF-8")
                changed |= body != text
                bodies[-1].append(body)
        return bodies, self.last, changed

    def _record(self, field: str, place: Place, text: str) -> Record:
        row, at = place
        others = {n: values[row] for n, values in self.others.items()}
        return self.fields.record(f"{self.name}:{self.first + row}", field, at, text, others)


class IpcReader:
    """Reads an Arrow file or stream by its batches.

    Args:
        path, name, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, fields: Fields) -> None:
        self._path, self._name, self._fields = path, name, fields
        self.position = 0
        self._writer: IpcWriter | None = None
        with reading(path), path.open("rb") as raw:
            magic = raw.read(len(MAGIC))
        if magic.startswith(_FEATHER_1):
            raise InputError(str(path), "is Feather version 1, which says no types; write it anew as version 2")
        with self._arrow():
            self._file = IpcFile(path, magic == MAGIC)
        try:
            self._columns = [TextColumn(self._file.schema, name) for name in fields.texts]
        except ConfigError as e:
            self._file.close()
            raise InputError(str(path), str(e)) from e

    def __iter__(self) -> Iterator[IpcChunk]:
        """See `Reader.__iter__`."""
        first = 1
        batches = self._file.batches()
        while True:
            with self._arrow():
                batch, note = next(batches, (None, None))
                if batch is None:
                    break
                names = [n for n in self._fields.others if batch.schema.names.count(n) == 1]
            self.position = self._file.position
            if self._writer:
                self._writer.originals.append((batch, note))
            for at in range(0, max(1, batch.num_rows), _ROWS):
                some = batch.slice(at, _ROWS)
                with self._arrow():
                    texts = [column.read(some) for column in self._columns]
                    others = {n: some.column(n).to_pylist() for n in names}
                yield IpcChunk(self._name, first, texts, others, at + _ROWS >= batch.num_rows, self._fields)
                first += some.num_rows

    def writer(self, sink: BinaryIO) -> IpcWriter:
        """See `Reader.writer`."""
        self._writer = IpcWriter(sink, self._file, self._columns)
        return self._writer

    def close(self) -> None:
        """See `Reader.close`."""
        self._file.close()

    @contextmanager
    def _arrow(self) -> Iterator[None]:
        pa = pyarrow()
        with reading(self._path):
            try:
                yield
            except pa.ArrowException as e:
                raise InputError(str(self._path), f"damaged Arrow data ({str(e).partition(chr(10))[0]})") from e


class IpcFile:
    """An open Arrow file, or a stream if not `file`. Raises pyarrow's exceptions."""

    def __init__(self, path: Path, file: bool) -> None:
        import pyarrow.ipc as ipc

        self.path, self.file = path, file
        # Not by its path: the name may hold bytes that pyarrow does not take.
        self._source = path.open("rb")
        try:
            self._reader = (ipc.open_file if file else ipc.open_stream)(self._source)
            self.options = options(path, file)
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


class IpcWriter:
    """Writes the batches of the input with other texts; where none changed, copies the input to the byte.

    Args:
        sink: where to.
        file: the input.
        columns: those of the texts.

    Attributes:
        originals: the batches that were read, with their metadata, of which the texts are still to come.
    """

    def __init__(self, sink: BinaryIO, file: IpcFile, columns: Sequence[TextColumn]) -> None:
        self._sink, self._file, self._columns = sink, file, columns
        self._writer: Any = None
        self.originals: deque[tuple[Any, Any]] = deque()
        self._bodies: list[list[Value]] = [[] for _ in columns]
        self._changed = False
        self._unchanged = 0
        # A file has one dictionary for all its batches, which is known when all are.
        self._late = file.file and any(column.dictionary for column in columns)
        self._held: list[tuple[Any, Any]] = []

    def write(self, payload: tuple[list[list[Value]], bool, bool]) -> None:
        """See `Writer.write`."""
        bodies, last, changed = payload
        for held, more in zip(self._bodies, bodies, strict=True):
            held += more
        self._changed |= changed
        if not last:
            return
        batch, note = self.originals.popleft()
        if self._changed:
            for column, texts in zip(self._columns, self._bodies, strict=True):
                batch = column.replaced(batch, texts)
            if not self._writer:
                self._begin()
        if self._writer:
            self._put(batch, note)
        else:
            self._unchanged += 1
        self._bodies, self._changed = [[] for _ in self._columns], False

    def close(self) -> None:
        """See `Writer.close`."""
        if self._writer:
            self._put_held()
            self._writer.close()
            return
        with self._file.path.open("rb") as file:
            shutil.copyfileobj(file, self._sink)

    def _begin(self) -> None:
        """Nothing was written so far: write the batches before the first that changed."""
        import pyarrow.ipc as ipc

        again = IpcFile(self._file.path, self._file.file)
        try:
            new = ipc.new_file if again.file else ipc.new_stream
            # Metadata of a whole file only newer releases of pyarrow know.
            more = {"metadata": again.metadata} if again.metadata else {}
            self._writer = new(self._sink, again.schema, options=again.options, **more)
            for _, (batch, note) in zip(range(self._unchanged), again.batches(), strict=False):
                self._put(batch, note)
        finally:
            again.close()

    def _put(self, batch: Any, note: Any) -> None:
        if self._late:
            self._held.append((batch, note))
        else:
            self._writer.write_batch(batch, custom_metadata=note)

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
