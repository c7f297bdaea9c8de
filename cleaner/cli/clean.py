"""The main job: texts in, their bodies out, what was taken out shown beside."""

from __future__ import annotations

import sys
from typing import Any

import click

from cleaner.api import MAX_MEMORY, MAX_TIME
from cleaner.batch.cleaners import Cleaners
from cleaner.cli.batch_options import batch_options, batch_values, jobs_wanted, pages_wanted, site_wanted
from cleaner.cli.command import EPILOG, MainCommand, show_short_help, show_version
from cleaner.cli.config import Config
from cleaner.cli.inputs import STDIN, into_itself, shown
from cleaner.cli.names import complete_files
from cleaner.cli.options import (
    cleaner_options,
    color_option,
    given,
    help_option,
    loss_options,
    own_options,
    rule_options,
    text_fields_option,
)
from cleaner.cli.plain import JSONL, QUIET
from cleaner.cli.task import Task
from cleaner.cli.texts import clean_json_lines, clean_texts
from cleaner.cli.told import FORMATS, Told
from cleaner.errors import InputError
from cleaner.output.losses import Losses
from cleaner.render.changes import STYLES


@click.command(cls=MainCommand, epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[FILES|FOLDERS|-]...", shell_complete=complete_files)
@click.option(*QUIET, "no_diff", is_flag=True, help="Do not show what was taken out.")
@click.option("--diff", type=click.Choice(STYLES), help="How to show what was taken out, on stderr [unified].")
@click.option("--diff-only", is_flag=True, help="Write the diff to stdout, not the body; 'patch' takes it.")
@click.option("--check", is_flag=True, help="Write no body; exit status 1 if something would be taken out.")
@click.option("-i", "--in-place", is_flag=True, help="Write each body back to its file; -i=.bak keeps the old one.")
@click.option("--backup-suffix", hidden=True)
@click.option("--keep-times", is_flag=True, help="With -i: a file keeps the time when it was last changed.")
@click.option(*JSONL, is_flag=True, help="One JSON object a line in and out; a diff only with --diff.")
@text_fields_option
@loss_options
@click.option("--edits", is_flag=True, help="With --jsonl: add a field 'edits' that lists what was taken out.")
@click.option("--stdin-name", metavar="NAME", help="What the standard input is called in diffs and messages [stdin].")
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    help="Write what was taken out to stdout in place of the body, as JSON, SARIF or GitHub's annotations.",
)
@click.option(
    "--statistics", is_flag=True, help="Close with how often each rule took something; a diff only with --diff."
)
@rule_options
@batch_options
@click.option(
    "--max-time",
    type=click.FloatRange(0, min_open=True),
    default=MAX_TIME,
    metavar="SECONDS",
    help=f"Processor time that one text may take; then it is left as it is [{MAX_TIME:g}].",
)
@click.option(
    "--max-memory",
    type=click.FloatRange(0, min_open=True),
    default=MAX_MEMORY,
    metavar="MB",
    help=f"Memory that one text may want; one that wants more is left as it is [{MAX_MEMORY:g}].",
)
@color_option
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version, and those of core, Python and rules.",
)
@click.option(
    "-h",
    "short_help",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_short_help,
    help="Show a short help with examples.",
)
@help_option("--help")
def clean(
    paths: tuple[str, ...],
    no_diff: bool,
    diff: str | None,
    diff_only: bool,
    check: bool,
    in_place: bool,
    backup_suffix: str | None,
    keep_times: bool,
    jsonl: bool,
    text_fields: tuple[str, ...],
    share_field: str | None,
    drop_above: float | None,
    flag_field: str | None,
    edits: bool,
    max_time: float,
    max_memory: float,
    stdin_name: str | None,
    output_format: str | None,
    statistics: bool,
    color: str,
    config: Config,
    **choice: Any,
) -> int:
    """Take the boilerplate out of article texts: the body goes to stdout, what was taken out is shown on stderr.

    Reads the standard input if no file is named. NAMES are parted by commas: 'promo', 'promo/en/also-like',
    'share/*'.
    """
    in_place |= backup_suffix is not None
    no_diff &= given("no_diff") or not (diff or diff_only)
    edits &= jsonl or given("edits")
    if sum((diff_only, check, in_place)) > 1:
        raise click.UsageError("--diff-only, --check and -i exclude each other")
    if diff_only and no_diff:
        raise click.UsageError("--diff-only and --no-diff exclude each other")
    if jsonl and (diff_only or in_place):
        raise click.UsageError("--jsonl goes with neither --diff-only nor -i")
    if given("keep_times") and not in_place:
        raise click.UsageError("--keep-times needs -i")
    if edits and not jsonl:
        raise click.UsageError("--edits needs --jsonl")
    if output_format and (diff_only or edits):
        raise click.UsageError("--output-format goes with neither --diff-only nor --edits")
    if flag_field is not None and drop_above is None:
        raise click.UsageError("--flag-field needs --drop-above")
    if flag_field is not None and flag_field == share_field:
        raise click.UsageError("--share-field and --flag-field name one field")
    losses = Losses(share_field, drop_above, flag_field)
    limits = {"max_time": max_time, "max_memory": max_memory}
    options, own = cleaner_options(config, **choice) | limits, own_options(config, **choice)
    batch = batch_values(paths, jsonl, check)
    if batch is not None:
        if diff_only or diff or edits:
            raise click.UsageError(
                "--diff, --diff-only and --edits are for single texts; --report FILE lists the edits"
            )
        from cleaner.cli.batch import clean_batch

        told = Told(output_format, statistics, color, lambda: Cleaners(options, own).rules(), bodies=False)
        return clean_batch(
            paths, batch, options, own, text_fields=text_fields, losses=losses, jsonl=jsonl,
            in_place=in_place, suffix=backup_suffix or "", keep_times=keep_times, check=check, quiet=no_diff, color=color, told=told,
        )  # fmt: skip
    if losses and not jsonl and (given("share_field") or given("drop_above")):
        raise click.UsageError("--share-field and --drop-above are for records and folders")
    pages = pages_wanted()
    if pages and (jsonl or in_place):
        raise click.UsageError("--format html goes with neither --jsonl nor -i: a page is not written back")
    if in_place and (not paths or STDIN in paths):
        raise click.UsageError("-i needs files")
    if backup_suffix is not None and (not backup_suffix or "/" in backup_suffix):
        raise click.UsageError("the suffix of -i=SUFFIX is empty or holds a slash")
    if not paths and sys.stdin is not None and sys.stdin.isatty():
        click.echo(click.get_current_context().get_help())
        return 0
    if (output_format or not (check or in_place)) and (path := into_itself(paths or (STDIN,))):
        raise InputError(shown(path), "input file is output file")
    by_default = None if jsonl or statistics or output_format else config.get("diff") or "unified"
    style = None if no_diff else diff or ("unified" if diff_only else by_default)
    cleaners = Cleaners(options, own)
    told = Told(output_format, statistics, color, cleaners.rules, bodies=not (check or in_place or jsonl))
    task = Task(check, diff_only, in_place, backup_suffix or "", keep_times, style, color, told, stdin_name)
    if jsonl:
        return clean_json_lines(
            paths or (STDIN,), cleaners, text_fields, edits, losses, task, jobs_wanted(), site_wanted()
        )
    return clean_texts(paths or (STDIN,), cleaners, task, pages, site_wanted())
