"""Files of plain data that is dear to make again: where they may lie, who may have written them, how they are read.

A file that is torn, of another version or in the wrong hands is the same as none; so is a folder that cannot be
written. What the core looks lines up in is among the data, and other data could stop or fool the process: it is checked once, when
it was written, so the place is the defence. A file counts only where nobody can write who could not change the program too:
in a folder of the user's own, or beside the code.
"""

from __future__ import annotations

import os
import sys
from binascii import crc32

from cleaner.fast.plain_data import dumps, loads

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

# `hashlib` costs milliseconds at every start; this is the same function without its wrapper.
try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python implementation
    from hashlib import blake2b

_MAGIC = b"cleaner-cache 6\n"
_DIGEST = 16
# After the magic: the digest of the key, the checksum of the index and the table, and the sizes of index, table of sections, and file, eight bytes each.
_HEAD = len(_MAGIC) + _DIGEST + 4 * 8
# Of each section: its place, its size, and its checksum, with `_MAPPED` added if it is mapped.
_ENTRY = 3 * 8
_MAPPED = 1 << 32
# Where a mapped section may begin: so that numbers of any size stand where processors want them.
_ALIGNED = 64
_NAMES = ("rules-", "numbers-", "gates-", "seen-")  # none makes the third any more: what older versions left
_DAY = 86_400


def digest(data: bytes) -> bytes:
    """A short hash of `data` (16 bytes), equal only for equal data."""
    return blake2b(data, digest_size=_DIGEST).digest()


def _sum(data: bytes) -> bytes:
    """A checksum, against failing disks: who could write a file could write its checksum too."""
    return _bytes(crc32(data))


def directory() -> str:
    """The cache folder: `$CLEANER_CACHE`, or `cleaner` under the user's cache folder. It need not exist."""
    env = os.environ
    if env.get("CLEANER_CACHE"):
        return env["CLEANER_CACHE"]
    if sys.platform == "win32":
        base = env.get("LOCALAPPDATA") or os.path.expanduser("~\\AppData\\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = env.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "cleaner")


class Archive:
    """A stored file, opened: its index, and sections that are read when they are asked for.

    Attributes:
        index: the plain data that was stored beside the sections.
        again: makes all sections anew, should one be damaged (a failing disk); until it is set, damage is an error.
    """

    def __init__(self, descriptor: int, size: int, index: Any, table: bytes) -> None:
        self.index = index
        self.again: Callable[[], Sequence[Any]] | None = None
        self._descriptor, self._size, self._table = descriptor, size, table
        self._held: Sequence[Any] | None = None
        self._mapped: memoryview | None = None

    def section(self, number: int) -> Any:
        """One section's plain data, or the bytes that were given, as a view of the mapped file.

        Raises ValueError if the file is damaged there.
        """
        if self._held is None:
            try:
                return self._read(number)
            except (OSError, ValueError, EOFError, TypeError) as e:
                if self.again is None:
                    raise ValueError("damaged cache") from e
                self._held = self.again()
        return self._held[number]

    def _read(self, number: int) -> Any:
        entry = self._table[number * _ENTRY : (number + 1) * _ENTRY]
        at, size, checksum = _number(entry[:8]), _number(entry[8:16]), _number(entry[16:])
        if checksum >= _MAPPED:
            if at + size > self._size:
                raise ValueError("damaged cache")
            return self._map()[at : at + size]
        data = _read(self._descriptor, at, size, self._size)
        if crc32(data) != checksum:
            raise ValueError("damaged cache")
        return loads(data)

    def whole(self) -> bool:
        """Whether what is mapped is what was written: to be asked once, since it takes longer than a small run."""
        entries = [self._table[at : at + _ENTRY] for at in range(0, len(self._table), _ENTRY)]
        for at, size, checksum in [(_number(e[:8]), _number(e[8:16]), _number(e[16:])) for e in entries]:
            if checksum >= _MAPPED and crc32(self._map()[at : at + size]) != checksum % _MAPPED:
                return False
        return True

    def _map(self) -> memoryview:
        """The file in memory. Processes share it; nobody writes into it: a new one is made aside and takes its place."""
        if self._mapped is None:
            from mmap import ACCESS_READ, mmap  # late: what is not mapped can do without

            self._mapped = memoryview(mmap(self._descriptor, self._size, access=ACCESS_READ))
        return self._mapped

    def __del__(self, close: Callable[[int], None] = os.close) -> None:  # at the end of a process `os` may be gone
        close(self._descriptor)


class Held:
    """The same as an `Archive`, but held in memory: for want of a place to write to."""

    def __init__(self, index: Any, sections: Sequence[Any]) -> None:
        self.index, self._sections = index, sections

    def section(self, number: int) -> Any:
        """One section's plain data."""
        return self._sections[number]


def open_archive(name: str, key: bytes) -> Archive | None:
    """What was stored as `name` under the same `key` in the user's cache folder, or None."""
    folder = directory()
    try:
        return _opened(os.path.join(folder, name), key, _only_mine) if _only_mine(os.stat(folder)) else None
    except OSError:
        return None


def open_beside(code: str, name: str, key: bytes) -> Archive | None:
    """What was installed as `name` in the folder of the Python file `code`, and stored under the same `key`, or None."""
    try:
        like = os.stat(code)
        return _opened(os.path.join(os.path.dirname(code), name), key, lambda info: _as_safe(info, like))
    except OSError:
        return None


def write(path: str, key: bytes, index: Any, sections: Sequence[Any] = ()) -> None:
    """Write plain data (texts, bytes, numbers, None, tuples, lists, dicts of them) to `path`, under `key`.

    A section that is a `memoryview` of bytes is written as it is, to be mapped.

    The file appears whole or not at all, whoever else writes it at the same time. Raises OSError.
    """
    body = dumps(index)
    pieces, table = [], []
    at = _HEAD + len(body) + _ENTRY * len(sections)
    for section in sections:
        mapped = isinstance(section, memoryview)
        piece = section if mapped else dumps(section)
        if mapped:
            gap = -at % _ALIGNED
            pieces.append(bytes(gap))
            at += gap
        pieces.append(piece)
        table.append(_bytes(at) + _bytes(len(piece)) + _bytes(crc32(piece) + (_MAPPED if mapped else 0)))
        at += len(piece)
    temporary = f"{path}.{os.urandom(8).hex()}.tmp"  # not the process's number: two machines may share a folder
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(
                _MAGIC
                + digest(key)
                + _sum(body + b"".join(table))
                + b"".join(map(_bytes, (len(body), _ENTRY * len(table), at)))
            )
            file.writelines([body, *table])
            file.writelines(pieces)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def store(name: str, key: bytes, index: Any, sections: Sequence[Any] = ()) -> bool:
    """Keep plain data as `name` under `key` in the user's cache folder. Returns whether it could be written."""
    folder = directory()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _only_mine(os.stat(folder)):
            return False
        write(os.path.join(folder, name), key, index, sections)
    except OSError:
        return False
    return True


def sweep(now: float) -> None:
    """Take out of the cache folder what nobody has used for 60 days, and what a killed process left behind.

    Args:
        now: the time, in seconds since 1970.
    """
    try:
        for entry in os.scandir(directory()):
            info = entry.stat(follow_symlinks=False)
            most = 1 if entry.name.endswith(".tmp") else 60
            if entry.name.startswith(_NAMES) and max(info.st_atime, info.st_mtime) < now - most * _DAY:
                os.unlink(entry.path)
    except OSError:
        pass


def _opened(path: str, key: bytes, trusted: Callable[[os.stat_result], bool]) -> Archive | None:
    """The file at `path`, if it is of `key`, whole, and one that `trusted` takes."""
    # Not to wait for a writer, should a pipe have the file's name: it is no such file.
    flags = ("O_BINARY", "O_CLOEXEC", "O_NONBLOCK")
    descriptor = os.open(path, sum((getattr(os, flag, 0) for flag in flags), os.O_RDONLY))
    try:
        info = os.fstat(descriptor)
        head = _read(descriptor, 0, _HEAD, info.st_size)
        size, entries = _number(head[-24:-16]), _number(head[-16:-8])
        if not trusted(info) or not head.startswith(_MAGIC + digest(key)) or _number(head[-8:]) != info.st_size:
            raise ValueError("foreign, of another version, or torn")
        told = _read(descriptor, _HEAD, size + entries, info.st_size)
        if _sum(told) != head[-32:-24]:
            raise ValueError("damaged")
        return Archive(descriptor, info.st_size, loads(told[:size]), told[size:])
    except (OSError, ValueError, EOFError, TypeError):
        os.close(descriptor)
        return None


def _read(descriptor: int, at: int, size: int, whole: int) -> bytes:
    """`size` bytes from offset `at` of a file of `whole` bytes. Raises ValueError if there are fewer."""
    if at + size > whole:  # first: memory would be taken for all that a damaged number asks for
        raise ValueError("torn")
    if hasattr(os, "pread"):
        data = os.pread(descriptor, size, at)
    else:
        os.lseek(descriptor, at, os.SEEK_SET)
        data = os.read(descriptor, size)
    if len(data) != size:
        raise ValueError("torn")
    return data


def _bytes(number: int) -> bytes:
    return number.to_bytes(8, "little")


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _only_mine(info: os.stat_result) -> bool:
    """Whether nobody but the user can have written a file or folder. (Windows' user folders are private as such.)"""
    if not hasattr(os, "getuid"):
        return True
    return info.st_uid == os.getuid() and not info.st_mode & 0o022


def _as_safe(info: os.stat_result, like: os.stat_result) -> bool:
    """Whether a file is as hard to write as another is: the same owner, and no group that the other does not have."""
    others = 0o002 if like.st_mode & 0o020 and info.st_gid == like.st_gid else 0o022
    return info.st_uid == like.st_uid and not info.st_mode & others
