"""Text files: bytes to text and back, to the byte."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.packing import pack, reading, unpacked
from cleaner.formats.record import MAX_RECORD
from cleaner.signature import refused, wide

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class TextFile:
    """One text, with what is needed to write another in its stead.

    Attributes:
        text: the content, without a byte order mark.
        bom: the byte order mark, or nothing.
        encoding: its codec.
        packing: how it was compressed.
        size: bytes of the file as it was read.
    """

    text: str
    bom: bytes
    encoding: str
    packing: Packing
    size: int

    def encode(self, body: str) -> bytes:
        """`body` as this file's bytes: encoded and packed in the same way."""
        return pack(self.bom + body.encode(self.encoding), self.packing)


def decode(data: bytes) -> tuple[str, bytes, str]:
    """Text, byte order mark and codec of `data`: UTF-8, or what the byte order mark says.

    Raises:
        ValueError: the data is no text, with the reason.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), bom, encoding
            except UnicodeDecodeError as e:
                raise ValueError(f"damaged {encoding} text ({e.reason})") from e
    try:
        return data.decode("utf-8"), b"", "utf-8"
    except UnicodeDecodeError as e:
        raise ValueError(f"not UTF-8: byte 0x{data[e.start]:02x} at offset {e.start}") from e


def read_text(path: Path, packing: Packing = Packing.NONE) -> TextFile:
    """Read the text file at `path`. Raises InputError if it cannot be read, is no text, or is larger than 256 MiB."""
    with reading(path), path.open("rb") as raw:
        data = unpacked(raw, packing).read(MAX_RECORD + 1)
        size = raw.tell()
    if len(data) > MAX_RECORD:
        raise InputError(str(path), f"larger than {MAX_RECORD >> 20} MiB: not one article")
    if not wide(data) and (reason := refused(data)):
        raise InputError(str(path), reason)
    try:
        text, bom, encoding = decode(data)
    except ValueError as e:
        raise InputError(str(path), str(e)) from e
    return TextFile(text, bom, encoding, packing, size)
