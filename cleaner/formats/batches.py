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
from cleaner.formats.arrow_rows import with_losses
from cleaner.formats.packing import reading
from cleaner.formats.record import Clean, Fail, Fields, Record
from cleaner.output.losses import Losses

# Rows of a chunk.
ROWS = 1024


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
class Payload:
    """What became of some rows.

    Attributes:
        bodies: their texts, column by column.
        shares: for each row, which share of its words went; see `Cleaned`.
        last: their part of the file ends with them.
        changed: anything is not as it was.
    """

    bodies: list[list[Value]]
    shares: list[float | None]
    last: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class RowsChunk:
    """Some rows of one part of a file: a batch, a row group.

    Attributes:
        name: how the file is called.
        first: the number of the first row (from 1).
        rows: how many there are.
        texts: for each column of texts, what they are and where.
        others: what is looked at besides, row by row.
        last: their part ends with them.
        fields: what is where.
    """

    name: str
    first: int
    rows: int
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
        texts = [column.read(batch) for column in columns]
        return cls(name, first, batch.num_rows, texts, others, last, fields)

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for row in self._by_row():
            for _, record, text in row:
                if isinstance(text, str):
                    yield record

    def rewrite(self, clean: Clean, fail: Fail) -> Payload:
        """See `Chunk.rewrite`."""
        bodies: list[list[Value]] = [[] for _ in self.texts]
        shares: list[float | None] = []
        losses = self.fields.losses
        changed = bool(losses.names)
        for row in self._by_row():
            for _, record, text in row:
                if isinstance(text, bytes):
                    fail(record.name, "not UTF-8")
            cleaned = clean([record for _, record, text in row if isinstance(text, str)])
            left = iter(cleaned.bodies)
            for column, _, text in row:
                body = next(left) if isinstance(text, str) else text
                changed |= body != text
                bodies[column].append(body)
            shares.append(cleaned.share)
        return Payload(bodies, shares, self.last, changed)

    def _by_row(self) -> Iterator[list[tuple[int, Record, Value]]]:
        """For each row its texts: the number of the column, the document, and what is there."""
        at = [0] * len(self.texts)
        for row in range(self.rows):
            found: list[tuple[int, Record, Value]] = []
            for column, (field, texts) in enumerate(zip(self.fields.texts, self.texts, strict=True)):
                while at[column] < len(texts) and texts[at[column]][0][0] == row:
                    place, text = texts[at[column]]
                    found.append((column, self._record(field, place, text if isinstance(text, str) else ""), text))
                    at[column] += 1
            yield found

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
        losses: the columns to add, and which rows go.
    """

    def __init__(self, sink: BinaryIO, path: Path, columns: Sequence[TextColumn], losses: Losses) -> None:
        self._sink, self._path, self._columns, self._losses = sink, path, columns, losses
        self._seen = Seen.of(path).content()
        self._bodies: list[list[Value]] = [[] for _ in columns]
        self._shares: list[float | None] = []
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
        for held, more in zip(self._bodies, payload.bodies, strict=True):
            held += more
        self._shares += payload.shares
        self._changed |= payload.changed
        if not payload.last:
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
                part = with_losses(part, self._shares, self._losses)
            self._put(part, note)
        else:
            self._unchanged += 1
        self._bodies, self._shares, self._changed = [[] for _ in self._columns], [], False

    def _next(self, parts: Iterator[tuple[Any, Any]]) -> tuple[Any, Any]:
        part = next(parts, None)
        if part is None or Seen.of(self._path).content() != self._seen:
            raise InputError(str(self._path), "was changed while it was read")
        return part

    def close(self) -> None:
        """See `Writer.close`."""
        if self._losses.names and not self._parts:  # no part came, and the columns are there all the same
            self._begin()
            self._parts = iter(())
        if self._parts:
            self._end()
            return
        with self._path.open("rb") as file:
            shutil.copyfileobj(file, self._sink)
