"""A cache on disk for what is dear to make again: plain data only, in a folder that only the user can write to.

A file that is torn, old, foreign or in the wrong hands is the same as none; so is a folder that cannot be written.
"""

from __future__ import annotations

import marshal
import os
import sys

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# `hashlib` costs milliseconds at every start; this is the same function without its wrapper.
try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python implementation
    from hashlib import blake2b

_MAGIC = b"cleaner-cache 2\n"
_DIGEST = 16


def digest(data: bytes) -> bytes:
    """A short hash of `data` (16 bytes), equal only for equal data."""
    return blake2b(data, digest_size=_DIGEST).digest()


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
    """

    def __init__(self, descriptor: int, base: int, index: Any, places: list[tuple[int, int, bytes]]) -> None:
        self.index = index
        self._descriptor, self._base, self._places = descriptor, base, places

    def section(self, number: int) -> Any:
        """One section's plain data. Raises ValueError if the file is damaged there."""
        at, size, check = self._places[number]
        data = _read(self._descriptor, self._base + at, size)
        if digest(data) != check:
            raise ValueError("damaged cache")
        return marshal.loads(data)

    def __del__(self) -> None:
        os.close(self._descriptor)


class Held:
    """The same as an `Archive`, but held in memory: for want of a place to write to."""

    def __init__(self, index: Any, sections: Sequence[Any]) -> None:
        self.index, self._sections = index, sections

    def section(self, number: int) -> Any:
        """One section's plain data."""
        return self._sections[number]


def open_archive(name: str, key: bytes) -> Archive | None:
    """What was stored as `name` under the same `key`, or None."""
    descriptor = -1
    try:
        if not _only_mine(os.stat(directory())):
            return None
        descriptor = os.open(os.path.join(directory(), name), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        if not _only_mine(os.fstat(descriptor)):
            raise ValueError("not ours")
        head = _MAGIC + digest(key)
        start = _read(descriptor, 0, len(head) + _DIGEST + 8)
        size = int.from_bytes(start[-8:], "little")
        if not start.startswith(head):
            raise ValueError("of another version")
        body = _read(descriptor, len(start), size)
        if digest(body) != start[len(head) : -8]:
            raise ValueError("damaged")
        index, places = marshal.loads(body)
        return Archive(descriptor, len(start) + size, index, places)
    except (OSError, ValueError, EOFError, TypeError):
        if descriptor >= 0:
            os.close(descriptor)
        return None


def store(name: str, key: bytes, index: Any, sections: Sequence[Any] = ()) -> bool:
    """Keep plain data (texts, numbers, None, tuples, lists, dicts of them) as `name` under `key`.

    The file appears whole or not at all, whoever else writes it at the same time. Returns whether it could be written.
    """
    folder = directory()
    temporary = os.path.join(folder, f"{name}.{os.getpid()}.tmp")
    pieces, places, at = [], [], 0
    for section in sections:
        piece = marshal.dumps(section, 2)
        pieces.append(piece)
        places.append((at, len(piece), digest(piece)))
        at += len(piece)
    body = marshal.dumps((index, places), 2)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _only_mine(os.stat(folder)):
            return False
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(_MAGIC + digest(key) + digest(body) + len(body).to_bytes(8, "little") + body)
            file.writelines(pieces)
        os.replace(temporary, os.path.join(folder, name))
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            pass
        return False
    return True


def _read(descriptor: int, at: int, size: int) -> bytes:
    """`size` bytes from offset `at`. Raises ValueError if there are fewer."""
    os.lseek(descriptor, at, os.SEEK_SET)
    data = os.read(descriptor, size)
    if len(data) != size:
        raise ValueError("torn")
    return data


def _only_mine(info: os.stat_result) -> bool:
    """Whether nobody but the user can have written a file or folder. (Windows' user folders are private as such.)"""
    if not hasattr(os, "getuid"):
        return True
    return info.st_uid == os.getuid() and not info.st_mode & 0o022
