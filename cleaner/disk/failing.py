"""Errors of writing: what the system says becomes one line with the file's name, and what ends a run is told apart."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.errors import ConfigError, InputError

# After these every further output would fail too.
_FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class DiskError(InputError):
    """The disk takes nothing more: the run must stop."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what can go wrong while writing `path` into an InputError that names it; a DiskError if all is over."""
    try:
        yield
    except OSError as e:
        cls = DiskError if e.errno in _FATAL else InputError
        raise cls(str(path), f"cannot be written: {e.strerror or e}") from e


@contextmanager
def database(path: Path | str) -> Iterator[None]:
    """The same for an SQLite file. Raises ConfigError if another run holds it."""
    import sqlite3  # late: a file written in its own place needs no database

    try:
        yield
    except sqlite3.OperationalError as e:
        if "locked" in str(e):
            raise ConfigError(f"{path}: another run is writing there") from e
        raise DiskError(str(path), f"cannot be written: {e}") from e
    except sqlite3.DatabaseError as e:
        raise InputError(str(path), f"is damaged, or no file of cleaner's: {e}") from e
