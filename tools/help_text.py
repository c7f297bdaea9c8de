#!/usr/bin/env python3
"""Write what is made of the options: `cleaner/cli/help.txt`, which `cleaner --help` shows without importing click, and the
manual page beside it: `python -m tools.help_text`.

Run it after a change of the options; tests/cli/test_quick.py and test_man.py say when it is due.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from cleaner.cli.clean import clean
from cleaner.distribution import version
from tools import man_page

TARGET = Path(__file__).resolve().parent.parent / "cleaner" / "cli" / "help.txt"


def text() -> str:
    """The help as click lays it out for a terminal of 80 columns or more."""
    settings = {**clean.context_settings, "terminal_width": 78}
    return clean.get_help(click.Context(clean, info_name="cleaner", **settings)) + "\n"


def write_page() -> None:
    """Write the manual page, with the date of today if it says anything new."""
    old = man_page.TARGET.read_text(encoding="utf-8") if man_page.TARGET.exists() else ""
    if not old or man_page.page(man_page.date_of(old), version() or "") != old:
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        man_page.TARGET.write_text(man_page.page(today, version() or ""), encoding="utf-8")


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    write_page()
