"""A run: pieces out to the workers, results in order into their places, an account of both."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from cleaner.batch.check import check
from cleaner.batch.cleaners import Cleaners
from cleaner.batch.count import count_repeats
from cleaner.batch.feed import Begin, End, Files, Item, Piece, feed
from cleaner.batch.fingerprint import fingerprint
from cleaner.batch.hands import hands
from cleaner.batch.interrupts import Interrupts
from cleaner.batch.journal import Journal
from cleaner.batch.ledger import Ledger
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress, Silent
from cleaner.batch.report import ReportFile
from cleaner.batch.source import Source
from cleaner.batch.tally import Summary
from cleaner.batch.work import Outcome
from cleaner.disk.aside import sweep
from cleaner.disk.scratch import scratch
from cleaner.errors import InputError
from cleaner.sites import RepeatStore
from cleaner.sites.pack import SitePack


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
    cleaners = Cleaners(plan.options, plan.own)
    SitePack.read(plan.site_packs)  # one that is none ends the run here
    check(plan)
    begun = plan.journal is not None and plan.journal.exists()
    journal = Journal(plan.journal, fingerprint(plan, cleaners), plan.resume, plan.account)
    summary = Summary(tally=journal.tally)
    try:
        with Interrupts() as interrupts, ExitStack() as stack:
            report = ReportFile(plan.report, journal.report_size)
            ledger = Ledger(plan, journal, report, summary, progress)
            stack.callback(ledger.close)
            folder = stack.enter_context(scratch()) if plan.counts and not plan.journal else None
            store = _counts(plan, folder, progress)
            progress.begin(*_totals(plan) if progress.wants_totals else (None, None))
            try:
                _work(plan, cleaners, ledger, store, interrupts, apart=begun and plan.resume)
                with interrupts.held():
                    ledger.finish()
            except (KeyboardInterrupt, InputError):
                ledger.stop()
                raise
        _leave(plan, journal, store, summary, begun)
    except BaseException:
        journal.close()
        raise
    finally:
        progress.end()
    summary.seconds = time.monotonic() - started
    return summary


def _work(
    plan: Plan, cleaners: Cleaners, ledger: Ledger, store: str | None, interrupts: Interrupts, apart: bool
) -> None:
    items = feed(_wanted(plan, ledger, interrupts), plan.fields, ledger.journal.mark())
    with hands(plan, cleaners, store, apart) as do:
        for item, outcome in do(items):
            with interrupts.held():
                _enter(item, outcome, ledger)


def _enter(item: Item, outcome: list[Outcome], ledger: Ledger) -> None:
    if isinstance(item, Files):
        ledger.files(item, outcome)
    elif isinstance(item, Begin):
        ledger.begin(item)
    elif isinstance(item, Piece):
        ledger.piece(item, outcome)
    elif isinstance(item, End):
        ledger.end(item)


def _wanted(plan: Plan, ledger: Ledger, interrupts: Interrupts) -> Iterator[Source]:
    """The sources still to be done; the others are noted."""
    for source in plan.sources(ledger.left_out):
        with interrupts.held():
            wanted = ledger.wants(source)
        if wanted:
            yield wanted


def _totals(plan: Plan) -> tuple[int, int]:
    """How many files lie before the run, and their size in bytes."""
    files = size = 0
    for source in plan.sources(look=False):
        files += 1
        size += source.size
    return files, size


def _counts(plan: Plan, scratch: Path | None, progress: Progress) -> str | None:
    """The file with the counts of repeated lines, if any are to count; made now, unless a run to resume left them."""
    if not plan.counts:
        return None
    if plan.journal:
        path = str(plan.journal.with_name(plan.journal.name + "-repeats"))
        if plan.resume and RepeatStore.complete(path):
            return path
    elif scratch:
        path = str(scratch / "repeats")
    progress.begin(*_totals(plan) if progress.wants_totals else (None, None))
    counted = count_repeats(plan.sources(), plan.fields, path, progress, named=not plan.repeats)
    return path if counted else None


def _leave(plan: Plan, journal: Journal, store: str | None, summary: Summary, begun: bool) -> None:
    """Clear away what only a later run would need, if there is nothing left for one to do."""
    if store:
        try:
            Path(store).unlink(missing_ok=True)
        except OSError as e:
            raise InputError(store, e.strerror or str(e)) from e
    if begun and plan.journal:  # the run before was killed
        for folder, _, _ in os.walk(plan.journal.parent):
            sweep(Path(folder))
    # To clean a folder in its place once more costs nothing but time.
    journal.end(keep=plan.resume or bool(summary.failed) and plan.target.mirrors)
