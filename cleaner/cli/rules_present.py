"""What the commands of `cleaner rules` share: the rules that hold here, rules by name, and how lines are shown."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.cli.options import read_config
from cleaner.errors import ConfigError
from cleaner.render.terminal import StyledLine, wants_color, write_styled
from cleaner.rules.rule import Rule

# As grep has it: nothing was found, and nothing is wrong.
NO_HIT = 1


def packs_of_settings() -> tuple[Path, ...]:
    """The packs that the settings file adds. Raises ConfigError if it cannot be read."""
    return tuple(map(Path, read_config(None).get("rules")))


def present(extra: Iterable[Path] = (), ignore: Iterable[str] = ()) -> Cleaner:
    """A cleaner with the built-in rules, those of the settings file and `extra` packs, less those of `ignore`."""
    return Cleaner(rules=[*packs_of_settings(), *extra], ignore=ignore)


def named(rules: Iterable[Rule], name: str) -> list[Rule]:
    """The rules of that id, whole or its last part; `*` and `?` stand for any letters. Raises ConfigError for none."""
    found = [r for r in rules if fnmatchcase(r.id, name) or r.id.rpartition("/")[2] == name]
    if not found:
        raise ConfigError(f"no rule {name!r}; see 'cleaner rules list'")
    return found


def show_lines(lines: Iterable[StyledLine]) -> None:
    """Write lines to stdout."""
    write_styled(sys.stdout, lines, wants_color(sys.stdout))
