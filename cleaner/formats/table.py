"""CSV and TSV: rows that do not change come out as they were written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.formats.kind import Kind, Shape
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import CHUNK, MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record

_BOM = "\ufeff"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line, what was written, and the cells read from it."""

    line: int
    raw: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class TableChunk:
    """Some rows of a table whose columns are `header`; `head` is what stands before them (the header row)."""

    name: str
    header: Sequence[str]
    head: str
    rows: Sequence[Row]
    shape: Shape
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for row in self.rows:
            if not self._problem(row):
                yield self._record(row)

    def rewrite(self, clean: Clean, fail: Fail) -> bytes:
        """See `Chunk.rewrite`."""
        out = [self.head]
        column = self.header.index(self.fields.text)
        for row in self.rows:
            if problem := self._problem(row):
                if row.cells:
                    fail(f"{self.name}:{row.line}", problem)
                out.append(row.raw)
                continue
            record = self._record(row)
            body = clean(record)
            if body == record.text:
                out.append(row.raw)
            else:
                out.append(self._written([*row.cells[:column], body, *row.cells[column + 1 :]], row.raw))
        return pack("".join(out).encode("utf-8", "surrogateescape"), self.shape.packing)

    def _problem(self, row: Row) -> str:
        """Why `row` holds no text; empty if it does."""
        if len(row.cells) != len(self.header):
            return f"{len(row.cells)} cells, but {len(self.header)} columns"
        # Bytes that are no UTF-8 came as halves of surrogate pairs.
        return "not UTF-8" if _SURROGATE.search(row.cells[self.header.index(self.fields.text)]) else ""

    def _record(self, row: Row) -> Record:
        cells = dict(zip(self.header, row.cells, strict=True))
        return Record(f"{self.name}:{row.line}", cells[self.fields.text], cells)

    def _written(self, cells: Sequence[str], like: str) -> str:
        end = like[len(like.rstrip("\r\n")) :]
        buffer = io.StringIO()
        writer = csv.writer(
            buffer,
            delimiter=_delimiter(self.shape),
            lineterminator=end,
            quoting=csv.QUOTE_ALL if like.startswith('"') else csv.QUOTE_MINIMAL,
        )
        writer.writerow(cells)
        return buffer.getvalue()


class TableReader:
    """Reads rows, some megabytes at a time; the first row names the columns.

    Args:
        path, name, shape, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, shape: Shape, fields: Fields) -> None:
        self._path, self._name, self._shape, self._fields = path, name, shape, fields
        self.position = 0
        csv.field_size_limit(MAX_RECORD)
        with reading(path):
            self._raw = path.open("rb")
            stream = unpacked(self._raw, shape.packing)
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")

    def __iter__(self) -> Iterator[TableChunk]:
        """See `Reader.__iter__`."""
        rows = self._rows()
        first = next(rows, None)
        if first is None:
            return
        header = list(first.cells)
        if header.count(self._fields.text) != 1:
            names = ", ".join(header[:12])
            many = "several columns are called" if self._fields.text in header else "no column"
            raise InputError(str(self._path), f"{many} {self._fields.text!r}; it has: {names}")
        head, batch, size = first.raw, list[Row](), 0
        for row in rows:
            batch.append(row)
            size += len(row.raw)
            if size >= CHUNK:
                yield TableChunk(self._name, header, head, batch, self._shape, self._fields)
                head, batch, size = "", [], 0
        if batch or head:
            yield TableChunk(self._name, header, head, batch, self._shape, self._fields)

    def _rows(self) -> Iterator[Row]:
        taken: list[str] = []
        reader = csv.reader(self._lines(taken), delimiter=_delimiter(self._shape))
        line = 1
        last: Row | None = None
        with reading(self._path):
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    break
                except csv.Error as e:
                    raise InputError(str(self._path), f"line {line}: {e}") from e
                if last:
                    yield last
                last = Row(line, "".join(taken), cells)
                line += len(taken)
                taken.clear()
        if last:
            if _torn(last.raw, self._shape):
                raise InputError(str(self._path), f"line {last.line}: a quoted cell does not end")
            yield last

    def _lines(self, taken: list[str]) -> Iterator[str]:
        """The file's lines; each is noted in `taken` as the parser asks for it."""
        size, first = 0, True
        while line := self._text.readline(MAX_RECORD):
            size = len(line) + (size if taken else 0)
            if size >= MAX_RECORD:
                raise InputError(str(self._path), f"a row is over {MAX_RECORD >> 20} MiB")
            taken.append(line)
            self.position = self._raw.tell()
            yield line.removeprefix(_BOM) if first else line
            first = False

    def writer(self, sink: BinaryIO) -> BytesWriter:
        """See `Reader.writer`."""
        return BytesWriter(sink)

    def close(self) -> None:
        """See `Reader.close`."""
        self._raw.close()


def _torn(raw: str, shape: Shape) -> bool:
    """Whether the last row of a file ends within quotes. (Elsewhere the parser takes quotes as people write them.)"""
    try:
        list(csv.reader(io.StringIO(raw, newline=""), delimiter=_delimiter(shape), strict=True))
    except csv.Error as e:
        return "end of data" in str(e)
    return False


def _delimiter(shape: Shape) -> str:
    return "\t" if shape.kind is Kind.TSV else ","
