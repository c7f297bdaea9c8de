"""`cleaner report`: a page to look at what a run took out."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.batch.results import Naming, read_results, with_texts
from cleaner.cli.app import fail
from cleaner.cli.options import text_field_option, texts_option
from cleaner.cli.page import inputs, is_page, page, reasons
from cleaner.disk.outputs import refuse_loss
from cleaner.errors import InputError
from cleaner.render.page.writer import Frame


@click.command("report", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("results", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The page.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there, even if it is no such page.")
@texts_option
@text_field_option
@click.option("--title", metavar="TEXT", help="The page's heading [the name of RESULTS].")
@click.option(
    "--near",
    type=click.FloatRange(0, 1),
    default=0.4,
    metavar="SHARE",
    help="Share of a document's words from which on it is near the guard [0.4].",
)
@click.option(
    "--context", type=click.IntRange(0), metavar="N", help="Carry only N lines around what went: a smaller page [all]."
)
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
        fail(
            f"{texts}: {lacking} of the documents are not as they were when they were cleaned; shown without what stayed"
        )
    elif lacking:
        fail(f"{results}: holds what went, not what stayed; --texts with the run's input shows both")
    return 0
