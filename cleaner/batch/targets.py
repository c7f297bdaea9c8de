"""Where the results go: a mirror of the tree, the files themselves, or nowhere."""

from __future__ import annotations

import filecmp
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from cleaner.batch.source import Source
from cleaner.disk import writing
from cleaner.disk.aside import Aside
from cleaner.disk.inplace import Replacement, Seen, replace
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

    def writes(self, path: Path | None, source: Source) -> bool:
        """Whether the result of `source` would be the file at `path`."""
        ...

    def look(self, source: Source) -> Seen | None:
        """What `write` needs to know of a file before it is read. Raises InputError."""
        ...

    def write(self, source: Source, data: bytes, changed: bool, seen: Seen | None) -> list[str]:
        """Put the result of `source` in place; returns what a person should know. Raises InputError."""
        ...

    def leave_out(self, source: Source) -> None:
        """Take note that `source` gets no output: it is dropped. Raises InputError if there is one."""
        ...

    def open(self, source: Source, keep: int = 0) -> Aside | None:
        """A file for a result that comes piece by piece; `finish` ends it. None if nothing is to be written."""
        ...

    def finish(self, source: Source, aside: Aside, changed: bool) -> list[str]:
        """Put a result that came piece by piece in place; see `write`."""
        ...


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Results are looked at and thrown away."""

    mirrors = False

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return True

    def writes(self, path: Path | None, source: Source) -> bool:
        """See `Target.writes`."""
        return False

    def look(self, source: Source) -> Seen | None:
        """See `Target.look`."""
        return None

    def write(self, source: Source, data: bytes, changed: bool, seen: Seen | None) -> list[str]:
        """See `Target.write`."""
        return []

    def leave_out(self, source: Source) -> None:
        """See `Target.leave_out`."""

    def open(self, source: Source, keep: int = 0) -> Aside | None:
        """See `Target.open`."""
        return None

    def finish(self, source: Source, aside: Aside, changed: bool) -> list[str]:
        """See `Target.finish`."""
        return []


@dataclass(frozen=True, slots=True)
class Mirror:
    """Results go to the same names under the folder `out`."""

    out: Path
    mirrors = True

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return (self.out / source.name).exists()

    def writes(self, path: Path | None, source: Source) -> bool:
        """See `Target.writes`."""
        if path is None or path.name != PurePosixPath(source.name).name:
            return False
        return path.resolve() == (self.out / source.name).resolve()

    def look(self, source: Source) -> Seen | None:
        """See `Target.look`."""
        return None

    def write(self, source: Source, data: bytes, changed: bool, seen: Seen | None) -> list[str]:
        """See `Target.write`."""
        aside = self.open(source)
        try:
            with writing(aside.path):
                aside.file.write(data)
            return self.finish(source, aside, changed)
        except BaseException:
            aside.discard()
            raise

    def leave_out(self, source: Source) -> None:
        """See `Target.leave_out`."""
        path = self.out / source.name
        if path.exists():
            raise InputError(
                str(source.path), f"its output {path} is there from before, and it is dropped now; remove that"
            )

    def open(self, source: Source, keep: int = 0) -> Aside:
        """See `Target.open`."""
        path = self.out / source.name
        if path.exists() and path.samefile(source.path):
            raise InputError(str(source.path), "its output would be itself; choose another folder, or --in-place")
        return Aside(path, keep=keep)

    def finish(self, source: Source, aside: Aside, changed: bool) -> list[str]:
        """See `Target.finish`."""
        if source.doubtful and aside.path.exists():
            # The run that was killed may have put it there and not noted it; then it is the same.
            with writing(aside.path):
                aside.file.flush()
                same = filecmp.cmp(aside.aside, aside.path, shallow=False)
            if not same:
                raise InputError(
                    str(aside.path), "is there already, and not by the run to resume; --overwrite replaces it"
                )
        aside.commit()
        return []


@dataclass(frozen=True, slots=True)
class InPlace:
    """Results replace the files they come from.

    Attributes:
        suffix: the old content stays beside, under the file's name with this suffix; "": it does not.
        overwrite: another file that has that name may go.
        keep_times: a file tells that it was changed when the old content was.
    """

    suffix: str = ""
    overwrite: bool = False
    keep_times: bool = False
    mirrors = False

    def has(self, source: Source) -> bool:
        """See `Target.has`."""
        return True

    def writes(self, path: Path | None, source: Source) -> bool:
        """See `Target.writes`."""
        return False

    def look(self, source: Source) -> Seen | None:
        """See `Target.look`."""
        return Seen.of(source.path)

    def write(self, source: Source, data: bytes, changed: bool, seen: Seen | None) -> list[str]:
        """See `Target.write`."""
        if not changed or seen is None:
            return []
        return replace(source.path, data, seen, self.suffix, self.overwrite, self.keep_times)

    def leave_out(self, source: Source) -> None:
        """See `Target.leave_out`."""
        raise InputError(str(source.path), "is not deleted in its place")  # such a run does not begin: see `check`

    def open(self, source: Source, keep: int = 0) -> Aside:
        """See `Target.open`."""
        seen = Seen.of(source.path)
        if (seen.size, seen.modified) != (source.size, source.stamp):
            raise InputError(str(source.path), "was changed since it was found; it was left as it is")
        return Replacement(source.path, seen, keep)

    def finish(self, source: Source, aside: Aside, changed: bool) -> list[str]:
        """See `Target.finish`."""
        if changed and isinstance(aside, Replacement):
            return aside.put(self.suffix, self.overwrite, self.keep_times)
        aside.discard()
        return []
