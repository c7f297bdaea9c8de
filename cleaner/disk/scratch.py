"""Temporary folders: gone when their run is, and if it was killed, when the next one begins."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cleaner.disk.failing import writing
from cleaner.disk.lock import KNOWN, is_at, lock

_PREFIX = "cleaner-scratch-"


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of this run's own. Raises InputError if there is no place for one."""
    with writing(Path(tempfile.gettempdir())):
        folder, descriptor = _made()
    try:
        _sweep(folder.parent)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if KNOWN:
            os.close(descriptor)


def _made() -> tuple[Path, int]:
    """A new folder, and the descriptor that holds its lock. Another run may take one that is not locked yet for a dead run's."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        if not KNOWN:
            return folder, -1
        try:
            descriptor = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        if lock(descriptor) and is_at(descriptor, folder):
            return folder, descriptor
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
            if os.fstat(descriptor).st_uid == os.getuid() and lock(descriptor, sure=True):
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            pass
        finally:
            os.close(descriptor)
