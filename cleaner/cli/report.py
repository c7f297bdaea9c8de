"""`cleaner report`: a page to look at what a run took out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from cleaner.api import Cleaner
from cleaner.batch import Plan
from cleaner.batch.count import records_of
from cleaner.batch.results import Entry, Naming, read_results, with_texts
from cleaner.cli.app import fail
from cleaner.cli.options import read_config
from cleaner.disk import writing
from cleaner.disk.aside import Aside
from cleaner.disk.outputs import refuse_loss
from cleaner.errors import CleanerError, InputError
from cleaner.formats import Fields, Record
from cleaner.render.page.writer import Frame, Page

PAGE_MARK = b'<!doctype html>\n<html lang="en" data-cleaner-page>\n'


@click.command("report", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("results", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The page.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there, even if it is no such page.")
@click.option(
    "--texts", type=click.Path(path_type=Path), metavar="PATH",
    help="The file or folder that the run cleaned: a --report holds what went, not what stayed.",
)
@click.option("--text-field", default="text", metavar="NAME", help="The field that holds the text [text].")
@click.option("--title", metavar="TEXT", help="The page's heading [the name of RESULTS].")
@click.option("--near", type=click.FloatRange(0, 1), default=0.4, metavar="SHARE", help="Share of a document's words from which on it is near the guard [0.4].")
@click.option("--context", type=click.IntRange(0), metavar="N", help="Carry only N lines around what went: a smaller page [all].")
def command(
    results: Path,
    output: Path,
    overwrite: bool,
    texts: Path | None,
    text_field: str,
    title: str | None,
    near: float,
    context: int | None,
) -> int:
    """Make one HTML page of RESULTS, to look at in any browser; it needs no network.

    RESULTS is what 'cleaner --jsonl --edits' or 'cleaner --report FILE' wrote (.gz and .zst too).
    """  # fmt: skip
    if results.is_dir():
        raise InputError(str(results), "is a folder; a page is made of results: 'cleaner FOLDER --report FILE'")
    refuse_loss(output, [p for p in (results, texts) if p], overwrite, is_page)
    entries = read_results(results, Naming(text_field))
    if texts:
        entries = with_texts(entries, inputs(texts, text_field))
    frame = Frame(title or results.name, (str(results),), near, context, reasons())
    lacking = 0
    with page(output, frame) as out:
        for entry in entries:
            out.add(entry)
            lacking += bool(entry.taken) and entry.text is None
    if lacking and texts:
        fail(f"{texts}: {lacking} of the documents are not as they were when they were cleaned; shown without what stayed")
    elif lacking:
        fail(f"{results}: holds what went, not what stayed; --texts with the run's input shows both")
    return 0


@contextmanager
def page(output: Path, frame: Frame) -> Iterator[Page]:
    """A page that is in its place when it is whole, and not before. Raises InputError if it cannot be written."""
    aside = Aside(output)
    try:
        out = Page(Guarded(aside.file, output), frame)
        yield out
        out.close()
        aside.commit()
    except BaseException:
        aside.discard()
        raise


class Guarded:
    """A file of which each write that fails names it."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path

    def write(self, data: bytes) -> None:
        """Append. Raises InputError."""
        with writing(self._path):
            self._file.write(data)


def is_page(path: Path) -> bool:
    """Whether a file is a page of ours, which nobody edits."""
    try:
        with path.open("rb") as file:
            return file.read(len(PAGE_MARK)) == PAGE_MARK
    except OSError:
        return False


def reasons() -> dict[str, str]:
    """What the rules are there for, by id: those built in, and those of the settings file."""
    return {rule.id: rule.why for rule in Cleaner(rules=read_config(None).rules).rules}


def inputs(path: Path, text_field: str) -> Iterator[Record]:
    """The documents of a file or folder, in the order in which a run takes them. Raises InputError if it is not there."""
    for source in Plan(inputs=(path,), fields=Fields(text_field)).sources():
        if source.problem:
            if source.path == path:
                raise InputError(str(path), source.problem)
            continue
        try:
            yield from records_of(source, Fields(text_field))
        except CleanerError:
            continue  # the run could not read it either, and its report says so
