"""JSON lines: the text's value is replaced where it stands; the rest of the line stays to the byte."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import CHUNK, MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record
from cleaner.jsontext import add_fields, keys_of, replace_texts, texts_in

# So much of a line tells whether it is an object; records are longer only if they are.
_LOOK = 1 << 20
# The keys that lead to a field, and the texts in it.
_Texts = tuple[tuple[str, ...], list[Record]]


def is_json_lines(path: Path, packing: Packing) -> bool:
    """Whether the first line of the file at `path` that is not blank is a JSON object, or there is none.

    Raises:
        InputError: it cannot be read.
    """
    with reading(path), path.open("rb") as raw:
        stream = unpacked(raw, packing)
        line = stream.readline(_LOOK).removeprefix(codecs.BOM_UTF8)
        while line.isspace():
            line = stream.readline(_LOOK)
    if not line:
        return True
    if len(line) == _LOOK and not line.endswith(b"\n"):
        return line.lstrip().startswith(b"{")
    try:
        return isinstance(json.loads(line.decode()), dict)
    except (ValueError, RecursionError):
        return False


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
            for _, records in found[1] if found else ():
                yield from records

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
            new = self._rewritten(*found, clean) if found else line
            if new is not None:  # a line that is dropped takes its line feed with it
                out.append(new + (b"\n" if number < self.first + len(lines) - 1 else b""))
        return pack(b"".join(out), self.packing)

    def _rewritten(self, line: str, fields: list[_Texts], clean: Clean) -> bytes | None:
        """The object `line` with its texts, which `fields` hold, cleaned; None if it is dropped."""
        cleaned = clean([record for _, records in fields for record in records])
        if self.fields.losses.drops(cleaned.share):
            return None
        bodies = iter(cleaned.bodies)
        changes = []
        for keys, records in fields:
            new = {
                i: body for i, (record, body) in enumerate(zip(records, bodies, strict=False)) if body != record.text
            }
            if new:
                changes.append((keys, new))
        if changes:
            line = replace_texts(line, changes)
        return add_fields(line, self.fields.losses.added(cleaned.share)).encode()

    def _read(self, number: int, line: bytes, fail: Fail) -> tuple[str, list[_Texts]] | None:
        """A line decoded, and for each field with texts its keys and its texts; None if the line is blank.

        Raises:
            ValueError: it is no object, lacks the field, or has one that is to be added, with the reason. (Of several
                fields, one that lacks is named to `fail`.)
        """
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
        for name in self.fields.losses.names:
            if name in data:
                raise ValueError(f"there is a field {name!r} already; choose another name")
        row = f"{self.name}:{number}"
        found = []
        for field in self.fields.texts:
            try:
                texts = list(texts_in(data, field))
            except ValueError as e:
                if not self.fields.more:
                    raise
                fail(row, str(e))
                continue
            records = [self.fields.record(row, field, place, text, data) for place, text in texts]
            found.append((keys_of(data, field), records))
        return decoded, found


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
