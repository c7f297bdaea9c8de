"""JSON lines: the text's value is replaced where it stands; the rest of the line stays to the byte."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import CHUNK, MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record
from cleaner.jsontext import ObjectLine, add_fields, read_object

# So much of a line tells whether it is an object; records are longer only if they are.
_LOOK = 1 << 20
# By the first character of what is no JSON lines, though it may be JSON.
_NO_LINES = {
    b"[": "is a JSON array, not one object a line; jq -c '.[]' writes it so",
    b"{": "is JSON, but not one object a line; jq -c . writes it so",
}


def no_lines(path: Path, packing: Packing) -> str:
    """Why the file at `path` is not JSON lines, and what helps; empty if its first line that is not blank is an object.

    A file of blank lines is one of no records.

    Raises:
        InputError: it cannot be read.
    """
    with reading(path), path.open("rb") as raw:
        stream = unpacked(raw, packing)
        line = stream.readline(_LOOK).removeprefix(codecs.BOM_UTF8)
        while line.isspace():
            line = stream.readline(_LOOK)
    begin = line.lstrip()[:1]
    if not line or (begin == b"{" and len(line) == _LOOK and not line.endswith(b"\n")):
        return ""
    try:
        read_object(line.decode())
    except ValueError:
        return _NO_LINES.get(begin, "its first line is no JSON object: not JSON lines")
    return ""


@dataclass(frozen=True, slots=True)
class JsonLinesChunk:
    """Whole lines of a file, of which the first is number `first` (from 1)."""

    name: str
    first: int
    data: bytes
    packing: Packing
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for number, line in enumerate(self.data.split(b"\n"), self.first):
            try:
                found = self._read(number, line, lambda _name, _why: None)
            except ValueError:
                continue
            if found:
                yield from self._records(number, found)

    def rewrite(self, clean: Clean, fail: Fail) -> bytes:
        """See `Chunk.rewrite`."""
        out = []
        lines = self.data.split(b"\n")
        for number, line in enumerate(lines, self.first):
            try:
                found = self._read(number, line, fail)
            except ValueError as e:
                fail(f"{self.name}:{number}", str(e))
                found = None
            new = self._rewritten(number, found, clean) if found else line
            if new is not None:  # a line that is dropped takes its line feed with it
                out.append(new + (b"\n" if number < self.first + len(lines) - 1 else b""))
        return pack(b"".join(out), self.packing)

    def _rewritten(self, number: int, line: ObjectLine, clean: Clean) -> bytes | None:
        """The line with its texts cleaned; None if it is dropped."""
        losses = self.fields.losses
        cleaned = clean(self._records(number, line))
        if losses.drops(cleaned.share):
            return None
        return add_fields(line.with_bodies(cleaned.bodies), losses.added(cleaned.share)).encode()

    def _records(self, number: int, line: ObjectLine) -> list[Record]:
        row = f"{self.name}:{number}"
        return [self.fields.record(row, field, place, text, line.data) for field, place, text in line.texts]

    def _read(self, number: int, line: bytes, fail: Fail) -> ObjectLine | None:
        """The object in a line; None if the line is blank. Raises ValueError as `ObjectLine` does."""
        if not line or line.isspace():
            return None
        try:
            decoded = line.decode()
        except UnicodeDecodeError as e:
            raise ValueError("not UTF-8") from e
        fields = self.fields
        return ObjectLine(decoded, fields.texts, fields.losses.names, lambda why: fail(f"{self.name}:{number}", why))


class JsonLinesReader:
    """Reads whole lines, some megabytes at a time.

    Args:
        path, name, packing, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, packing: Packing, fields: Fields) -> None:
        self._path, self._name, self._packing, self._fields = path, name, packing, fields
        self._line, self._offset = 1, 0
        self._new = True
        self.position = 0
        with reading(path):
            self._raw = path.open("rb")
            self._stream = unpacked(self._raw, packing)

    @property
    def checkpoint(self) -> tuple[int, int]:
        """How far it read: the number of the next line, and the offset of its first byte when unpacked."""
        return self._line, self._offset

    def go_on(self, line: int, offset: int) -> None:
        """Skip to a `checkpoint` of an earlier reader of the same file."""
        with reading(self._path):
            if self._packing is Packing.NONE:
                self._stream.seek(offset)
            else:
                left = offset
                while left and (data := self._stream.read(min(left, CHUNK))):
                    left -= len(data)
        self._line, self._offset, self._new = line, offset, False

    def __iter__(self) -> Iterator[JsonLinesChunk]:
        """See `Reader.__iter__`."""
        while True:
            with reading(self._path):
                data = self._stream.read(CHUNK)
                if data and not data.endswith(b"\n"):
                    data += self._stream.readline(MAX_RECORD)
                self.position = self._raw.tell()
            # What is packed, and empty, is written as such: no bytes at all would be no file of its packing.
            if not data and not (self._new and self.position):
                return
            self._new = False
            if len(data) > MAX_RECORD:
                raise InputError(str(self._path), f"line {self._line + data.count(10)} is over {MAX_RECORD >> 20} MiB")
            chunk = JsonLinesChunk(self._name, self._line, data, self._packing, self._fields)
            self._line += data.count(10)
            self._offset += len(data)
            yield chunk

    def writer(self, sink: BinaryIO) -> BytesWriter:
        """See `Reader.writer`."""
        return BytesWriter(sink)

    def close(self) -> None:
        """See `Reader.close`."""
        self._raw.close()
