"""Puts the results of a run in their places, in order, and keeps the account."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from cleaner.batch.aside import Aside
from cleaner.batch.feed import Begin, End, Files, Piece
from cleaner.batch.journal import Journal, Mark
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress
from cleaner.batch.report import ReportFile, failure_record
from cleaner.batch.source import Source
from cleaner.batch.tally import NAMED, Failure, Summary, Tally
from cleaner.batch.work import Outcome
from cleaner.disk import DiskError, writing
from cleaner.errors import InputError
from cleaner.formats import Writer

# Seconds between two commits of the account: what a killed run has to do again.
_PAUSE = 1.0


@dataclass(slots=True)
class _Open:
    """A file of records on its way."""

    source: Source
    aside: Aside | None
    writer: Writer | None
    report_size: int
    tally: Tally = field(default_factory=Tally)


class Ledger:
    """See above.

    Args:
        plan: what is to be done.
        journal: the account; closed by its owner.
        report: the report; closed by `close`.
        summary: gets the figures.
        progress: is told.
    """

    def __init__(self, plan: Plan, journal: Journal, report: ReportFile, summary: Summary, progress: Progress) -> None:
        self.journal = journal
        self._plan, self._report, self._summary, self._progress = plan, report, summary, progress
        self._open: _Open | None = None
        self._report_began = report.size
        self._committed = time.monotonic()

    def wants(self, source: Source) -> bool:
        """Whether `source` is still to be done. If not, or if it cannot be done, that is noted."""
        if source.problem:
            if source.minor:
                self._note(source)
            else:
                self._failed(Failure(source.name, source.problem), source.name)
            return False
        if not self._plan.one_tree and self._plan.target.mirrors and (other := self.journal.claim(source)):
            path = str(source.path)
            self._failed(Failure(path, f"its output {source.name} is that of {other} already"), path)
            return False
        if self._plan.resume and self.journal.done(source) and self._plan.target.has(source):
            self._summary.resumed += 1
            self._progress.advance(1, source.size)
            return False
        return True

    def files(self, item: Files, outcomes: Sequence[Outcome]) -> None:
        """Take in what became of files of one text each."""
        for source, outcome in zip(item.sources, outcomes, strict=True):
            self._stop_if(outcome)
            for failure in outcome.tally.failures:
                self._failed(failure, source.name)
            self.journal.tally.add(outcome.tally)
            for line in outcome.records:
                self._report.write(line)
            if not outcome.tally.failures:
                self.journal.finished(source)
            self._summary.files += 1
            self._summary.size += source.size
            self._progress.advance(1, source.size)
        self._commit_sometimes(None)

    def begin(self, item: Begin) -> None:
        """Open the output of a file of records."""
        mark = item.mark
        if not mark:
            self.journal.forget(item.source)
        try:
            aside = self._plan.target.open(item.source, mark.written if mark else 0)
            writer = item.reader.writer(aside.file) if aside else None
        except DiskError:
            raise
        except InputError as e:
            self._failed(Failure(item.source.name, e.reason), item.source.name)
            return
        self._open = _Open(item.source, aside, writer, self._report.size)
        if mark:
            self._open.tally = mark.tally
            if self._report.size == self._report_began:
                self._open.report_size = mark.report

    def piece(self, item: Piece, outcomes: Sequence[Outcome]) -> None:
        """Write some records."""
        now = self._open
        if now is None:
            return
        outcome = outcomes[0]
        self._stop_if(outcome)
        if now.writer and now.aside:
            with writing(now.aside.path):
                now.writer.write(outcome.payload)
        for failure in outcome.tally.failures:
            self._failed(failure, now.source.name, record=True)
        documents = outcome.tally.documents
        now.tally.add(outcome.tally)
        for line in outcome.records:
            self._report.write(line)
        self._summary.size += item.size
        self._progress.advance(documents, item.size)
        self._commit_sometimes(item)

    def end(self, item: End) -> None:
        """Put the output of a file of records in place; if the file was bad, throw it away."""
        now, self._open = self._open, None
        if item.error:
            self.journal.forget(item.source)
            self._failed(Failure(item.source.name, item.error), item.source.name)
        if now is None:
            return
        if item.error:
            self._report.cut(now.report_size)
            if now.aside:
                now.aside.discard()
        else:
            if now.aside and now.writer:
                with writing(now.aside.path):
                    now.writer.close()
                self._plan.target.finish(item.source, now.aside, bool(now.tally.changed))
            self.journal.tally.add(now.tally)
            self.journal.finished(item.source)
            self._summary.files += 1
        self._commit(None)

    def close(self) -> None:
        """Close everything. What was written of a file of records stays beside its place if a later run can go on."""
        if self._open and self._open.aside:
            if self.journal.path:
                self._open.aside.file.close()
            else:
                self._open.aside.discard()
        self._report.close()

    def finish(self) -> None:
        """The run came to its end: complete the account and the report."""
        self._commit(None)
        for failure in self.journal.failures():
            self._report.write(failure_record(failure))
        self._summary.tally = replace(self.journal.tally, failures=list(islice(self.journal.failures(), NAMED)))
        self._summary.failed = self.journal.failure_count()

    def _failed(self, failure: Failure, source: str, record: bool = False) -> None:
        self.journal.failure(failure, source, record)
        self._progress.failed(failure.name, failure.reason)

    def _note(self, source: Source) -> None:
        if len(self._summary.notes) < NAMED:
            self._summary.notes.append(Failure(source.name, source.problem))
        self._progress.note(f"{source.name}: {source.problem}")

    def _stop_if(self, outcome: Outcome) -> None:
        if outcome.stop:
            raise DiskError(*outcome.stop)

    def _commit_sometimes(self, item: Piece | None) -> None:
        if time.monotonic() - self._committed >= _PAUSE:
            self._commit(item)

    def _commit(self, item: Piece | None) -> None:
        """Commit the account. Within a file of records that is possible only where a reader could go on."""
        mark = None
        if item:
            now = self._open
            if now is None or item.place is None:
                return
            written = 0
            if now.aside:
                with writing(now.aside.path):
                    now.aside.file.flush()
                    written = now.aside.file.tell()
            source = now.source
            mark = Mark(
                name=source.name,
                path=str(source.path.absolute()),
                size=source.size,
                stamp=source.stamp,
                line=item.place[0],
                offset=item.place[1],
                target=str(now.aside.path.absolute()) if now.aside else "",
                written=written,
                report=now.report_size,
                tally=now.tally,
            )
        self._report.flush()
        self.journal.commit(self._report.size, mark)
        self._committed = time.monotonic()
