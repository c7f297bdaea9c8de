"""gzip and zstd: streams in, whole members out.

Output is packed chunk by chunk, each a member of its own (both formats may be concatenated), so that chunks can be
packed by different processes and the bytes do not depend on how many there are.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from cleaner.distribution import installing
from cleaner.errors import InputError
from cleaner.formats.kind import Packing

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
# Packed bytes that are unpacked at a time. Four of them can hold 128 KiB, so this bounds memory to 32 MiB.
_ZSTD_STEP = 1 << 10


def unpacked(raw: BinaryIO, packing: Packing) -> BinaryIO:
    """A stream of the unpacked content of `raw`. Raises InputError if zstd is not installed."""
    if packing is Packing.GZIP:
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))
    if packing is Packing.ZSTD:
        return io.BufferedReader(_ZstdStream(raw), 1 << 20)
    return raw


def pack(data: bytes, packing: Packing) -> bytes:
    """`data` as one member of `packing`. The same bytes give the same result: no times, no names."""
    if packing is Packing.GZIP:
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    if packing is Packing.ZSTD:
        return cast("bytes", _zstandard().ZstdCompressor(level=_ZSTD_LEVEL).compress(data))
    return data


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what can go wrong while reading `path` into an InputError that names it."""
    try:
        yield
    except gzip.BadGzipFile as e:
        raise InputError(str(path), f"damaged gzip data ({e})") from e
    except OSError as e:
        raise InputError(str(path), e.strerror or str(e)) from e
    except (EOFError, zlib.error) as e:
        raise InputError(str(path), "damaged gzip data (it ends too early, or its content was changed)") from e
    except Exception as e:
        if type(e).__name__ == "ZstdError":
            raise InputError(str(path), f"damaged zstd data ({e})") from e
        raise


class _ZstdStream(io.RawIOBase):
    """The unpacked content of a zstd file of any number of frames.

    The package's own reader takes a file that ends within a frame for one that ends there, and so would lose its rest.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._package, self._raw = _zstandard(), raw
        self._unpacker = self._package.ZstdDecompressor()
        self._frame: Any = None
        self._packed = self._ready = b""

    def readable(self) -> bool:
        """It is read, not written."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See `io.RawIOBase.readinto`. Raises ZstdError if the file is damaged or ends too early."""
        while not self._ready:
            packed = self._packed or self._raw.read(_ZSTD_STEP)
            self._packed = b""
            if not packed:
                if self._frame:
                    raise self._package.ZstdError("it ends too early")
                return 0
            self._frame = self._frame or self._unpacker.decompressobj()
            self._ready = self._frame.decompress(packed)
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as e:
        raise InputError("zstd", f"files ending in .zst need the package zstandard: {installing('zstd')}") from e
    return zstandard
