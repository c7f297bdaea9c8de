"""Compression: streams in, whole members out.

Output is packed chunk by chunk, each a member of its own (all formats may be concatenated), so that chunks can be
packed by different processes and the bytes do not depend on how many there are.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from cleaner.errors import InputError
from cleaner.formats.kind import Packing
from cleaner.formats.members import DamagedError, Members, lz4_frame, zstandard

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


def unpacked(raw: BinaryIO, packing: Packing) -> BinaryIO:
    """A stream of the unpacked content of `raw`. Raises InputError if what the packing needs is not installed."""
    if packing is Packing.NONE:
        return raw
    return io.BufferedReader(Members(raw, packing), 1 << 20)


def pack(data: bytes, packing: Packing) -> bytes:
    """`data` as one member of `packing`. The same bytes give the same result: no times, no names."""
    if packing is Packing.GZIP:
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    if packing is Packing.ZSTD:
        return cast("bytes", zstandard().ZstdCompressor(level=_ZSTD_LEVEL).compress(data))
    if packing is Packing.BZIP2:
        return bz2.compress(data)
    if packing is Packing.XZ:
        return lzma.compress(data)
    if packing is Packing.LZ4:
        return cast("bytes", lz4_frame().compress(data, content_checksum=True))
    return data


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what can go wrong while reading `path` into an InputError that names it."""
    try:
        yield
    except DamagedError as e:
        raise InputError(str(path), str(e)) from e
    except OSError as e:
        raise InputError(str(path), e.strerror or str(e)) from e
