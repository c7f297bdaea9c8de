"""Who is at a file: a lock that the system takes back when its process dies, however it dies."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there nobody is told apart, and nothing of a dead run's is cleared away
    fcntl = None  # type: ignore[assignment]

KNOWN = fcntl is not None


def lock(descriptor: int, sure: bool = False) -> bool:
    """Take the lock of an open file or folder until it is closed. Returns False if another process has it.

    Where there are no locks (some file systems of networks, Windows) everybody gets it, unless they must be `sure`.
    """
    if not KNOWN:
        return not sure
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return not sure
    return True


def is_at(descriptor: int, path: Path) -> bool:
    """Whether the open file is (still) the one called `path`: another process may have renamed or removed it."""
    try:
        there = path.lstat()
    except OSError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)
