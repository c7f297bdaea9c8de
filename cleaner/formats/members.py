"""Compressed files as streams: members one after another (gzip calls them so; zstd and lz4 frames, xz streams).

The readers of the standard library take what follows the last whole member for padding, and zstd's takes a file that
ends within a frame for one that ends there. Here every byte belongs to a member or to zero padding, or is named.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from cleaner.distribution import installing
from cleaner.errors import InputError
from cleaner.formats.kind import Packing

# Packed bytes that are read at a time.
_STEP = 1 << 16
# Of zstd, whose package unpacks all that it is given at once: four bytes can hold 128 KiB, so this bounds memory to 32 MiB.
_ZSTD_STEP = 1 << 10
# Unpacked bytes that are held at a time, by the others.
_HELD = 1 << 20
# `zstd --long=31`, as large public dumps are packed. Memory is taken as the data fill the window.
_ZSTD_WINDOW = 1 << 31
_GZIP_WINDOW = 31  # with gzip's header and checksum
_PADDED = (Packing.GZIP, Packing.XZ)
_CALLED = {Packing.GZIP: "gzip", Packing.ZSTD: "zstd", Packing.BZIP2: "bzip2", Packing.XZ: "xz", Packing.LZ4: "lz4"}


class DamagedError(Exception):
    """Packed data that cannot be unpacked, or not within bounds; says why."""


class Members(io.RawIOBase):
    """The unpacked content of a file of any number of members.

    Args:
        raw: the packed file, from the begin of a member on.
        packing: how it is packed.

    Raises:
        InputError: a package that the packing needs is not installed.
    """

    def __init__(self, raw: BinaryIO, packing: Packing) -> None:
        self._raw, self._packing = raw, packing
        self._new = _unpackers(packing)
        self._member: Any = None
        self._packed = self._ready = b""
        self._step = _ZSTD_STEP if packing is Packing.ZSTD else _STEP
        self._any = False

    def readable(self) -> bool:
        """It is read, not written."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See `io.RawIOBase.readinto`. Raises DamagedError if the file is damaged or ends too early."""
        while not self._ready:
            if not self._packed and not self._hungry():
                self._packed = b""
            elif not self._packed:
                self._packed = self._raw.read(self._step)
                if not self._packed:
                    if self._member:
                        raise DamagedError(f"damaged {_CALLED[self._packing]} data (it ends too early)")
                    return 0
            self._unpack()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _hungry(self) -> bool:
        """Whether the member under way gives nothing more without more input."""
        return self._member is None or getattr(self._member, "needs_input", True)

    def _unpack(self) -> None:
        if self._member is None:
            if self._any and self._packing in _PADDED:
                self._packed = self._packed.lstrip(b"\0")
                if not self._packed:
                    return
            self._member, self._any = self._new(), True
        packed, self._packed = self._packed, b""
        try:
            if self._packing is Packing.ZSTD:
                self._ready = self._member.decompress(packed)
            else:
                self._ready = self._member.decompress(packed, _HELD)
        except MemoryError:
            raise
        except Exception as e:  # each package has errors of its own
            raise DamagedError(_told(self._packing, e)) from e
        if self._member.eof:
            self._packed, self._member = self._member.unused_data or b"", None
        elif self._packing is Packing.GZIP:
            self._packed = self._member.unconsumed_tail


def gzip_members(raw: BinaryIO, most: int) -> Iterator[tuple[bytes, bytes]]:
    """The members of a gzip file, packed and unpacked. Zero padding is handed on as a member that holds nothing.

    Raises:
        DamagedError: the file is damaged, ends too early, or a member holds more than `most` bytes.
    """
    held = raw.read(_STEP)
    while held:
        member, packed, content, size = zlib.decompressobj(_GZIP_WINDOW), bytearray(), [], 0
        padding = len(held) - len(held.lstrip(b"\0"))
        if padding:
            yield held[:padding], b""
            held = held[padding:] or raw.read(_STEP)
            continue
        while not member.eof:
            if not held:
                raise DamagedError("damaged gzip data (it ends too early)")
            try:
                content.append(member.decompress(held))
            except zlib.error as e:
                raise DamagedError(_told(Packing.GZIP, e)) from e
            packed += held[: len(held) - len(member.unused_data)]
            held = member.unused_data or raw.read(_STEP)
            size += len(content[-1])
            if size > most:
                raise DamagedError(f"a record is over {most >> 20} MiB")
        yield bytes(packed), b"".join(content)


def _told(packing: Packing, error: Exception) -> str:
    if "ictionary" in str(error) and packing is Packing.ZSTD:
        return "zstd data that need a dictionary, which is not in the file"
    if "not enough memory" in str(error):
        return f"{_CALLED[packing]} data that need more memory than there is"
    return f"damaged {_CALLED[packing]} data ({error})"


def _unpackers(packing: Packing) -> Callable[[], Any]:
    """What makes an unpacker of one member."""
    if packing is Packing.ZSTD:
        decompressor = zstandard().ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        return lambda: decompressor.decompressobj()
    if packing is Packing.LZ4:
        frame = lz4_frame()
        return lambda: frame.LZ4FrameDecompressor()
    if packing is Packing.BZIP2:
        return bz2.BZ2Decompressor
    if packing is Packing.XZ:
        return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ)
    return lambda: zlib.decompressobj(_GZIP_WINDOW)


def zstandard() -> Any:
    """The package zstandard. Raises InputError with the command that installs it."""
    try:
        import zstandard
    except ImportError as e:
        raise InputError("zstd", f"files ending in .zst need the package zstandard: {installing('zstd')}") from e
    return zstandard


def lz4_frame() -> Any:
    """The module lz4.frame. Raises InputError with the command that installs it."""
    try:
        import lz4.frame
    except ImportError as e:
        raise InputError("lz4", f"files ending in .lz4 need the package lz4: {installing('lz4')}") from e
    return lz4.frame
