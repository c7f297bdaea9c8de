"""Files written aside and renamed: whoever looks sees the old file or the new one, never a part of one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleaner.disk.failing import writing
from cleaner.disk.lock import KNOWN, is_at, lock
from cleaner.errors import InputError

_FLAGS = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_PREFIX, _SUFFIX = ".cleaner-", ".part"


class Aside:
    """A new content for `path`, in a file beside it until `commit`.

    Args:
        path: the file to be. Its folder is made if it is not there.
        private: until it is in place, only its owner may read it; otherwise it is as readable as any new file.
        keep: go on with what an earlier, killed run wrote, cut to this many bytes.
        shown: how errors call the file, if not by `path`.

    Raises:
        InputError: the file beside it cannot be written, or another run is writing it.
    """

    def __init__(self, path: Path, private: bool = False, keep: int = 0, shown: Path | None = None) -> None:
        self.path, self.shown = path, shown or path
        self._mode = 0o600 if private else 0o666
        self.aside = beside(path)
        with writing(self.shown):
            try:
                descriptor = self._open(keep)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                descriptor = self._open(keep)
            self.file: BinaryIO = os.fdopen(descriptor, "r+b")
            if keep:
                self.file.truncate(keep)
                self.file.seek(keep)

    def _open(self, keep: int) -> int:
        """Open the file beside, locked: a new one, or with `keep` the one that is there."""
        while True:
            try:
                descriptor = os.open(self.aside, _FLAGS | (0 if keep else os.O_CREAT | os.O_EXCL), self._mode)
            except FileExistsError:
                if not _swept(self.aside):
                    raise InputError(str(self.shown), "another run is writing it") from None
                continue
            if not lock(descriptor):
                os.close(descriptor)
                raise InputError(str(self.shown), "another run is writing it")
            if is_at(descriptor, self.aside):
                return descriptor
            os.close(descriptor)  # another run put it in place, or swept it, before it was locked

    def commit(self, durable: bool = False) -> None:
        """Put the new content in place. `durable`: it must be on the disk before the old content goes."""
        self.flush(durable)
        with writing(self.shown):
            if KNOWN:  # the lock holds until it is in place
                self.aside.replace(self.path)
                self.file.close()
            else:
                self.file.close()
                self.aside.replace(self.path)

    def flush(self, durable: bool = False) -> None:
        """Hand everything that was written to the system; `durable`: to the disk. Raises InputError."""
        with writing(self.shown):
            self.file.flush()
            if durable:
                os.fsync(self.file.fileno())

    def discard(self) -> None:
        """Throw the new content away."""
        if KNOWN:
            self.aside.unlink(missing_ok=True)
        try:
            self.file.close()
        except OSError:
            pass  # what it could not write is not wanted any more
        if not KNOWN:
            self.aside.unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write a new content for `path` to, in place when the block ends, thrown away if it raises.

    Raises:
        InputError: as `Aside` does, or it cannot be put in place.
    """
    aside = Aside(path)
    try:
        yield aside.file
        aside.commit()
    except BaseException:
        aside.discard()
        raise


def put(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`. Raises InputError if it cannot be written."""
    with replacing(path) as file, writing(path):
        file.write(data)


def kept(path: Path) -> int:
    """How many bytes an earlier run wrote for `path` without putting them in place; -1 if there is no such file."""
    try:
        return beside(path).stat().st_size
    except OSError:
        return -1


def beside(path: Path) -> Path:
    """Where the content for `path` is written.

    The same name in every run, so that a later one takes over what a killed one left; of fixed length, since the file's
    own name may be as long as names can be.
    """
    return path.parent / f"{_PREFIX}{hashlib.sha1(os.fsencode(path.name)).hexdigest()[:20]}{_SUFFIX}"


def sweep(folder: Path) -> None:
    """Take out of `folder` (not of those in it) what killed runs wrote there and did not put in place."""
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in entries if e.name.startswith(_PREFIX) and e.name.endswith(_SUFFIX)]
    except OSError:
        return
    for name in names:
        try:
            _swept(folder / name, sure=True)
        except OSError:
            pass  # not ours to remove


def _swept(path: Path, sure: bool = False) -> bool:
    """Remove what a killed run wrote aside. Returns False if a living run is at it. Raises OSError."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        return True
    try:
        if not lock(descriptor, sure):
            return False
        if is_at(descriptor, path):
            path.unlink()
        return True
    finally:
        os.close(descriptor)
