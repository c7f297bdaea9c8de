"""How an Arrow file or stream is written, so that it can be written again in the same way.

pyarrow does not tell the codec of what it reads; the header of a batch's message does. It, and the footer of a file
that says where the batches are, are flatbuffers (`Message.fbs` and `File.fbs` of the format), whose fields are found by
their numbers.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any, BinaryIO

# A file begins so, and ends so behind its footer and the footer's length.
MAGIC = b"ARROW1"
_LENGTH = struct.Struct("<i")
_CONTINUES = b"\xff\xff\xff\xff"
_VERSION, _BATCHES, _NOTES = 0, 3, 4  # of a footer
_HEADER, _COMPRESSION, _CODEC = 2, 3, 0  # of a message, of a batch in it, of its compression
_CODECS = ("lz4", "zstd")


def options(path: Path, file: bool) -> Any:
    """The options with which `pyarrow.ipc` writes as the file (or stream, if not `file`) at `path` is written.

    `path` holds Arrow data: a reader of pyarrow's was opened on it. Raises pyarrow's exceptions for damaged ones.
    """
    import pyarrow.ipc as ipc

    with path.open("rb") as raw:
        if file:
            version, message, legacy = _of_file(raw)
            known = ipc.MetadataVersion(version)
        else:
            legacy = raw.read(len(_CONTINUES)) != _CONTINUES
            raw.seek(0)
            message, known = b"", ipc.MetadataVersion.V5
            for found in ipc.MessageReader.open_stream(raw):
                known = found.metadata_version
                if found.type == "record batch":
                    message = found.metadata.to_pybytes()
                    break
    return ipc.IpcWriteOptions(metadata_version=known, use_legacy_format=legacy, compression=_codec(message))


def has_notes(path: Path) -> bool:
    """Whether the file (no stream) at `path`, as above, holds metadata of its own, besides those of its schema and batches."""
    with path.open("rb") as raw:
        footer, root = _footer(raw)
    notes = _pointed(footer, root, _NOTES)
    return bool(notes and _LENGTH.unpack_from(footer, notes)[0])


def _of_file(raw: BinaryIO) -> tuple[int, bytes, bool]:
    """The version of a file's metadata, its first batch's message ("" if it has none), and whether that is old-style.

    By the footer: not every writer puts a whole stream before it.
    """
    footer, root = _footer(raw)
    at = _field(footer, root, _VERSION)
    version = struct.unpack_from("<h", footer, at)[0] if at else 0
    blocks = _pointed(footer, root, _BATCHES)
    if not blocks or not _LENGTH.unpack_from(footer, blocks)[0]:
        return version, b"", False
    offset, length = struct.unpack_from("<qi", footer, blocks + _LENGTH.size)
    raw.seek(offset)
    message = raw.read(length)
    legacy = not message.startswith(_CONTINUES)
    return version, message[_LENGTH.size if legacy else 2 * _LENGTH.size :], legacy


def _footer(raw: BinaryIO) -> tuple[bytes, int]:
    """The footer of a file, and where in it its table stands."""
    raw.seek(-len(MAGIC) - _LENGTH.size, os.SEEK_END)
    end = raw.tell()
    (size,) = _LENGTH.unpack(raw.read(_LENGTH.size))
    raw.seek(end - size)
    footer = raw.read(size)
    return footer, _LENGTH.unpack_from(footer)[0]


def _codec(message: bytes) -> str | None:
    batch = _pointed(message, _LENGTH.unpack_from(message)[0], _HEADER) if message else 0
    compression = batch and _pointed(message, batch, _COMPRESSION)
    if not compression:
        return None
    at = _field(message, compression, _CODEC)
    return _CODECS[message[at] if at else 0]


def _field(data: bytes, table: int, number: int) -> int:
    """Where a field of the table at `table` stands; 0 if it has its default."""
    fields = table - int(_LENGTH.unpack_from(data, table)[0])
    (size,) = struct.unpack_from("<H", data, fields)
    slot = 4 + 2 * number
    offset = int(struct.unpack_from("<H", data, fields + slot)[0]) if slot < size else 0
    return table + offset if offset else 0


def _pointed(data: bytes, table: int, number: int) -> int:
    """Where the table or vector that a field points to stands; 0 if there is none."""
    at = _field(data, table, number)
    return at + int(_LENGTH.unpack_from(data, at)[0]) if at else 0
