"""`cleaner man`: the manual page."""

from __future__ import annotations

from pathlib import Path

import click

PAGE = Path(__file__).parent / "cleaner.1"


@click.command("man", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> int:
    """Print the manual page as 'man' reads it: cleaner man | man -l -."""
    click.echo(PAGE.read_text(encoding="utf-8"), nl=False)
    return 0
