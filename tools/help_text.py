#!/usr/bin/env python3
"""Write `cleaner/cli/help.txt`, what `cleaner --help` shows without importing click: `python -m tools.help_text`.

Run it after a change of the options; tests/cli/test_quick.py says when it is due.
"""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.clean import clean

TARGET = Path(__file__).resolve().parent.parent / "cleaner" / "cli" / "help.txt"


def text() -> str:
    """The help as click lays it out for a terminal of 80 columns or more."""
    settings = {**clean.context_settings, "terminal_width": 78}
    return clean.get_help(click.Context(clean, info_name="cleaner", **settings)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
