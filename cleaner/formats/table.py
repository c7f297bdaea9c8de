"""CSV and TSV: the text's cell is replaced where it stands; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.formats.cell import VALUES, read_cell, write_cell, write_value
from cleaner.formats.dialect import Spelling
from cleaner.formats.kind import Packing, Shape
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import CHUNK, MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record
from cleaner.formats.rows import TORN, Row, Scanner, with_cells
from cleaner.formats.sniff import preface, spelling_of, utf16

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TableChunk:
    """Some rows of a table whose columns are `header`; `head` is what stands before them (the header row)."""

    name: str
    header: Sequence[str]
    head: bytes
    rows: Sequence[Row]
    spelling: Spelling
    packing: Packing
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for row in self.rows:
            if not row.blank and not self._problem(row):
                yield from (record for _, record in self._records(row))

    def rewrite(self, clean: Clean, fail: Fail) -> bytes:
        """See `Chunk.rewrite`."""
        out = [self.head]
        for row in self.rows:
            raw = row.raw
            if not row.blank:
                if problem := self._problem(row):
                    fail(f"{self.name}:{row.line}", problem)
                else:
                    raw = self._rewritten(row, clean, fail)
            out.append(raw)
        return pack(b"".join(out), self.packing)

    def _problem(self, row: Row) -> str:
        """Why `row` holds no text; empty if it does."""
        if row.problem:
            slashed = not self.spelling.escape and b'\\"' in row.raw
            return row.problem + ("; escaped by backslashes? --escape '\\'" if slashed else "")
        return "not UTF-8" if any(_SURROGATE.search(self._cell(row, i)) for i in self._columns()) else ""

    def _columns(self) -> list[int]:
        return [self.header.index(name) for name in self.fields.texts]

    def _cell(self, row: Row, column: int) -> str:
        start, end = row.cells[column]
        return read_cell(row.raw[start:end], self.spelling, quoted=row.quoted)

    def _records(self, row: Row) -> Iterator[tuple[int, Record]]:
        """The texts of a row, each with the number of its cell."""
        cells = {name: self._cell(row, i) for i, name in enumerate(self.header)}
        for name, i in zip(self.fields.texts, self._columns(), strict=True):
            yield i, self.fields.record(f"{self.name}:{row.line}", name, "", cells[name], cells)

    def _rewritten(self, row: Row, clean: Clean, fail: Fail) -> bytes:
        found = list(self._records(row))
        cleaned = clean([record for _, record in found])
        losses = self.fields.losses
        if losses.drops(cleaned.share):
            return b""
        new = {}
        for (i, record), body in zip(found, cleaned.bodies, strict=True):
            if body != record.text:
                start, end = row.cells[i]
                try:
                    new[start, end] = self._written(row, body, row.raw[start:end])
                except ValueError as e:
                    fail(record.name, str(e))
        added = losses.added(cleaned.share).values()
        raw = with_cells(row, [write_value(value) for value in added], self.spelling)
        for (start, end), cell in sorted(new.items(), reverse=True):
            raw = raw[:start] + cell + raw[end:]
        return raw

    def _written(self, row: Row, body: str, like: bytes) -> bytes:
        cell = write_cell(body, like, self.spelling, quoted=row.quoted)
        if not cell and len(row.cells) == 1 and not self.fields.losses.names:
            hint = '; --quote \'"\' writes it as ""' if self.spelling.quote else ""
            raise ValueError(f"an empty text alone in its row would be an empty line, which is no row{hint}")
        return cell


class TableReader:
    """Reads rows, some megabytes at a time; the first row names the columns.

    Args:
        path, name, shape, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, shape: Shape, fields: Fields) -> None:
        self._path, self._name, self._shape, self._fields = path, name, shape, fields
        self.position = 0
        with reading(path):
            self._raw = path.open("rb")
            self._stream = unpacked(self._raw, shape.packing)

    def __iter__(self) -> Iterator[TableChunk]:
        """See `Reader.__iter__`."""
        data, whole = self._more(b"")
        if utf16(data):
            raise InputError(str(self._path), "is UTF-16; tables are read as UTF-8")
        start, named = preface(data)
        spelling = spelling_of(data[start:], self._shape.kind, self._shape.dialect, named, whole)
        scanner = Scanner(spelling)
        while (first := next(scanner.rows(data[start:], 1, 0, whole), None)) is None and not whole:
            data, whole = self._more(data)
        if first is None:  # a byte order mark, a line `sep=;`, or nothing, which may be packed
            if self.position:
                yield TableChunk(self._name, (), data, (), spelling, self._shape.packing, self._fields)
            return
        header = self._header(first, scanner)
        names = self._added(header, first, spelling)
        head = data[:start] + with_cells(first, names, spelling)
        taken = start + len(first.raw)
        line = 1 + data.count(b"\r" if spelling.cr else b"\n", 0, taken)
        data = data[taken:]
        while True:
            rows = list(scanner.rows(data, line, len(header), whole))
            if rows and rows[-1].problem == TORN:
                raise InputError(str(self._path), f"line {rows[-1].line}: {TORN}")
            if rows or head:
                yield TableChunk(self._name, header, head, rows, spelling, self._shape.packing, self._fields)
            head = b""
            taken = sum(len(row.raw) for row in rows)
            line += data.count(b"\r" if spelling.cr else b"\n", 0, taken)
            data = data[taken:]
            if whole:
                return
            data, whole = self._more(data)

    def _more(self, data: bytes) -> tuple[bytes, bool]:
        """`data` with what comes after it, and whether that is all. A row that is long is read in steps that double."""
        if len(data) > MAX_RECORD:
            raise InputError(str(self._path), f"a row is over {MAX_RECORD >> 20} MiB")
        with reading(self._path):
            wanted = max(CHUNK, len(data))
            block = self._stream.read(wanted)
            self.position = self._raw.tell()
        return data + block, len(block) < wanted

    def _header(self, row: Row, scanner: Scanner) -> list[str]:
        """The names of the columns. Raises InputError if the text's is not among them, or twice."""
        if row.problem:
            raise InputError(str(self._path), f"line {row.line}: {row.problem}")
        header = _names(row, scanner)
        for text in self._fields.texts:
            if header.count(text) != 1:
                names = ", ".join(header[:12])
                many = "several columns are called" if text in header else "no column"
                raise InputError(str(self._path), f"{many} {text!r}; it has: {names}{_parted(header, text)}")
        return header

    def _added(self, header: Sequence[str], first: Row, spelling: Spelling) -> list[bytes]:
        """The cells of the header for the columns that are added. Raises InputError if they cannot be."""
        start, end = first.cells[-1]
        cells = []
        for name in self._fields.losses.names:
            if name in header:
                raise InputError(str(self._path), f"there is a column {name!r} already; choose another name")
            try:
                cells.append(write_cell(name, first.raw[start:end], spelling, quoted=first.quoted))
            except ValueError as e:
                raise InputError(str(self._path), f"no column {name!r} can be added: {e}") from e
        if cells and spelling.delimiter in VALUES:
            raise InputError(str(self._path), f"no column can be added: numbers hold {spelling.delimiter.decode()!r}")
        return cells

    def writer(self, sink: BinaryIO) -> BytesWriter:
        """See `Reader.writer`."""
        return BytesWriter(sink)

    def close(self) -> None:
        """See `Reader.close`."""
        self._raw.close()


def _names(row: Row, scanner: Scanner) -> list[str]:
    return [read_cell(row.raw[a:b], scanner.spelling, quoted=row.quoted) for a, b in row.cells]


def _parted(header: Sequence[str], text: str) -> str:
    """The delimiter to say, if the header has the column `text` with another."""
    for other in ";\t|,":
        if len(header) == 1 and text in (part.strip('"') for part in header[0].split(other)):
            return f"; parted by {other!r}? --delimiter {other!r}"
    return ""
