"""Which cleaner holds for a file: some paths have options of their own."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.api import Cleaner
from cleaner.batch.patterns import ignore_spec
from cleaner.rules.rule import Rule

# Options of which a path's own are added to the general ones; of the others they take the place.
_ADDED = ("ignore", "rules", "keep")


@dataclass(frozen=True, slots=True)
class Own:
    """Options of some paths.

    Attributes:
        folder: where the patterns count from; other paths are none of these.
        patterns: which paths, as in `.gitignore`.
        options: arguments of `Cleaner`.
    """

    folder: str
    patterns: tuple[str, ...]
    options: Mapping[str, Any] = field(default_factory=dict)


class Cleaners:
    """Makes each cleaner when a file asks for it, and keeps it.

    Args:
        options: arguments of `Cleaner`, for all files.
        own: what holds for some paths besides; what comes later outdoes what comes before.

    Attributes:
        general: the cleaner for files of which nothing else is said.

    Raises:
        ConfigError: a pattern that is not understood, and what `Cleaner` raises.
        RuleError: see `Cleaner`.
    """

    def __init__(self, options: Mapping[str, Any], own: Sequence[Own] = ()) -> None:
        self._options = options
        self._own = [(o, ignore_spec(o.patterns)) for o in own if o.options]
        self.general = Cleaner(**options)
        self._made: dict[tuple[int, ...], Cleaner] = {(): self.general}
        for n in range(len(self._own)):  # mistakes are told before anything is cleaned
            self._of((n,))

    def of(self, path: str | os.PathLike[str] | None) -> Cleaner:
        """The cleaner for the file at `path`, which need not exist; None: for a text that is in no file."""
        return self._of(self._which(path))

    def options_of(self, path: str | os.PathLike[str] | None) -> dict[str, Any]:
        """The arguments of that cleaner."""
        return self._merged(self._which(path))

    def rules(self) -> list[Rule]:
        """The rules of all that were made, each once."""
        return list(dict.fromkeys(rule for cleaner in self._made.values() for rule in cleaner.rules))

    def _which(self, path: str | os.PathLike[str] | None) -> tuple[int, ...]:
        if path is None:
            return ()
        return tuple(n for n, (own, spec) in enumerate(self._own) if inside(own.folder, path, spec))

    def _of(self, which: tuple[int, ...]) -> Cleaner:
        if which not in self._made:
            self._made[which] = Cleaner(**self._merged(which))
        return self._made[which]

    def _merged(self, which: tuple[int, ...]) -> dict[str, Any]:
        merged = dict(self._options)
        for n in which:
            for key, value in self._own[n][0].options.items():
                merged[key] = (*merged.get(key, ()), *value) if key in _ADDED else value
        return merged


def inside(folder: str, path: str | os.PathLike[str], spec: Any) -> bool:
    """Whether `path` lies in `folder` and fits `spec` (from `ignore_spec`), counted from there."""
    name = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).replace(os.sep, "/")
    return not name.startswith("../") and bool(spec.match_file(name))
