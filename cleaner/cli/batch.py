"""A batch run, as the command line asks for it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from cleaner.batch import InPlace, Mirror, Nowhere, Plan, Summary, run
from cleaner.batch.cleaners import Own
from cleaner.batch.patterns import lines_of
from cleaner.cli.app import FAILED, WOULD_CHANGE, fail
from cleaner.cli.batch_options import why_batch
from cleaner.cli.inputs import STDIN, open_binary, shown
from cleaner.cli.standard import telling
from cleaner.cli.told import Told
from cleaner.disk.scratch import scratch
from cleaner.formats import Dialect, Fields, Kind
from cleaner.output.losses import Losses
from cleaner.render.progress import progress_for, table
from cleaner.render.terminal import wants_color, write, write_styled


def clean_batch(
    paths: tuple[str, ...],
    values: Mapping[str, Any],
    options: Mapping[str, Any],
    own: tuple[Own, ...] = (),
    *,
    text_fields: tuple[str, ...],
    losses: Losses,
    jsonl: bool,
    in_place: bool,
    suffix: str,
    keep_times: bool,
    check: bool,
    quiet: bool,
    color: str,
    told: Told,
) -> int:
    """Carry out a batch run; returns the exit status.

    Args:
        paths: files and folders.
        values: from `cleaner.cli.batch_options.batch_values`.
        options: arguments of `Cleaner`.
        own: options of some paths.
        losses: the share of words that went: where it is told, what is dropped.
        text_fields, jsonl, in_place, suffix, keep_times, check, quiet, color: as the main command has them.
        told: gets the results, if it wants any, and tells of them.
    """
    if told.takes_stdout and values["summary"] == "json":
        raise click.UsageError("--summary json and --output-format exclude each other")
    colored = wants_color(sys.stderr, color)
    named = _named(paths, values["files_from"])
    with ExitStack() as held:
        if str(values["files_from"]) == "-":  # the list is read more than once
            names = held.enter_context(scratch()) / "names"
            names.write_bytes(open_binary(STDIN).read())
            values = {**values, "files_from": names}
        if told.wanted and not values["report"]:
            values = {**values, "report": held.enter_context(scratch()) / "report"}
        fields = Fields.of(text_fields, values["url_field"], values["site_field"], losses, tuple(map(Path, paths)))
        place = InPlace(suffix, values["overwrite"], keep_times) if in_place else None
        plan = _plan(paths, values, options, own, fields, jsonl, place, check, told.wanted)
        try:
            summary = run(plan, progress_for(sys.stderr, colored, quiet))
        except KeyboardInterrupt:
            fail("stopped; what is done is done" + (", and --resume goes on" if plan.journal else ""))
            raise
        if told.wanted and plan.report:
            told.report(plan.report)
            told.end()
    _close(summary, values["summary"], quiet, colored)
    if summary.idle:
        # A check that looked at nothing must not pass for ever.
        fail(f"{named}: no file was found to {'check' if check else 'clean'}")
    if summary.failed or check and summary.idle:
        return FAILED
    return WOULD_CHANGE if check and summary.tally.changed else 0


def _plan(
    paths: tuple[str, ...], values: Mapping[str, Any], options: Mapping[str, Any], own: tuple[Own, ...], fields: Fields, jsonl: bool,
    place: InPlace | None, check: bool, located: bool,
) -> Plan:  # fmt: skip
    if "-" in paths:
        raise click.UsageError("the standard input is no part of a batch; name files and folders")
    if paths and values["files_from"]:
        raise click.UsageError("name files and folders, or give --files-from, but not both")
    if not paths and not values["files_from"]:
        raise click.UsageError("the standard input is no part of a batch; name files and folders, or give --files-from")
    if values["null"] and not values["files_from"]:
        raise click.UsageError("-0 needs --files-from")
    if values["site_packs"] and values["repeats"]:
        raise click.UsageError("--site and --repeats exclude each other: a pack says what repeats")
    targets = [values["output"] is not None, place is not None, check]
    if sum(targets) > 1:
        raise click.UsageError("-o, -i and --check exclude each other")
    if not any(targets) and not values["report"]:
        raise click.UsageError(
            f"{why_batch(paths)}say where the results go: -o FOLDER, -i, or nowhere: --check or --report FILE"
        )
    target = Mirror(values["output"]) if values["output"] else place or Nowhere()
    if place and values["kind"] == "html":
        raise click.UsageError("a page is not written back: with --format html, -o FOLDER takes the texts")
    kind = Kind.JSONL if jsonl else None if values["kind"] == "auto" else Kind(values["kind"])
    return Plan(
        inputs=tuple(map(Path, paths)),
        names=(values["files_from"], values["null"]) if values["files_from"] else None,
        target=target,
        options=options,
        own=own,
        fields=fields,
        kind=kind,
        dialect=Dialect(*(_character(values[name]) for name in ("delimiter", "quote", "escape"))),
        include=values["include"],
        exclude=(*(p for file in values["exclude_from"] for p in lines_of(file)), *values["exclude"]),
        jobs=values["jobs"] or 0,
        report=values["report"],
        located=located,
        resume=values["resume"],
        overwrite=values["overwrite"],
        repeats=values["repeats"],
        site_packs=values["site_packs"],
    )


def _named(paths: tuple[str, ...], names: Path | None) -> str:
    """How messages call all inputs of a run together."""
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(paths[:3]) + more or shown(str(names))


def _character(word: str | None) -> str | None:
    """What an option calls a character: itself, `tab` or `\\t`, or `none`."""
    return {"tab": "\t", "\\t": "\t", "none": ""}.get(word, word) if word is not None else None


def _close(summary: Summary, style: str, quiet: bool, colored: bool) -> None:
    """Tell how the run went: what failed, one line each, then the figures."""
    for warning in summary.warnings:
        fail(warning)
    for hint, (count, first) in summary.hints.items():
        fail(f"{first}{f' (and {count - 1:,} more)' if count > 1 else ''}: {hint}")
    for failure in summary.tally.failures:
        fail(f"{failure.name}: {failure.reason}")
    if summary.failed > len(summary.tally.failures):
        fail(f"and {summary.failed - len(summary.tally.failures)} more; --report names them all")
    if style == "json":
        write(sys.stdout, json.dumps(summary.to_json(), ensure_ascii=False) + "\n")
    elif not quiet:
        with telling():
            write_styled(sys.stderr, table(summary), colored)
    if (not quiet or summary.idle) and (left_out := str(summary.left_out)):
        fail(left_out)
