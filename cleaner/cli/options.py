"""Options that several commands share, and what they and the settings file ask of `Cleaner`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from cleaner.batch.cleaners import Own
from cleaner.cli.config import Config, load_config, nearest_config
from cleaner.cli.inputs import read_text
from cleaner.cli.names import Names, languages, rule_names, several
from cleaner.cli.plain import settings_files
from cleaner.judging.engine import MAX_REMOVED, MAX_REMOVED_PAGE, THRESHOLDS

F = TypeVar("F", bound=Callable[..., Any])
# Of verbs that do something without one; the oldest click that is allowed puts no brackets around the first.
SUBCOMMAND = "[COMMAND] [ARGS]..."
_NO_CONFIG = "cleaner.no-config"
# Keys whose options have other names inside, and those that are no default of an option but are looked up.
_NAMES = {"format": "kind", "site": "site_packs", "text-field": "text_fields"}
_LOOKED_UP = {"select", "ignore", "level", "lang", "rules", "max-removed", "keep", "diff"}
# The arguments of `Cleaner` that keys of other names set.
_ARGUMENTS = {"lang": "languages", "max-removed": "max_removed"}


def _without_config(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    ctx.meta[_NO_CONFIG] = wanted


def _settings(ctx: click.Context, _: click.Parameter, path: str | None) -> Config:
    """The settings that hold; those that stand for an option become its default. Raises ConfigError."""
    if ctx.resilient_parsing:
        return Config()
    if path is not None and ctx.meta.get(_NO_CONFIG):
        raise click.UsageError("--config and --no-config exclude each other")
    config = Config() if ctx.meta.get(_NO_CONFIG) else read_config(path)
    ctx.default_map = {
        _NAMES.get(key, key.replace("-", "_")): value for key, value in config.values.items() if key not in _LOOKED_UP
    }
    return config


def given(name: str) -> bool:
    """Whether the option of this name was given on the command line of the present command."""
    return click.get_current_context().get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


text_fields_option = click.option(
    "--text-field", "--text-column", "text_fields", multiple=True, default=("text",), metavar="NAME",
    help="In records: where the text is; A.B is B in A. May be given again for more texts [text].",
)  # fmt: skip


def loss_options(command: F) -> F:
    """Add the options about the share of words that went; the values are arguments of `Losses`."""
    for option in reversed(_LOSS_OPTIONS):
        command = option(command)
    return command


_LOSS_OPTIONS: list[Callable[[Any], Any]] = [
    click.option(
        "--share-field", "--share-column", metavar="NAME", help="In records: add a field with the share of words that went (0 to 1)."
    ),
    click.option(
        "--drop-above", type=click.FloatRange(0, 1), metavar="SHARE",
        help="Drop records, and files of a folder, of which a larger share of the words went.",
    ),
    click.option(
        "--flag-field", "--flag-column", metavar="NAME", help="With --drop-above: drop nothing, and add a field that says true or false."
    ),
]  # fmt: skip


text_field_option = click.option(
    "--text-field", default="text", metavar="NAME", help="In records: the field that holds the text [text]."
)
texts_option = click.option(
    "--texts", type=click.Path(path_type=Path), metavar="PATH",
    help="The file or folder that was cleaned: a --report holds what went, not what stayed.",
)  # fmt: skip
packs_option = click.option(
    "--rules", "extra", type=click.Path(path_type=Path), multiple=True, metavar="PATH", help="Add packs."
)
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour [auto]."
)


def folder_options(command: F) -> F:
    """Add the options that choose among the files of a folder, as far as a verb has them."""
    include = click.option("--include", multiple=True, metavar="GLOB", help="In folders, take only files that match.")
    exclude = click.option("--exclude", multiple=True, metavar="GLOB", help="In folders, leave out what matches.")
    return include(exclude(command))


def help_option(*names: str) -> Callable[[F], F]:
    """Add the option that shows the help, to each command with options that read settings.

    click before 8.1.8 made its own anew each time it was asked for, and so lost that it was the first of the words: the settings
    were read before it, and one who had a fault in them got no help.
    """
    return click.help_option(*names)


def rule_options(command: F) -> F:
    """Add the options that choose rules and how strict they are, and which settings hold."""
    command = config_options(command)
    for option in reversed(_RULE_OPTIONS):
        command = option(command)
    return command


def config_options(command: F) -> F:
    """Add the options that say which settings hold; the command gets them as `config`."""
    for option in reversed(_CONFIG_OPTIONS):
        command = option(command)
    return command


_RULE_OPTIONS: list[Callable[[Any], Any]] = [
    click.option("--select", type=Names(rule_names), multiple=True, metavar="NAMES", help="Use only these rules or categories."),
    click.option("--ignore", type=Names(rule_names), multiple=True, metavar="NAMES", help="Leave these rules or categories out."),
    click.option("--level", type=click.Choice(list(THRESHOLDS)), help="How much weak evidence is enough [standard]."),
    click.option("--lang", type=Names(languages), multiple=True, metavar="LANGS", help="Use the packs of these languages [all]."),
    click.option(
        "--rules", type=click.Path(path_type=Path), multiple=True, metavar="PATH",
        help="Add a rule pack, or a folder of them.",
    ),
    click.option(
        "--max-removed", type=click.FloatRange(0, 1), metavar="SHARE",
        help=f"Share of a text's words that weak evidence may take [{MAX_REMOVED:g}; of a whole page {MAX_REMOVED_PAGE:g}].",
    ),
    click.option(
        "--keep", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
        help="Lines that always stay, one a line; 're:' begins a pattern, '#' a comment.",
    ),
]  # fmt: skip
_CONFIG_OPTIONS: list[Callable[[Any], Any]] = [
    click.option(
        "--no-config", is_flag=True, is_eager=True, expose_value=False, callback=_without_config,
        help="Read no settings file.",
    ),
    click.option(
        "--config", type=click.Path(), metavar="FILE", is_eager=True, callback=_settings,
        help="Settings file [the nearest cleaner.toml or pyproject.toml, else the user's].",
    ),
]  # fmt: skip


def read_config(path: str | None) -> Config:
    """The settings of `path`, else of the file that holds for the working directory. Raises ConfigError."""
    return load_config(path) if path else nearest_config(settings_files(str(Path.cwd())))


def cleaner_options(config: Config, **choice: Any) -> dict[str, Any]:
    """The arguments of `Cleaner` as the options ask, else as the settings do; packs of both are added.

    Args:
        config: the settings.
        choice: the values of `rule_options`.

    Raises:
        RuleError: a pack that cannot be used, or one of the added packs with an example that fails.
    """
    chosen = _chosen(**choice)
    added = (*config.get("rules"), *chosen.pop("rules"))
    keep = (*_lines(config.get("keep")), *chosen.pop("keep"))
    _prove([*added, *(pack for own in config.per_path for pack in own.values.get("rules", ()))])
    settings = {
        _ARGUMENTS.get(key, key): config.get(key) for key in ("select", "ignore", "level", "lang", "max-removed")
    }
    return {**settings, "level": settings["level"] or "standard", **chosen, "rules": added, "keep": keep}


def own_options(config: Config, **choice: Any) -> tuple[Own, ...]:
    """What the settings say of some paths alone, as far as no option outdoes it; for `Cleaners`."""
    outdone = _chosen(**choice).keys() - {"rules", "keep"}
    found = []
    for entry in config.per_path:
        options = {_ARGUMENTS.get(key, key): value for key, value in entry.values.items()}
        if "keep" in options:
            options["keep"] = _lines(options["keep"])
        own = {name: value for name, value in options.items() if name not in outdone}
        found.append(Own(config.folder, entry.patterns, own))
    return tuple(found)


def _lines(files: Iterable[str | Path]) -> tuple[str, ...]:
    """The lines of files, without those that are blank or begin with `#`. Raises InputError for one that cannot be read."""
    found = []
    for file in files:
        text = read_text(str(file)).removeprefix("\ufeff")
        found += [line.strip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return tuple(found)


def _chosen(
    select: tuple[tuple[str, ...], ...],
    ignore: tuple[tuple[str, ...], ...],
    level: str | None,
    lang: tuple[tuple[str, ...], ...],
    rules: tuple[Path, ...],
    max_removed: float | None,
    keep: tuple[Path, ...],
) -> dict[str, Any]:
    """What the options themselves ask of `Cleaner`; `rules` and `keep` in any case."""
    asked = {
        "select": several(select), "ignore": several(ignore), "level": level, "languages": several(lang),
        "max_removed": max_removed,
    }  # fmt: skip
    return {**{k: v for k, v in asked.items() if v not in ((), None)}, "rules": rules, "keep": _lines(keep)}


def _prove(packs: list[str | Path]) -> None:
    """Run the examples of packs that do not ship; those that do were proved before they shipped."""
    if packs:
        from cleaner.rules.loader import load_pack
        from cleaner.rules.packs import pack_files
        from cleaner.workbench.proof import check_examples

        check_examples(load_pack(file) for path in packs for file in pack_files(Path(path)))
