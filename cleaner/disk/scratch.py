"""Temporary folders: gone when their run is, and if it was killed, when the next one begins."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.disk.failing import writing
from cleaner.disk.lock import KNOWN, lock

_PREFIX = "cleaner-scratch-"
# An empty folder may be one that its run has not locked yet (seconds); one that was locked holds this.
_FRESH = 60.0
_LOCKED = ".locked"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of this run's own. Raises InputError if there is no place for one."""
    with writing(Path(tempfile.gettempdir())):
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    descriptor = os.open(folder, os.O_RDONLY) if KNOWN else -1
    try:
        if KNOWN:
            lock(descriptor)
            (folder / _LOCKED).touch()
        _sweep(folder.parent)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if KNOWN:
            os.close(descriptor)


def _sweep(place: Path) -> None:
    """Remove the folders of this user's killed runs."""
    if not KNOWN:
        return
    for folder in place.glob(f"{_PREFIX}*"):
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            continue  # another user's, or gone
        try:
            info = os.fstat(descriptor)
            fresh = time.time() - info.st_mtime < _FRESH and not any(folder.iterdir())
            if info.st_uid == os.getuid() and not fresh and lock(descriptor, sure=True):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            pass
        finally:
            os.close(descriptor)
