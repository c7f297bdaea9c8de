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

from cleaner.errors import InputError
from cleaner.formats.kind import Packing

_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


def unpacked(raw: BinaryIO, packing: Packing) -> BinaryIO:
    """A stream of the unpacked content of `raw`. Raises InputError if zstd is not installed."""
    if packing is Packing.GZIP:
        return cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))
    if packing is Packing.ZSTD:
        stream = _zstandard().ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
        return io.BufferedReader(stream, 1 << 20)
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


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as e:
        raise InputError("zstd", "files ending in .zst need the package zstandard: pip install 'cleaner[zstd]'") from e
    return zstandard
