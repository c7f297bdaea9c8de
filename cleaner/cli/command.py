"""How the main command reads words that click has no word for, and shows its help: short, and long in groups."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.app import VERBS
from cleaner.cli.batch_options import BATCH

_RULE_OPTIONS = {"select", "ignore", "level", "lang", "rules", "max_removed", "keep", "config", "no_config"}
_VERBS = "\n".join(f"  cleaner {verb:<10}  {about}" for verb, (_, _, about) in VERBS.items())
EPILOG = f"""\b
Other jobs (see 'cleaner VERB --help'):
{_VERBS}

\b
Exit status: 0 done; 1 --check found something to take out; 2 bad usage, rules or
input; 130, 143 stopped.
"""


class MainCommand(click.Command):
    """Reads `-i=.bak`, `-i.bak` and `--in-place=.bak`, which click has no word for: an option whose value may lack."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See `click.Command.parse_args`."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, [_spelled(a) for a in args[:end]] + args[end:])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in groups: there are too many for one list."""
        for name, records in self.grouped_options(ctx).items():
            with formatter.section(name):
                formatter.write_dl(records)

    def grouped_options(self, ctx: click.Context) -> dict[str, list[tuple[str, str]]]:
        """The options by group, each as it is written and what it does."""
        groups: dict[str, list[tuple[str, str]]] = {"Options": [], "Which rules": [], "Folders and corpora": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record and isinstance(param, click.Option):
                batch = param.name in BATCH
                name = "Which rules" if param.name in _RULE_OPTIONS else "Folders and corpora" if batch else "Options"
                groups[name].append(record)
        return groups


def _spelled(arg: str) -> str:
    for start in ("-i=", "--in-place="):
        if arg.startswith(start):
            return f"--backup-suffix={arg.removeprefix(start)}"
    return f"--backup-suffix={arg[2:]}" if arg.startswith("-i.") else arg


def show_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Callback of `--version`."""
    if wanted and not ctx.resilient_parsing:
        from cleaner.cli.version import text

        click.echo(text(), nl=False)
        ctx.exit()


def show_short_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Callback of `-h`."""
    if wanted and not ctx.resilient_parsing:
        click.echo((Path(__file__).parent / "short_help.txt").read_text(encoding="utf-8"), nl=False)
        ctx.exit()
