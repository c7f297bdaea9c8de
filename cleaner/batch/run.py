"""A run: pieces out to the workers, results in order into their places, an account of both."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.batch.count import count_repeats
from cleaner.batch.feed import Begin, End, Files, Piece, feed
from cleaner.batch.hands import hands
from cleaner.batch.journal import Journal
from cleaner.batch.ledger import Ledger
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress, Silent
from cleaner.batch.report import ReportFile
from cleaner.batch.source import Source
from cleaner.batch.tally import Summary
from cleaner.batch.targets import InPlace, Mirror
from cleaner.errors import ConfigError, InputError
from cleaner.sites import RepeatStore


def run(plan: Plan, progress: Progress | None = None) -> Summary:
    """Carry out `plan`.

    One bad file or record is noted and the run goes on. What stops it (a full disk, a broken worker, Ctrl-C) leaves
    every finished output in place, none in part, and an account with which `plan.resume` goes on.

    Raises:
        ConfigError: the plan cannot be carried out: settings, an output folder that is not empty, another run in it.
        RuleError: a rule pack that cannot be used.
        InputError: the run had to stop; says why.
    """
    progress = progress or Silent()
    started = time.monotonic()
    cleaner = Cleaner(**plan.options)
    _check(plan)
    journal = Journal(plan.journal, plan.fingerprint(cleaner), plan.resume)
    summary = Summary(tally=journal.tally)
    scratch: Path | None = None
    try:
        report = ReportFile(plan.report, journal.report_size)
        if plan.repeats and not plan.journal:
            scratch = Path(tempfile.mkdtemp(prefix="cleaner-"))
        store = _counts(plan, scratch, progress)
        progress.begin(*_totals(plan) if progress.wants_totals else (None, None))
        ledger = Ledger(plan, journal, report, summary, progress)
        try:
            _work(plan, ledger, store)
            ledger.finish()
        finally:
            ledger.close()
        _leave(plan, journal, store, summary)
    except BaseException:
        journal.close()
        raise
    finally:
        progress.end()
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    summary.seconds = time.monotonic() - started
    return summary


def _work(plan: Plan, ledger: Ledger, store: str | None) -> None:
    items = feed(_wanted(plan, ledger), plan.fields, ledger.journal.mark())
    with hands(plan, store) as do:
        for item, outcome in do(items):
            if isinstance(item, Files):
                ledger.files(item, outcome)
            elif isinstance(item, Begin):
                ledger.begin(item)
            elif isinstance(item, Piece):
                ledger.piece(item, outcome)
            elif isinstance(item, End):
                ledger.end(item)


def _wanted(plan: Plan, ledger: Ledger) -> Iterator[Source]:
    """The sources still to be done; the others are noted."""
    for source in plan.sources():
        if ledger.wants(source):
            yield source


def _check(plan: Plan) -> None:
    """Refuse what would lose something."""
    if not plan.inputs and not plan.names:
        raise ConfigError("nothing to clean: name files or folders")
    if isinstance(plan.target, Mirror):
        out = plan.target.out
        if out.exists() and not out.is_dir():
            raise ConfigError(f"{out}: is a file; name a folder for the output")
        if any(p.is_dir() and out.is_dir() and p.samefile(out) for p in plan.inputs):
            raise ConfigError(f"{out}: is an input too; choose another folder, or --in-place")
        fresh = not out.is_dir() or next(out.iterdir(), None) is None
        begun = plan.journal is not None and plan.journal.exists()
        if not fresh and not plan.overwrite and not (plan.resume and begun):
            raise ConfigError(
                f"{out}: is not empty; --overwrite replaces what has the same name"
                + (", --resume goes on with the run that left it" if begun else "")
            )
    elif isinstance(plan.target, InPlace) and plan.journal and plan.journal.exists():
        if not (plan.resume or plan.overwrite):
            raise ConfigError(f"{plan.journal}: a run did not end here; --resume goes on, --overwrite starts anew")
    elif plan.resume and not plan.journal:
        raise ConfigError("--resume needs an output folder, or one folder cleaned in place")


def _totals(plan: Plan) -> tuple[int, int]:
    """How many files lie before the run, and their size in bytes."""
    files = size = 0
    for source in plan.sources():
        files += 1
        size += source.size
    return files, size


def _counts(plan: Plan, scratch: Path | None, progress: Progress) -> str | None:
    """The file with the counts of repeated lines; made now, unless a run to resume left them."""
    if not plan.repeats:
        return None
    if plan.journal:
        path = str(plan.journal.with_name(plan.journal.name + "-repeats"))
        if plan.resume and RepeatStore.complete(path):
            return path
    elif scratch:
        path = str(scratch / "repeats")
    progress.begin(*_totals(plan) if progress.wants_totals else (None, None))
    count_repeats(plan.sources(), plan.fields, path, progress)
    return path


def _leave(plan: Plan, journal: Journal, store: str | None, summary: Summary) -> None:
    """Clear away what only a later run would need, if there is nothing left for one to do."""
    if isinstance(plan.target, InPlace) and not summary.failed:
        journal.remove()
    else:
        journal.close()
    if store and not summary.failed:
        try:
            Path(store).unlink(missing_ok=True)
        except OSError as e:
            raise InputError(store, e.strerror or str(e)) from e
