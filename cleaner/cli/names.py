"""Options that take names, and what completes them in a shell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click
import click.shell_completion

from cleaner.rules.folder import shipped
from cleaner.rules.rule import CATEGORIES

if TYPE_CHECKING:
    _Named = click.ParamType[tuple[str, ...]]
else:  # older releases do not let themselves be asked for what they convert to
    _Named = click.ParamType


class Names(_Named):
    """A list of names parted by commas.

    Args:
        known: what completes a name: gets what there is of it, returns all names that may be meant.
    """

    name = "names"

    def __init__(self, known: Callable[[str], Iterable[str]] | None = None) -> None:
        self._known = known

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """See `click.ParamType.convert`."""
        if isinstance(value, tuple):
            return value
        return tuple(name for part in value.split(",") if (name := part.strip()))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[click.shell_completion.CompletionItem[str]]:
        """The names that fit the last one of the list."""
        done, comma, last = incomplete.rpartition(",")
        names = self._known(last) if self._known else ()
        return [click.shell_completion.CompletionItem(done + comma + name) for name in names if name.startswith(last)]


def complete_files(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[click.shell_completion.CompletionItem[str]]:
    """For arguments that name files or folders: the shell knows them."""
    del ctx, param
    return [click.shell_completion.CompletionItem(incomplete, type="file")]


def rule_names(begun: str) -> list[str]:
    """Categories; and the rules, once a category is written."""
    if "/" not in begun:
        return [*CATEGORIES, *(f"{category}/" for category in CATEGORIES if category == begun)]
    from cleaner.api import Cleaner

    return [rule.id for rule in Cleaner().rules]


def languages(begun: str) -> list[str]:
    """The languages that there are packs of."""
    del begun
    return sorted({name.split("/")[0] for name, _ in shipped()} - {"any"})


def several(values: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """What an option gave that takes lists and may be repeated, in one list."""
    return tuple(name for names in values for name in names)
