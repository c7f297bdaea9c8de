"""What a run is to do."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.batch.cleaners import Own
from cleaner.batch.left_out import LeftOut
from cleaner.batch.source import Choice, Source, from_list, from_paths
from cleaner.batch.targets import InPlace, Mirror, Nowhere
from cleaner.formats import Dialect, Fields, Kind
from cleaner.formats.packing import reading


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    Attributes:
        inputs: files and folders.
        target: where the results go.
        names: instead of `inputs`, a file that lists paths, and whether NUL parts them; see `read_names`.
        options: arguments of `Cleaner`. Each process builds its own.
        own: options of some paths; see `Cleaners`.
        fields: where records keep their texts.
        kind: take every file as this kind, whatever its name.
        dialect: how tables are written, as far as it is not to be found from them.
        include, exclude: see `Choice`.
        jobs: processes that clean; 0 for as many as pay.
        report: a file that gets a JSON line for each document.
        located: the report tells the path of each document, and of a record its line.
        resume: go on with an earlier run that did not end, and take what it finished as done.
        overwrite: replace what is there (files of the same name in an output folder, a report), and forget an earlier
            run. For backups see `InPlace`.
        repeats: take lines that stand in other documents of their site as evidence; None: where it is known for sure what
            their site is.
        site_packs: what `cleaner learn --site` wrote of the documents' sites; then nothing is counted.
    """

    inputs: tuple[Path, ...] = ()
    target: Mirror | InPlace | Nowhere = Nowhere()
    names: tuple[Path, bool] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    own: tuple[Own, ...] = ()
    fields: Fields = Fields()
    kind: Kind | None = None
    dialect: Dialect = Dialect()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int = 0
    report: Path | None = None
    located: bool = False
    resume: bool = False
    overwrite: bool = False
    repeats: bool | None = None
    site_packs: tuple[Path, ...] = ()

    def sources(self, left_out: LeftOut | None = None, look: bool = True) -> Iterator[Source]:
        """The input files, in the order in which they are taken. Raises ConfigError for a pattern.

        `left_out` gets those that are left out for their suffix. `look`: see `Choice`; without, some that cannot be taken
        are not known as such, which is enough for sizes.
        """
        choice = self.choice(left_out, look)
        if self.names:
            yield from from_list(read_names(*self.names), choice, self.target.mirrors)
        else:
            yield from from_paths(self.inputs, choice)

    def choice(self, left_out: LeftOut | None = None, look: bool = True) -> Choice:
        """Which files of folders to take; `left_out` and `look` as in `sources`. Raises ConfigError for a pattern."""
        target = self.target
        return Choice(
            self.include,
            self.exclude,
            target.out if isinstance(target, Mirror) else None,
            target.suffix if isinstance(target, InPlace) else "",
            self.kind,
            _written(self.report),
            self.dialect,
            left_out,
            look,
        )

    @property
    def counts(self) -> bool:
        """Whether the run counts what repeats, wherever it knows the site."""
        return self.repeats is not False and not self.site_packs

    @property
    def one_tree(self) -> bool:
        """Whether all sources come from one folder, so that no two can share a name."""
        return not self.names and len(self.inputs) == 1

    @property
    def journal(self) -> Path | None:
        """Where the run keeps account of what is done, as long as it goes on; None if it keeps none."""
        return self._tree and self._tree / ".cleaner-journal"

    @property
    def account(self) -> Path | None:
        """Where that is kept after a run that came to its end, for one that resumes it: beside the folder."""
        real = self._tree and self._tree.resolve()
        return real.parent / f".{real.name}.cleaner-journal" if real and real.name else None

    @property
    def _tree(self) -> Path | None:
        """The folder that is written to, if it is one."""
        if isinstance(self.target, Mirror):
            return self.target.out
        if isinstance(self.target, InPlace) and self.one_tree and self.inputs[0].is_dir():
            return self.inputs[0]
        return None


def _written(report: Path | None) -> frozenset[tuple[int, int]]:
    """The files, by device and number, that this run writes: its report, and what stdout was redirected to."""
    found = set()
    for at in (report, 1):
        try:
            info = at.stat() if isinstance(at, Path) else os.fstat(at) if at is not None else None
        except OSError:
            continue
        if info and stat.S_ISREG(info.st_mode):
            found.add((info.st_dev, info.st_ino))
    return frozenset(found)


def read_names(path: Path, zero: bool) -> Iterator[str]:
    """The paths listed in a file, one a line, or parted by NUL if `zero`.

    Raises:
        InputError: it cannot be read.
    """
    end = b"\0" if zero else b"\n"
    with reading(path), path.open("rb") as stream:
        left = b""
        while block := stream.read(1 << 16):
            *whole, left = (left + block).split(end)
            for name in whole:
                yield os.fsdecode(name if zero else name.rstrip(b"\r"))
        if left:
            yield os.fsdecode(left)
