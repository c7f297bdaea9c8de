"""`cleaner compare`: what two runs take out otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from cleaner.batch.compare import Difference, compare
from cleaner.batch.results import Entry, Naming, read_results, with_texts
from cleaner.cli.app import WOULD_CHANGE
from cleaner.cli.options import color_option, text_field_option, texts_option
from cleaner.cli.page import inputs, is_page, page, reasons
from cleaner.disk.outputs import refuse_loss
from cleaner.errors import InputError
from cleaner.render.comparison import Sums, closing, diff, listing
from cleaner.render.page.writer import Frame
from cleaner.render.terminal import wants_color, write_styled


@click.command("compare", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--diff", "as_diff", is_flag=True, help="Write a diff from the old bodies to the new ones; 'patch' takes it."
)
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page that shows both, side by side."
)
@click.option(
    "--overwrite", is_flag=True, help="With --html: replace a file that is there, even if it is no such page."
)
@texts_option
@text_field_option
@click.option("--key", metavar="NAME", help="With --jsonl --edits: the field that tells documents apart [their order].")
@click.option("-q", "--quiet", is_flag=True, help="Only the exit status.")
@color_option
def command(
    old: Path,
    new: Path,
    as_diff: bool,
    html: Path | None,
    overwrite: bool,
    texts: Path | None,
    text_field: str,
    key: str | None,
    quiet: bool,
    color: str,
) -> int:
    """Show what the run NEW takes out otherwise than the run OLD: with other rules, settings, or another version.

    Both are what 'cleaner --jsonl --edits' or 'cleaner --report FILE' wrote of the same documents. 'gone' is what only
    NEW takes out, 'stays' what only OLD took, 'rule' what both take, by other rules. Exit status 1 if anything comes
    out otherwise; another rule alone changes nothing that comes out.
    """  # fmt: skip
    if as_diff and quiet:
        raise click.UsageError("--diff and --quiet exclude each other")
    if html:
        refuse_loss(html, [p for p in (old, new, texts) if p], overwrite, is_page)
    naming = Naming(text_field, key)
    found = compare(_entries(old, naming, texts), _entries(new, naming, texts))
    colored = wants_color(sys.stdout, color)
    sums = Sums()
    frame = Frame(f"{old.name} → {new.name}", (str(old), str(new)), why=reasons() if html else {})
    with page(html, frame) if html else nullcontext() as out:
        for difference in found:
            sums.count(difference)
            if as_diff:
                _needs_texts(difference)
            if difference and out:
                out.differ(difference)
            elif out:
                out.note(1)
            if not difference or quiet:
                continue
            if not as_diff:
                write_styled(sys.stdout, listing(difference), colored)
            elif difference.old and difference.new and not difference.other_text and not difference.error:
                write_styled(sys.stdout, diff(difference), colored)
    if not (quiet or as_diff):
        write_styled(sys.stdout, closing(sums), colored)
    return WOULD_CHANGE if sums.differ else 0


def _entries(path: Path, naming: Naming, texts: Path | None) -> Iterator[Entry]:
    entries = read_results(path, naming)
    return with_texts(entries, inputs(texts, naming.text)) if texts else entries


def _needs_texts(found: Difference) -> None:
    """Say no to a diff of results that do not hold what stayed. Raises InputError."""
    for entry in (found.old, found.new):
        if entry and entry.taken and entry.text is None:
            raise InputError(
                found.name, "a diff needs the text that stayed, which a report lacks: name the run's input with --texts"
            )
