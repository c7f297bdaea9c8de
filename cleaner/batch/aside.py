"""Files written aside and renamed: whoever looks sees the old file or the new one, never a part of one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from cleaner.disk import writing


class Aside:
    """A new content for `path`, in a file beside it until `commit`.

    Args:
        path: the file to be. Its folder is made if it is not there.
        mode: the permissions it gets; those of any new file by default.
        keep: go on with what an earlier, killed run wrote, cut to this many bytes.

    Raises:
        InputError: the file beside it cannot be written.
    """

    def __init__(self, path: Path, mode: int | None = None, keep: int = 0) -> None:
        self.path = path
        self._mode = mode
        # The same name in every run, so that a later one takes over what a killed one left; of fixed length, since
        # the file's own name may be as long as names can be.
        self._aside = _beside(path)
        with writing(path):
            try:
                self.file = self._open(keep)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.file = self._open(keep)
            if keep:
                self.file.truncate(keep)
                self.file.seek(keep)

    def _open(self, keep: int) -> BinaryIO:
        return self._aside.open("r+b") if keep else self._aside.open("wb")

    def commit(self, durable: bool = False) -> None:
        """Put the new content in place. `durable`: it must be on the disk before the old content goes."""
        with writing(self.path):
            self.file.flush()
            if durable:
                os.fsync(self.file.fileno())
            self.file.close()
            if self._mode is not None:
                self._aside.chmod(self._mode)
            self._aside.replace(self.path)

    def discard(self) -> None:
        """Throw the new content away."""
        try:
            self.file.close()
        except OSError:
            pass  # what it could not write is not wanted any more
        self._aside.unlink(missing_ok=True)


def kept(path: Path) -> int:
    """How many bytes an earlier run wrote for `path` without putting them in place; -1 if there is no such file."""
    try:
        return _beside(path).stat().st_size
    except OSError:
        return -1


def _beside(path: Path) -> Path:
    return path.parent / f".cleaner-{hashlib.sha1(os.fsencode(path.name)).hexdigest()[:20]}.part"
