"""Writing a file in its own place: what was read is replaced or backed up, whole, and nothing else."""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from cleaner.disk.aside import Aside, beside
from cleaner.disk.failing import writing
from cleaner.errors import InputError
from cleaner.signature import not_there

# What a file system says that has no hard links, or no more of them for this file.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@dataclass(frozen=True, slots=True)
class Seen:
    """Which file it is, and in which state; taken before it is read. Links are followed.

    Attributes:
        device, number: tell it from all other files.
        size, modified: bytes, and when its content was last changed (ns).
        changed: when anything of it was (ns).
        names: how many hard links it has.
    """

    device: int
    number: int
    size: int
    modified: int
    changed: int
    names: int

    @classmethod
    def of(cls, path: Path) -> Seen:
        """The file at `path`. Raises InputError if there is none, or if it is no regular file."""
        try:
            info = path.stat()
        except (OSError, ValueError) as e:
            raise InputError(str(path), not_there(str(path), getattr(e, "strerror", None) or str(e))) from e
        if not stat.S_ISREG(info.st_mode):
            raise InputError(str(path), "not a regular file, so it cannot be cleaned in place")
        return cls(info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_nlink)

    def content(self) -> tuple[int, int, int, int]:
        """What stays the same as long as nobody writes to the file, also if it gets another name."""
        return self.device, self.number, self.size, self.modified


class Replacement(Aside):
    """A new content for a file that was read.

    Args:
        path: the file; links are followed.
        seen: what it was before it was read.
        keep: see `Aside`.

    Raises:
        InputError: it cannot be written, or another run is writing it.
    """

    def __init__(self, path: Path, seen: Seen, keep: int = 0) -> None:
        with writing(path):
            target = path.resolve()
        super().__init__(target, private=True, keep=keep, shown=path)
        self._seen = seen

    def put(self, suffix: str = "", overwrite: bool = False, keep_times: bool = False) -> list[str]:
        """Put the new content in place; owner, mode, extended attributes and access lists are those of the old file.

        Args:
            suffix: if given, the old content stays beside, under the file's name with this suffix.
            overwrite: replace another file that has that name.
            keep_times: the file tells that it was changed when the old content was, not now.

        Returns:
            What a person should know: each a line.

        Raises:
            InputError: the file was changed since it was read, or the backup's name is taken. The file is as it was.
        """
        self.flush(durable=True)
        self._same(self._seen == Seen.of(self.path))
        with writing(self.shown):
            told = _dress(self.aside, self.path, keep_times)
        backup = self.path.with_name(self.path.name + suffix)
        made = bool(suffix) and self._back_up(backup, overwrite)
        try:
            now = Seen.of(self.path)
            self._same(self._seen.content() == now.content())
            names = now.names
            if suffix and Seen.of(backup).content() == now.content():
                names -= 1
            self.commit()  # what it holds is on the disk already
        except BaseException:
            # A signal may have come right after the rename: then the backup is all that is left of the old content.
            if made and self._seen.content() == Seen.of(self.path).content():
                backup.unlink(missing_ok=True)
            raise
        if names > 1:
            told.append("had other names (hard links); they keep the old text")
        return [f"{self.shown}: {line}" for line in told]

    def _same(self, same: bool) -> None:
        if not same:
            raise InputError(str(self.shown), "was changed while it was being cleaned; it was left as it is")

    def _back_up(self, backup: Path, overwrite: bool) -> bool:
        """Give the old content a second name; the rename that follows leaves it that one. Returns whether it is new.

        A run that was killed in between leaves just that second name. Any other file there is somebody's, and stays
        unless `overwrite`.
        """
        with writing(backup):
            try:
                os.link(self.path, backup)
            except FileExistsError:
                if filecmp.cmp(self.path, backup, shallow=False):
                    return False
                if not overwrite:
                    raise InputError(
                        str(backup), "is there already and differs; the file was left as it is (see --overwrite)"
                    ) from None
                aside = beside(backup)
                aside.unlink(missing_ok=True)
                os.link(self.path, aside)
                aside.replace(backup)
                return False
            except OSError as e:
                if e.errno not in _NO_LINKS:
                    raise
                self._copy(backup)
                return True
            if Seen.of(backup).content() != self._seen.content():
                backup.unlink()  # another file took the place in the meantime
                self._same(False)
        return True

    def _copy(self, backup: Path) -> None:
        """Where there are no hard links: a copy, aside and renamed."""
        copy = Aside(backup, private=True)
        try:
            copy.file.write(self.path.read_bytes())
            _dress(copy.aside, self.path, keep_times=True)
            copy.commit(durable=True)
        except BaseException:
            copy.discard()
            raise


def replace(
    path: Path, data: bytes, seen: Seen, suffix: str = "", overwrite: bool = False, keep_times: bool = False
) -> list[str]:
    """Put `data` in place of the file at `path`, as `Replacement` does.

    Args:
        path: the file.
        data: what it shall hold.
        seen: what it was before it was read.
        suffix, overwrite, keep_times: see `Replacement.put`.

    Returns:
        What a person should know: each a line.

    Raises:
        InputError: see `Replacement`; the file is as it was.
    """
    new = Replacement(path, seen)
    try:
        with writing(new.shown):
            new.file.write(data)
        return new.put(suffix, overwrite, keep_times)
    except BaseException:
        new.discard()
        raise


def _dress(new: Path, old: Path, keep_times: bool) -> list[str]:
    """Give the file `new` the owner, mode, attributes, access lists and perhaps times of `old`; returns what could not be given."""
    wanted, has = old.stat(), new.stat()
    told = []
    mode = stat.S_IMODE(wanted.st_mode)
    if hasattr(os, "chown") and (wanted.st_uid, wanted.st_gid) != (has.st_uid, has.st_gid):
        try:
            os.chown(new, wanted.st_uid, wanted.st_gid)
        except PermissionError:
            told.append("its owner cannot be kept; it is yours now")
            mode &= 0o777
            try:
                os.chown(new, -1, wanted.st_gid)
            except PermissionError:
                mode &= ~0o070  # the rights of its group are not those of another
    shutil.copystat(old, new)
    new.chmod(mode)
    if not keep_times:
        os.utime(new)  # it was changed now
    return told
