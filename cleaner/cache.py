"""A cache on disk for what is dear to make again: plain data only, in a folder that only the user can write to.

A file that is torn, old, foreign or in the wrong hands is the same as none; so is a folder that cannot be written.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from typing import Any

# `hashlib` costs milliseconds at every start; this is the same function without its wrapper.
try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - another Python implementation
    from hashlib import blake2b

_MAGIC = b"cleaner-cache 1\n"
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


def load(name: str, key: bytes) -> Any:
    """What was stored as `name` under the same `key`, or None."""
    path = os.path.join(directory(), name)
    try:
        if not _only_mine(os.stat(directory())):
            return None
        with open(path, "rb") as file:
            if not _only_mine(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    head = _MAGIC + digest(key)
    body = memoryview(data)[len(head) + _DIGEST :]
    if not data.startswith(head) or data[len(head) : len(head) + _DIGEST] != digest(body):
        return None
    try:
        return marshal.loads(body)
    except (EOFError, ValueError, TypeError):
        return None


def store(name: str, key: bytes, value: Any) -> None:
    """Keep `value` (texts, numbers, tuples, lists, dicts of them) as `name` under `key`, if the folder allows it.

    The file appears whole or not at all, whoever else writes it at the same time.
    """
    folder = directory()
    temporary = os.path.join(folder, f"{name}.{os.getpid()}.tmp")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _only_mine(os.stat(folder)):
            return
        body = marshal.dumps(value, 2)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(_MAGIC + digest(key) + digest(body) + body)
        os.replace(temporary, os.path.join(folder, name))
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            pass


def _only_mine(info: os.stat_result) -> bool:
    """Whether nobody but the user can have written a file or folder. (Windows' user folders are private as such.)"""
    if not hasattr(os, "getuid"):
        return True
    return info.st_uid == os.getuid() and not info.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
