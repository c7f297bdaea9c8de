"""Folders and corpora: the options of the main command that make it a batch run.

Only the options: the run itself is imported when there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cleaner.cli.plain import RECORDS

F = TypeVar("F", bound=Callable[..., Any])
_KEY = "cleaner.batch"
# The kinds of files.
KINDS = ("text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "arrow", "warc")


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Put an option's value where `batch_values` finds it, with whether it was given."""
    assert param.name
    given = (
        value not in (None, False, ())
        and ctx.get_parameter_source(param.name) is click.core.ParameterSource.COMMANDLINE
    )
    ctx.meta.setdefault(_KEY, {})[param.name] = (value, given)


def _option(*names: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(*names, expose_value=False, callback=_keep, **more)


_OPTIONS = [
    _option("-o", "--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Write the results to this folder, as a mirror of the input."),
    _option("--files-from", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="Read the names of the inputs from a file, one a line."),
    _option("-0", "--null", is_flag=True, help="With --files-from: the names are parted by NUL."),
    _option("--include", multiple=True, metavar="GLOB", help="In folders, take only files that match (as in .gitignore)."),
    _option("--format", "kind", type=click.Choice(["auto", *KINDS]), default="auto", help="What the files hold [by suffix]; html: pages, whose text trafilatura takes out."),
    _option("--exclude", multiple=True, metavar="GLOB", help="In folders, leave out what matches, besides what a .cleanerignore names."),
    _option("--exclude-from", type=click.Path(path_type=Path), multiple=True, metavar="FILE", help="Read such patterns from a file, as .gitignore is written."),
    _option("--delimiter", metavar="CHAR", help="In tables: what parts the cells; 'tab' for a tab [by suffix]."),
    _option("--quote", metavar="CHAR", help="In tables: what stands around a cell; 'none' for nothing [\"]."),
    _option("--escape", metavar="CHAR", help="In tables: what stands before a quote in a cell; 'none': it is doubled [found]."),
    _option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that clean [2 from 8 MiB on]."),
    _option("--resume", is_flag=True, help="Go on with a run that did not end; take what it finished as done."),
    _option("--overwrite", is_flag=True, help="Replace what is there: files of the same name in the output folder, a report, a backup."),
    _option("--repeats/--no-repeats", default=None, help="Take lines that other documents of the site have as evidence (reads all twice) [where a field or folder names the site]."),
    _option("--site", "site_packs", type=click.Path(path_type=Path), multiple=True, metavar="FILE", help="What 'cleaner learn --site' wrote of the texts' site: also for streams and single texts."),
    _option("--url-field", default="url", metavar="NAME", help="In records: the field that holds the web address [url]."),
    _option("--site-field", metavar="NAME", help="In records: the field that names the site [the address's domain]."),
    _option("--report", type=click.Path(path_type=Path), metavar="FILE", help="Write a line of JSON for each document: edits, figures, warnings."),
    _option("--summary", type=click.Choice(["table", "json"]), default="table", help="How to close a batch; json goes to stdout [table]."),
]  # fmt: skip
BATCH = {
    "output", "files_from", "null", "include", "exclude", "exclude_from", "kind", "delimiter", "quote", "escape", "jobs", "resume",
    "overwrite", "repeats", "url_field", "site_field", "report", "summary",
}  # fmt: skip
# What each of these asks for, only a batch run has.
_TELLING = BATCH - {"null", "url_field", "site_field"}


def batch_options(command: F) -> F:
    """Add the options of a batch run. Their values do not reach the command, but `batch_values`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def batch_values(paths: tuple[str, ...], jsonl: bool, check: bool) -> dict[str, Any] | None:
    """The values of the batch options if this is a batch run, else None.

    It is one if such an option was given, or if a path is a folder or a file that is no plain text by its suffix: as a
    text, its records would be cleaned like sentences. (JSON lines are no reason if `jsonl`; nor is `--jobs`, which
    streams of them have too, unless with `check`.)
    """
    values: dict[str, tuple[Any, bool]] = click.get_current_context().meta[_KEY]
    # A page is one text: to ask for that alone makes no batch.
    page = values["kind"][0] == "html"
    telling = any(
        values[name][1] for name in _TELLING if (name != "jobs" or not jsonl or check) and (name != "kind" or not page)
    )
    records = not (jsonl or page) and any(p.lower().endswith(RECORDS) for p in paths)
    if telling or records or any(map(_is_folder, paths)):
        return {name: value for name, (value, _) in values.items()}
    return None


def why_batch(paths: tuple[str, ...]) -> str:
    """What makes a run of these paths a batch, for a message that goes on: a folder, a file of records, or an option."""
    for path in paths:
        if _is_folder(path):
            return f"{path} is a folder: "
        if path.lower().endswith(RECORDS):
            return f"{path} holds records, or is packed: "
    context = click.get_current_context()
    given = [name for name, (_, was_given) in context.meta[_KEY].items() if was_given and name in _TELLING]
    options = [max(param.opts, key=len) for param in context.command.params if param.name in given]
    return f"{', '.join(options)} {'is' if len(options) == 1 else 'are'} for folders and corpora: " if options else ""


def jobs_wanted() -> int:
    """The value of `--jobs`; 0 if it was not given."""
    values: dict[str, tuple[Any, bool]] = click.get_current_context().meta[_KEY]
    return values["jobs"][0] or 0


def site_wanted() -> tuple[tuple[Path, ...], str, str | None]:
    """The values of `--site`, `--url-field` and `--site-field`."""
    values: dict[str, tuple[Any, bool]] = click.get_current_context().meta[_KEY]
    packs, url, site = (values[name][0] for name in ("site_packs", "url_field", "site_field"))
    return packs, url, site


def pages_wanted() -> bool:
    """Whether `--format html` was given."""
    values: dict[str, tuple[Any, bool]] = click.get_current_context().meta[_KEY]
    return bool(values["kind"][0] == "html")


def _is_folder(path: str) -> bool:
    """Whether `path` names a folder; what cannot be told (a name that is too long) is left to the reading."""
    try:
        return bool(path) and Path(path).is_dir()
    except (OSError, ValueError):
        return False
