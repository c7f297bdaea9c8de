"""Rows of Arrow batches as records, and batches with other texts: what Parquet and Arrow files have in common."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.disk.inplace import Seen
from cleaner.errors import InputError
from cleaner.formats.arrow import Place, TextColumn, Value, pyarrow
from cleaner.formats.packing import reading
from cleaner.formats.record import Clean, Fail, Fields, Record

# Rows of a chunk.
ROWS = 1024
# The texts of some rows, column by column; whether their part of the file ends with them; whether one changed.
Payload = tuple[list[list[Value]], bool, bool]


@contextmanager
def arrow_data(path: Path, what: str) -> Iterator[None]:
    """Turn what can go wrong while pyarrow reads `path`, which holds `what`, into an InputError that names it."""
    pa = pyarrow()
    with reading(path):
        try:
            yield
        except pa.ArrowNotImplementedError as e:
            raise InputError(str(path), f"{what} that pyarrow cannot read ({_first_line(e)})") from e
        except pa.ArrowException as e:
            raise InputError(str(path), f"damaged {what} ({_first_line(e)})") from e


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


@dataclass(frozen=True, slots=True)
class RowsChunk:
    """Some rows of one part of a file: a batch, a row group.

    Attributes:
        name: how the file is called.
        first: the number of the first row (from 1).
        texts: for each column of texts, what they are and where.
        others: what is looked at besides, row by row.
        last: their part ends with them.
        fields: what is where.
    """

    name: str
    first: int
    texts: Sequence[Sequence[tuple[Place, Value]]]
    others: Mapping[str, Sequence[Any]]
    last: bool
    fields: Fields

    @classmethod
    def of(
        cls, name: str, first: int, batch: Any, columns: Sequence[TextColumn], last: bool, fields: Fields
    ) -> RowsChunk:
        """The rows of `batch`, of which `columns` hold the texts."""
        names = [n for n in fields.others if batch.schema.names.count(n) == 1]
        others = {n: batch.column(n).to_pylist() for n in names}
        return cls(name, first, [column.read(batch) for column in columns], others, last, fields)

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for field, texts in zip(self.fields.texts, self.texts, strict=True):
            for place, text in texts:
                if isinstance(text, str):
                    yield self._record(field, place, text)

    def rewrite(self, clean: Clean, fail: Fail) -> Payload:
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


class RowsWriter(ABC):
    """Writes the parts of the input with other texts; where none changed, copies the input to the byte.

    The input is read a second time for it, from the first text that changed: what is no text then neither goes through
    other processes nor is held while the first reading is far ahead.

    Args:
        sink: where to.
        path: the input.
        columns: those of the texts.
    """

    def __init__(self, sink: BinaryIO, path: Path, columns: Sequence[TextColumn]) -> None:
        self._sink, self._path, self._columns = sink, path, columns
        self._seen = Seen.of(path).content()
        self._bodies: list[list[Value]] = [[] for _ in columns]
        self._changed = False
        self._unchanged = 0
        self._parts: Iterator[tuple[Any, Any]] | None = None

    @abstractmethod
    def _begin(self) -> None:
        """Begin the output."""

    @abstractmethod
    def _read(self) -> Iterator[tuple[Any, Any]]:
        """The parts of the input, opened anew: a batch or table of each, and what else is to be said of it."""

    @abstractmethod
    def _put(self, part: Any, note: Any) -> None:
        """Write one part."""

    @abstractmethod
    def _end(self) -> None:
        """End the output."""

    def write(self, payload: Payload) -> None:
        """See `Writer.write`. Raises InputError if the input is not what it was."""
        bodies, last, changed = payload
        for held, more in zip(self._bodies, bodies, strict=True):
            held += more
        self._changed |= changed
        if not last:
            return
        if self._changed and not self._parts:
            self._begin()
            self._parts = self._read()
            for _ in range(self._unchanged):
                self._put(*self._next(self._parts))
        if self._parts:
            part, note = self._next(self._parts)
            if self._changed:
                for column, texts in zip(self._columns, self._bodies, strict=True):
                    part = column.replaced(part, texts)
            self._put(part, note)
        else:
            self._unchanged += 1
        self._bodies, self._changed = [[] for _ in self._columns], False

    def _next(self, parts: Iterator[tuple[Any, Any]]) -> tuple[Any, Any]:
        part = next(parts, None)
        if part is None or Seen.of(self._path).content() != self._seen:
            raise InputError(str(self._path), "was changed while it was read")
        return part

    def close(self) -> None:
        """See `Writer.close`."""
        if self._parts:
            self._end()
            return
        with self._path.open("rb") as file:
            shutil.copyfileobj(file, self._sink)
