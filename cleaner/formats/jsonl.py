"""JSON lines: the text's value is replaced where it stands; the rest of the line stays to the byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import CHUNK, MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record
from cleaner.jsontext import replace_text


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
                record = self._record(number, line)
            except ValueError:
                continue
            if record:
                yield record[0]

    def rewrite(self, clean: Clean, fail: Fail) -> bytes:
        """See `Chunk.rewrite`."""
        out = []
        for number, line in enumerate(self.data.split(b"\n"), self.first):
            try:
                record = self._record(number, line)
            except ValueError as e:
                fail(f"{self.name}:{number}", str(e))
                record = None
            if record:
                body = clean(record[0])
                if body != record[0].text:
                    line = replace_text(record[1], self.fields.text, body).encode()
            out.append(line)
        return pack(b"\n".join(out), self.packing)

    def _record(self, number: int, line: bytes) -> tuple[Record, str] | None:
        """The record on a line, and the line decoded; None if it holds no text. Raises ValueError with the reason."""
        if not line or line.isspace():
            return None
        try:
            decoded = line.decode()
        except UnicodeDecodeError as e:
            raise ValueError("not UTF-8") from e
        try:
            data = json.loads(decoded.removeprefix("\ufeff") if number == 1 else decoded)
        except RecursionError as e:
            raise ValueError("nested too deeply") from e
        except ValueError as e:
            raise ValueError(f"not JSON: {e}") from e
        if not isinstance(data, dict):
            raise ValueError("not a JSON object")
        text = data.get(self.fields.text, data)
        if text is data:
            raise ValueError(f"no field {self.fields.text!r}; it has: {', '.join(map(str, list(data)[:12]))}")
        if text is None:
            return None
        if not isinstance(text, str):
            raise ValueError(f"field {self.fields.text!r} is no text")
        return Record(f"{self.name}:{number}", text, data), decoded


class JsonLinesReader:
    """Reads whole lines, some megabytes at a time.

    Args:
        path, name, packing, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, packing: Packing, fields: Fields) -> None:
        self._path, self._name, self._packing, self._fields = path, name, packing, fields
        self._line, self._offset = 1, 0
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
        self._line, self._offset = line, offset

    def __iter__(self) -> Iterator[JsonLinesChunk]:
        """See `Reader.__iter__`."""
        while True:
            with reading(self._path):
                data = self._stream.read(CHUNK)
                if data and not data.endswith(b"\n"):
                    data += self._stream.readline(MAX_RECORD)
                self.position = self._raw.tell()
            if not data:
                return
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
