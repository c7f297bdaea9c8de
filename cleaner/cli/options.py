"""Options that several commands share, and what they and the settings file ask of `Cleaner`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cleaner.cli.config import Config, find_config, load_config
from cleaner.judging.engine import MAX_REMOVED, MAX_REMOVED_PAGE, THRESHOLDS

F = TypeVar("F", bound=Callable[..., Any])


class Names(click.ParamType[tuple[str, ...]]):
    """A list of names parted by commas."""

    name = "names"

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """See `click.ParamType.convert`."""
        if isinstance(value, tuple):
            return value
        return tuple(name for part in value.split(",") if (name := part.strip()))


def several(values: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """What an option gave that takes lists and may be repeated, in one list."""
    return tuple(name for names in values for name in names)


text_fields = click.option(
    "--text-field", "--text-column", "text_fields", multiple=True, default=("text",), metavar="NAME",
    help="In records: where the text is; A.B is B in A. May be given again for more texts [text].",
)  # fmt: skip


def rule_options(command: F) -> F:
    """Add the options that choose rules and how strict they are."""
    for option in reversed(_RULE_OPTIONS):
        command = option(command)
    return command


_RULE_OPTIONS: list[Callable[[Any], Any]] = [
    click.option("--select", type=Names(), multiple=True, metavar="NAMES", help="Use only these rules or categories."),
    click.option("--ignore", type=Names(), multiple=True, metavar="NAMES", help="Leave these rules or categories out."),
    click.option("--level", type=click.Choice(list(THRESHOLDS)), help="How much weak evidence is enough [standard]."),
    click.option("--lang", type=Names(), multiple=True, metavar="LANGS", help="Use the packs of these languages [all]."),
    click.option(
        "--rules", type=click.Path(path_type=Path), multiple=True, metavar="PATH",
        help="Add a rule pack, or a folder of them.",
    ),
    click.option(
        "--max-removed", type=click.FloatRange(0, 1), metavar="SHARE",
        help=f"Share of a text's words that weak evidence may take [{MAX_REMOVED:g}; of a whole page {MAX_REMOVED_PAGE:g}].",
    ),
    click.option(
        "--config", type=click.Path(path_type=Path), metavar="FILE",
        help="Settings file [the nearest cleaner.toml or pyproject.toml].",
    ),
]  # fmt: skip


def read_config(path: Path | None) -> Config:
    """The settings of `path`, else of the file that holds for the working directory. Raises ConfigError."""
    found = path or find_config(Path.cwd())
    return load_config(found) if found else Config()


def cleaner_options(
    config: Config,
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    level: str | None,
    lang: tuple[tuple[str, ...], ...],
    rules: tuple[Path, ...],
    max_removed: float | None,
) -> dict[str, Any]:
    """The arguments of `Cleaner` as the options ask, else as the settings do; packs of both are added.

    Raises:
        ConfigError: a name that is not known.
        RuleError: a pack that cannot be used, or one of the added packs with an example that fails.
    """
    added = [*config.rules, *rules]
    if added:  # the packs that ship were proved before they shipped; others are proved here
        from cleaner.rules.loader import load_pack
        from cleaner.rules.packs import pack_files
        from cleaner.workbench.proof import check_examples

        check_examples(load_pack(file) for path in added for file in pack_files(path))
    return {
        "select": several(select) or config.select,
        "ignore": several(ignore) or config.ignore,
        "level": level or config.level or "standard",
        "languages": several(lang) or config.lang,
        "rules": tuple(added),
        "max_removed": config.max_removed if max_removed is None else max_removed,
    }
