"""`cleaner learn`: a proposed rule pack from the lines that repeat in a corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cleaner.batch import Plan
from cleaner.batch.learn import learn
from cleaner.batch.learn_site import learn_site
from cleaner.batch.lesson import Lesson
from cleaner.batch.patterns import lines_of
from cleaner.cli.config import Config
from cleaner.cli.options import cleaner_options, folder_options, help_option, rule_options, text_fields_option
from cleaner.disk.aside import put
from cleaner.disk.outputs import refuse_loss
from cleaner.formats import Fields
from cleaner.render.progress import progress_for
from cleaner.render.terminal import wants_color, write


@click.command("learn")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILES|FOLDERS...")
@click.option("--by-site", is_flag=True, help="Count within each site: its own lines, not the language's idiom.")
@click.option(
    "--site", is_flag=True, help="Write what repeats on each site, for 'cleaner --site', in place of rules to edit."
)
@click.option(
    "--documents", type=click.IntRange(2), default=3, metavar="N", help="A line stands in so many or more [3]."
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=200,
    metavar="N",
    help="At most so many rules, or lines of each site [200].",
)
@click.option("--language", default="any", metavar="LANG", help="The language that the pack names [any].")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the pack to a file.")
@click.option("--overwrite", is_flag=True, help="With -o: replace a file that is there.")
@folder_options
@click.option(
    "--exclude-from",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Read such patterns from a file.",
)
@text_fields_option
@click.option("--url-field", default="url", metavar="NAME", help="In records: the field that holds the address [url].")
@click.option("--site-field", metavar="NAME", help="In records: the field that names the site.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@rule_options
@help_option("-h", "--help")
def command(
    paths: tuple[Path, ...],
    by_site: bool,
    site: bool,
    documents: int,
    limit: int,
    language: str,
    output: Path | None,
    overwrite: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    exclude_from: tuple[Path, ...],
    text_fields: tuple[str, ...],
    url_field: str,
    site_field: str | None,
    quiet: bool,
    config: Config,
    **choice: Any,
) -> int:
    """Propose a rule pack from the lines that repeat across documents; it goes to stdout.

    Lines that the present rules take already are left out. The pack loads as it is (--rules), and is meant to be read
    and edited first.
    """
    if site and by_site:
        raise click.UsageError("--site and --by-site exclude each other")
    if output:
        # A proposal is there to be edited, so an earlier one is a person's file too.
        refuse_loss(output, paths, overwrite)
    plan = Plan(
        inputs=paths,
        options=cleaner_options(config, **choice),
        fields=Fields.of(text_fields, url_field, site_field, inputs=paths),
        include=include,
        exclude=(*(p for file in exclude_from for p in lines_of(file)), *exclude),
    )
    progress = progress_for(sys.stderr, wants_color(sys.stderr), quiet)
    text = (learn_site if site else learn)(Lesson(plan, by_site, documents, limit, language), progress)
    if output is None:
        write(sys.stdout, text)
        return 0
    put(output, text.encode())
    return 0
