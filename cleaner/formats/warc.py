"""WARC and WET: the text of `conversion` records is replaced, lengths and digests with it; all other records stay.

A packed WARC has one gzip member a record, so that each can be found by its offset. It comes out so.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.members import gzip_members
from cleaner.formats.packing import pack, reading
from cleaner.formats.record import MAX_RECORD, BytesWriter, Clean, Fail, Fields, Record
from cleaner.formats.warc_record import WarcRecord, parsed, warcio

# Bytes of a chunk, as they lie in the file: a quarter of the text that they hold, if packed.
_CHUNK = 1 << 20
# Bytes of a record's headers; more is none.
_MOST_HEADERS = 1 << 20


@dataclass(frozen=True, slots=True)
class WarcChunk:
    """Whole records as they lie in the file, of which the first is number `first` (from 1)."""

    name: str
    first: int
    raws: tuple[bytes, ...]
    packing: Packing
    fields: Fields

    def records(self) -> Iterator[Record]:
        """See `Chunk.records`."""
        for number, raw in enumerate(self.raws, self.first):
            try:
                found = self._text(number, raw)
            except ValueError:
                continue
            if found:
                yield found[0]

    def rewrite(self, clean: Clean, fail: Fail) -> bytes:
        """See `Chunk.rewrite`."""
        out = []
        for number, raw in enumerate(self.raws, self.first):
            try:
                if found := self._text(number, raw):
                    record, whole = found
                    cleaned = clean([record])
                    if self.fields.losses.drops(cleaned.share):
                        continue
                    (body,) = cleaned.bodies
                    if body != record.text:
                        raw = pack(whole.with_block(body.encode()), self.packing)
            except ValueError as e:
                fail(f"{self.name}:{number}", str(e))
            out.append(raw)
        return b"".join(out)

    def _text(self, number: int, raw: bytes) -> tuple[Record, WarcRecord] | None:
        """The text in a record, and the record; None if it holds none. Raises ValueError with the reason."""
        if self.packing is Packing.GZIP:
            if not raw.strip(b"\0"):
                return None  # padding, see `gzip_members`
            raw = zlib.decompress(raw, wbits=31)
        whole = parsed(raw)
        if whole is None or not whole.is_text:
            return None
        try:
            text = whole.block.decode()
        except UnicodeDecodeError as e:
            raise ValueError("not UTF-8") from e
        fields: dict[str, Any] = dict(whole.headers)
        fields.setdefault(self.fields.url, whole.uri)
        return Record(f"{self.name}:{number}", text, fields), whole


class WarcReader:
    """Reads whole records, some megabytes at a time.

    Args:
        path, name, packing, fields: see `open_reader`.
    """

    def __init__(self, path: Path, name: str, packing: Packing, fields: Fields) -> None:
        self._path, self._name, self._packing, self._fields = path, name, packing, fields
        self._number = 1
        self.position = 0
        if fields.losses.names:
            raise InputError(
                str(path), f"a WARC record has no field {fields.losses.names[0]!r}; --report tells the share"
            )
        if packing not in (Packing.NONE, Packing.GZIP):
            raise InputError(str(path), f"WARC packed as {packing} is not read; only as gzip, a member a record")
        warcio()
        with reading(path):
            self._raw = path.open("rb")

    @property
    def checkpoint(self) -> tuple[int, int]:
        """How far it read: the number of the next record, and the offset of its first byte in the file."""
        return self._number, self.position

    def go_on(self, line: int, offset: int) -> None:
        """Skip to a `checkpoint` of an earlier reader of the same file."""
        with reading(self._path):
            self._raw.seek(offset)
        self._number, self.position = line, offset

    def __iter__(self) -> Iterator[WarcChunk]:
        """See `Reader.__iter__`."""
        held: list[bytes] = []
        size = 0
        records = self._members() if self._packing is Packing.GZIP else self._records()
        while True:
            with reading(self._path):
                raw = next(records, None)
            if raw is not None:
                held.append(raw)
                size += len(raw)
            if held and (raw is None or size >= _CHUNK):
                chunk = WarcChunk(self._name, self._number, tuple(held), self._packing, self._fields)
                self._number += len(held)
                self.position += size
                yield chunk
                held, size = [], 0
            if raw is None:
                return

    def _members(self) -> Iterator[bytes]:
        """The records of a packed file, as they lie there."""
        for number, (raw, content) in enumerate(gzip_members(self._raw, MAX_RECORD), self._number):
            try:
                _check(parsed(content))
            except ValueError as e:
                raise InputError(str(self._path), f"record {number}: {e}") from e
            yield raw

    def _records(self) -> Iterator[bytes]:
        """The records of a file that is not packed."""
        number = self._number
        line = self._raw.readline(_MOST_HEADERS)
        while line:
            head, size = [line], len(line)
            while line.strip(b"\r\n") and size < _MOST_HEADERS:
                line = self._raw.readline(_MOST_HEADERS)
                head.append(line)
                size += len(line)
            try:
                record = parsed(b"".join(head))
                if record and record.length > MAX_RECORD:
                    raise ValueError(f"is over {MAX_RECORD >> 20} MiB")
                head.append(self._raw.read(record.length if record else 0))
                while (line := self._raw.readline(MAX_RECORD)) and not line.strip(b"\r\n"):
                    head.append(line)
                raw = b"".join(head)
                _check(parsed(raw + line[:5]), b"WARC/" if line else b"")
            except ValueError as e:
                raise InputError(str(self._path), f"record {number}: {e}") from e
            yield raw
            number += 1

    def writer(self, sink: BinaryIO) -> BytesWriter:
        """See `Reader.writer`."""
        return BytesWriter(sink)

    def close(self) -> None:
        """See `Reader.close`."""
        self._raw.close()


def _check(record: WarcRecord | None, after: bytes = b"") -> None:
    """Raise ValueError if the block of `record` is torn, or is followed by anything but blank lines and `after`."""
    if record is None:
        return
    if len(record.block) < record.length:
        raise ValueError("ends too early, or is not as long as its Content-Length")
    rest = record.rest.strip(b"\r\n")
    if rest.startswith(b"WARC/") and not after:
        raise ValueError("several records in one gzip member; 'warcio recompress' parts them")
    if rest != after:
        raise ValueError("is longer than its Content-Length")
