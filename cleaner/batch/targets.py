"""Where the results go: a mirror of the tree, the files themselves, or nowhere."""

from __future__ import annotations

import filecmp
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cleaner.batch.aside import Aside
from cleaner.batch.source import Source
from cleaner.disk import writing
from cleaner.errors import InputError


class Target(Protocol):
    """Takes results. Can be pickled."""

    @property
    def mirrors(self) -> bool:
        """Whether each source has an output of its own name in one tree."""
        ...

    def has(self, source: Source) -> bool:
        """Whether the result of `source`, which was put in place once, is still there."""
        ...

    def write(self, source: Source, data: bytes, changed: bool) -> None:
        """Put the result of `source` in place. Raises InputError."""
        ...

    def open(self, source: Source, keep: int = 0) -> Aside | None:
        """A file for a result that comes piece by piece; `finish` ends it. None if nothing is to be written."""
        ...

    def finish(self, source: Source, aside: Aside, changed: bool) -> None:
        """Put a result that came piece by piece in place."""
        ...


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Results are looked at and thrown away."""

    mirrors = False

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return True

    def write(self, source: Source, data: bytes, changed: bool) -> None:
        """See `Target.write`."""

    def open(self, source: Source, keep: int = 0) -> Aside | None:
        """See `Target.open`."""
        return None

    def finish(self, source: Source, aside: Aside, changed: bool) -> None:
        """See `Target.finish`."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Results go to the same names under the folder `out`."""

    out: Path
    mirrors = True

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return (self.out / source.name).exists()

    def write(self, source: Source, data: bytes, changed: bool) -> None:
        """See `Target.write`."""
        aside = self.open(source)
        try:
            with writing(aside.path):
                aside.file.write(data)
            aside.commit()
        except BaseException:
            aside.discard()
            raise

    def open(self, source: Source, keep: int = 0) -> Aside:
        """See `Target.open`."""
        path = self.out / source.name
        if path.exists() and path.samefile(source.path):
            raise InputError(str(source.path), "its output would be itself; choose another folder, or --in-place")
        return Aside(path, keep=keep)

    def finish(self, source: Source, aside: Aside, changed: bool) -> None:
        """See `Target.finish`."""
        aside.commit()


@dataclass(frozen=True, slots=True)
class InPlace:
    """Results replace the files they come from. With `suffix`, the old content stays beside, under that suffix."""

    suffix: str = ""
    mirrors = False

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return True

    def write(self, source: Source, data: bytes, changed: bool) -> None:
        """See `Target.write`."""
        if not changed:
            return
        aside = self.open(source)
        try:
            with writing(aside.path):
                aside.file.write(data)
            self.finish(source, aside, changed)
        except BaseException:
            aside.discard()
            raise

    def open(self, source: Source, keep: int = 0) -> Aside:
        """See `Target.open`."""
        path = source.path.resolve()
        with writing(path):
            mode = stat.S_IMODE(path.stat().st_mode)
        return Aside(path, mode, keep)

    def finish(self, source: Source, aside: Aside, changed: bool) -> None:
        """See `Target.finish`."""
        if not changed:
            aside.discard()
            return
        if self.suffix:
            _back_up(aside.path, aside.path.with_name(aside.path.name + self.suffix))
        aside.commit(durable=True)


def _back_up(path: Path, backup: Path) -> None:
    """Make `backup` a second name of `path`; the rename that follows leaves it the old content.

    A run that was killed in between leaves just that second name. Any other file there is somebody's, and stays.
    """
    with writing(backup):
        try:
            os.link(path, backup)
        except FileExistsError:
            if not path.samefile(backup) and not filecmp.cmp(path, backup, shallow=False):
                raise InputError(str(backup), "is there already and differs; the file was left as it is") from None
        except OSError:
            # A file system without hard links: a copy, aside and renamed.
            copy = Aside(backup, stat.S_IMODE(path.stat().st_mode))
            copy.file.write(path.read_bytes())
            copy.commit(durable=True)
