"""`cleaner config show`: which settings hold, and where each is from."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from cleaner.batch.patterns import ignore_spec
from cleaner.cli.config import Config, PerPath
from cleaner.cli.keys import KEYS, PER_PATH
from cleaner.cli.names import complete_files
from cleaner.cli.options import SUBCOMMAND, config_options, help_option
from cleaner.render.terminal import visible


@click.group(
    invoke_without_command=True, subcommand_metavar=SUBCOMMAND, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.pass_context
def config(ctx: click.Context) -> None:
    """Look at the settings."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@config.command()
@click.argument("path", required=False, shell_complete=complete_files)
@config_options
@help_option("-h", "--help")
def show(path: str | None, config: Config) -> int:
    """Show every setting and where it is from, as TOML; with PATH, as they are for that file.

    What is shown can be a settings file: what holds by default is a comment in it.
    """
    for line in _shown(config, path):
        click.echo(visible(line))
    return 0


def _shown(config: Config, path: str | None) -> Iterator[str]:
    yield f"# {config.path}" if config.path else "# no settings file"
    own = [(n, e) for n, e in enumerate(config.per_path, 1) if path is None or _holds(config, e, path)]
    for key in KEYS:
        values = [(config.values[key], config.path)] if key in config.values else []
        if path is not None:
            values += [(e.values[key], f"{config.path}, per-path {n}") for n, e in own if key in e.values]
        if not values:
            yield f"# {key}: {KEYS[key].default}  # default"
        elif key in ("ignore", "rules", "keep"):  # those of a path are added
            yield f"{key} = {_toml([v for value, _ in values for v in value])}  # {'; '.join(f for _, f in values)}"
        else:
            yield f"{key} = {_toml(values[-1][0])}  # {values[-1][1]}"
    if path is None:
        for n, entry in own:
            yield ""
            yield f"[[per-path]]  # {config.path}, per-path {n}"
            yield f"paths = {_toml(entry.patterns)}"
            yield from (f"{key} = {_toml(entry.values[key])}" for key in PER_PATH if key in entry.values)


def _holds(config: Config, entry: PerPath, path: str) -> bool:
    from cleaner.batch.cleaners import inside

    return inside(config.folder, path, ignore_spec(entry.patterns))


def _toml(value: object) -> str:
    """A value as TOML has it, which for texts, lists of them, numbers and yes or no is as JSON has it."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False).replace("\x7f", "\\u007f")
