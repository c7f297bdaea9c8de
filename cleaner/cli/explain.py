"""`cleaner explain`: why a line went or stayed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from cleaner.api import Cleaner
from cleaner.batch.cleaners import Cleaners
from cleaner.cli.config import Config
from cleaner.cli.inputs import STDIN, read_text, shown
from cleaner.cli.names import complete_files
from cleaner.cli.options import cleaner_options, color_option, help_option, own_options, rule_options
from cleaner.errors import ConfigError, InputError
from cleaner.render.explain import as_data, overview, story
from cleaner.render.terminal import wants_color, write, write_styled
from cleaner.rules.rule import Rule
from cleaner.text.language import languages_of
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.workbench.explained import KEPT, STAYS, Explained
from cleaner.workbench.near_misses import near_misses


# Unknown options are names: `-:12` is line 12 of the standard input.
@click.command("explain", context_settings={"ignore_unknown_options": True})
@click.argument("places", nargs=-1, required=True, metavar="FILE[:LINE[-LINE]]...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each line that is explained.")
@rule_options
@color_option
@help_option("-h", "--help")
def command(places: tuple[str, ...], as_json: bool, color: str, config: Config, **choice: Any) -> int:
    """Say why lines of a text went or stayed: what spoke against each, what protected it, what was missing.

    FILE:12 explains line 12, FILE:12-15 those from 12 to 15, FILE alone shows all lines in an overview; '-' is the
    standard input.
    """
    cleaners = Cleaners(cleaner_options(config, **choice), own_options(config, **choice))
    first = True
    for place in places:
        path, lines = parted(place)
        cleaner = cleaners.of(None if path == STDIN else path)
        text = read_text(path)
        _check(path, lines, text)
        explained = cleaner.explain(text, lines)
        if as_json:
            for e, close in with_close(cleaner, text, explained, lines):
                write(sys.stdout, json.dumps(as_data(e, shown(path), close), ensure_ascii=False) + "\n")
        elif lines is None:
            write_styled(sys.stdout, overview(explained), wants_color(sys.stdout, color))
        else:
            for e, close in with_close(cleaner, text, explained, lines):
                if not first:
                    write(sys.stdout, "\n")
                first = False
                write_styled(sys.stdout, story(e, shown(path), close), wants_color(sys.stdout, color))
    return 0


def parted(place: str) -> tuple[str, range | None]:
    """A file and the numbers of the lines that are asked for (None: all), from `FILE`, `FILE:12` or `FILE:12-15`.

    A file of the whole name is that file. Raises ConfigError where the lines are no range.
    """
    path, colon, numbers = place.rpartition(":")
    start, dash, end = numbers.partition("-")
    if not colon or not path or os.path.exists(place) or not start.isdecimal() or dash and not end.isdecimal():  # noqa: PTH110
        return place, None
    lines = range(int(start), int(end or start) + 1)
    if not lines or not lines[0]:
        raise ConfigError(f"{place!r}: lines are numbered from 1, the first before the last")
    return path, lines


def _check(path: str, lines: range | None, text: str) -> None:
    last = text.count("\n") + (not text.endswith("\n")) if text else 0
    if lines and lines[-1] > last:
        raise InputError(shown(path), f"has no line {lines[-1]}; the last is {last}")


def with_close(
    cleaner: Cleaner, text: str, explained: Iterator[Explained], lines: range | None
) -> Iterator[tuple[Explained, Sequence[tuple[Rule, str]]]]:
    """Each line with the rules that nearly took it, where single lines are asked for."""
    languages = languages_of(text.lower()) if lines else frozenset()
    for e in explained:
        close: Sequence[tuple[Rule, str]] = ()
        if lines and e.decided == STAYS and e.text and e.protected != KEPT:
            known = {u.rule for u in e.unheard}
            bits = sum(BITS[name] for name in e.signals)
            rules = [rule for rule in cleaner.rules if rule not in known]
            close = near_misses(rules, View(e.text), bits, languages)
        yield e, close
