"""What the commands of `cleaner rules` share: the rules in force, those of a name, and lines for a person."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.cli.options import read_config
from cleaner.errors import ConfigError
from cleaner.render.terminal import StyledLine, wants_color, write_styled
from cleaner.rules.rule import Rule


def packs_of_settings() -> tuple[Path, ...]:
    """The packs that the settings file adds."""
    return tuple(map(Path, read_config(None).get("rules")))


def in_force(extra: Iterable[Path] = ()) -> Cleaner:
    """A cleaner with the rules built in, those of the settings file, and those of the packs `extra`."""
    return Cleaner(rules=[*packs_of_settings(), *extra])


def named(rules: Sequence[Rule], name: str) -> list[Rule]:
    """The rules of a full id (`*` and `?` stand for any letters), or whose id ends in `name`.

    Raises ConfigError if there is none.
    """
    found = [r for r in rules if fnmatchcase(r.id, name) or r.id.rpartition("/")[2] == name]
    if not found:
        raise ConfigError(f"no rule {name!r}; see 'cleaner rules list'")
    return found


def show_lines(lines: Iterable[StyledLine]) -> None:
    """Write lines to the standard output, coloured where that is wanted."""
    write_styled(sys.stdout, lines, wants_color(sys.stdout))
