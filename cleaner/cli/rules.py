"""`cleaner rules`."""

from __future__ import annotations

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def rules() -> None:
    """Look at the rules, prove them, try them."""
