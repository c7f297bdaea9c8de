"""What a run is to do."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.api import Cleaner
from cleaner.batch.source import Choice, Source, from_list, from_paths
from cleaner.batch.targets import InPlace, Mirror, Nowhere
from cleaner.formats import Dialect, Fields, Kind
from cleaner.formats.packing import reading
from cleaner.value import Value


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do.

    Attributes:
        inputs: files and folders.
        target: where the results go.
        names: instead of `inputs`, a file that lists paths, and whether NUL parts them; see `read_names`.
        options: arguments of `Cleaner`. Each process builds its own.
        fields: where records keep their texts.
        kind: take every file as this kind, whatever its name.
        dialect: how tables are written, as far as it is not to be found from them.
        include, exclude: see `Choice`.
        jobs: processes that clean; 0 for as many as pay.
        report: a file that gets a JSON line for each document.
        resume: go on with an earlier run that did not end, and take what it finished as done.
        overwrite: take an output folder that is not empty, and forget an earlier run.
        repeats: take lines that stand in other documents of their site as evidence.
    """

    inputs: tuple[Path, ...] = ()
    target: Mirror | InPlace | Nowhere = Nowhere()
    names: tuple[Path, bool] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    fields: Fields = Fields()
    kind: Kind | None = None
    dialect: Dialect = Dialect()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    jobs: int = 0
    report: Path | None = None
    resume: bool = False
    overwrite: bool = False
    repeats: bool = False

    def sources(self) -> Iterator[Source]:
        """The input files, in the order in which they are taken. Raises ConfigError for a pattern."""
        target = self.target
        choice = Choice(
            self.include,
            self.exclude,
            target.out if isinstance(target, Mirror) else None,
            target.suffix if isinstance(target, InPlace) else "",
            self.kind,
            self.dialect,
        )
        if self.names:
            yield from from_list(read_names(*self.names), choice, target.mirrors)
        else:
            yield from from_paths(self.inputs, choice)

    @property
    def one_tree(self) -> bool:
        """Whether all sources come from one folder, so that no two can share a name."""
        return not self.names and len(self.inputs) == 1

    @property
    def journal(self) -> Path | None:
        """Where the run keeps account of what is done; None if it keeps none."""
        if isinstance(self.target, Mirror):
            return self.target.out / ".cleaner-journal"
        if isinstance(self.target, InPlace) and self.one_tree and self.inputs[0].is_dir():
            return self.inputs[0] / ".cleaner-journal"
        return None

    def fingerprint(self, cleaner: Cleaner) -> str:
        """A digest of everything that the results depend on besides the inputs. `cleaner` is built of `options`."""
        facts = [
            sorted((k, repr(v)) for k, v in self.options.items() if k != "rules"),
            [_facts(rule) for rule in cleaner.rules],
            dataclasses.astuple(self.fields),
            dataclasses.astuple(self.dialect),
            (self.kind, self.repeats, bool(self.report), type(self.target).__name__),
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()


def _facts(value: object) -> object:
    """A value with its fields and sets in an order that is the same in every process."""
    if isinstance(value, Value):
        return [_facts(v) for v in value.fields().values()]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)


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
