"""Puts the results of a run in their places, in order, and keeps the account."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from cleaner.batch.feed import Begin, End, Files, Piece
from cleaner.batch.journal import Journal, Mark
from cleaner.batch.left_out import LeftOut
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress
from cleaner.batch.report import ReportFile, failure_record
from cleaner.batch.source import Source
from cleaner.batch.tally import NAMED, Failure, Summary, Tally
from cleaner.batch.work import Outcome
from cleaner.disk import DiskError, writing
from cleaner.disk.aside import Aside
from cleaner.errors import CleanerError, InputError
from cleaner.formats import Writer

# Seconds between two commits of the account: what a killed run has to do again.
_PAUSE = 1.0
# Warnings among which one that is said again is looked for.
_RECENT = 100


@dataclass(slots=True)
class _Open:
    """A file of records on its way.

    Attributes:
        report_size: size of the report when it was begun.
        place: where a reader could go on (line, offset); None if it could not.
        written: bytes of output that belong to it.
    """

    source: Source
    aside: Aside | None
    writer: Writer | None
    report_size: int
    place: tuple[int, int] | None = None
    written: int = 0
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
        self._ended = False

    @property
    def left_out(self) -> LeftOut:
        """Takes the files that are left out for their suffix."""
        return self._summary.left_out

    def wants(self, source: Source) -> Source | None:
        """`source` if it is still to be done. If not, or if it cannot be done, that is noted."""
        if source.problem:
            if source.minor:
                self._note(source)
            else:
                self._failed(Failure(source.name, source.problem), source.name)
            return None
        if not self._plan.one_tree and self._plan.target.mirrors and (other := self.journal.claim(source)):
            path = str(source.path)
            self._failed(Failure(path, f"its output {source.name} is that of {other} already"), path)
            return None
        if self._plan.target.writes(self._plan.report, source):
            self._failed(Failure(source.name, "its output would be the report"), source.name)
            return None
        if self._plan.resume and self.journal.done(source) and self._has(source):
            self._summary.resumed += 1
            self._progress.advance(1, source.size)
            return None
        if self._plan.resume and not self._plan.overwrite and self._plan.target.has(source):
            return replace(source, doubtful=not self.journal.knows(source))
        return source

    def _has(self, source: Source) -> bool:
        """Whether what became of `source`, which is done, is still so."""
        return self._plan.target.has(source) != self.journal.dropped(source) or not self._plan.target.mirrors

    def files(self, item: Files, outcomes: Sequence[Outcome]) -> None:
        """Take in what became of files of one text each."""
        for source, outcome in zip(item.sources, outcomes, strict=True):
            self._stop_if(outcome)
            self._tell(outcome.records)
            if self._plan.resume:
                self.journal.forget(source)
            for failure in outcome.tally.failures:
                self._failed(failure, source.name, record=outcome.left)
            self.journal.tally.add(outcome.tally)
            self._warn(outcome.notes)
            if outcome.hint:
                count, first = self._summary.hints.get(outcome.hint, (0, source.name))
                self._summary.hints[outcome.hint] = count + 1, first
            if outcome.left or not outcome.tally.failures:
                self.journal.finished(source, outcome.dropped)
            self._summary.files += 1
            self._summary.size += source.size
            self._progress.advance(1, source.size)
        self._commit_sometimes()

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
            self._open.place, self._open.written = (mark.line, mark.offset), mark.written
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
        written = now.written
        if now.writer and now.aside:
            try:
                with writing(now.aside.path):
                    now.writer.write(outcome.payload)
                    written = now.aside.file.tell()
            except DiskError:
                raise
            except InputError as e:  # its input changed under it
                self._spoiled(now.source, e.reason)
                return
        self._tell(outcome.records)
        for failure in outcome.tally.failures:
            self._failed(failure, now.source.name, record=True)
        # Together, when all is written: a run that goes on from this place would write again what the account tells beyond it.
        now.written, now.place = written, item.place
        documents = outcome.tally.documents
        now.tally.add(outcome.tally)
        self._warn(outcome.notes)
        self._summary.size += item.size
        self._progress.advance(documents, item.size)
        self._commit_sometimes()

    def end(self, item: End) -> None:
        """Put the output of a file of records in place; if the file was bad, throw it away."""
        now, error = self._open, item.error
        if now and not error:
            error = self._place(now)
        if error:
            self._spoiled(item.source, error)
        elif now:
            self.journal.tally.add(now.tally)
            self.journal.finished(item.source)
            self._summary.files += 1
        self._open = None
        self._commit()

    def _spoiled(self, source: Source, reason: str) -> None:
        """Take back all that was noted of a file of records: it failed as a whole."""
        self.journal.forget(source)
        self._failed(Failure(source.name, reason), source.name)
        now, self._open = self._open, None
        if now:
            self._report.cut(now.report_size)
            if now.aside:
                now.aside.discard()

    def _place(self, now: _Open) -> str:
        """Put a complete output in place; returns why that cannot be, if it cannot."""
        if not (now.aside and now.writer):
            return ""
        try:
            with writing(now.aside.path):
                now.writer.close()
            self._warn(
                self._plan.target.finish(
                    now.source, now.aside, bool(now.tally.changed or self._plan.fields.losses.names)
                )
            )
        except DiskError:
            raise
        except InputError as e:
            return e.reason
        return ""

    def stop(self) -> None:
        """The run has to end early: make what is done last, as far as the disk takes it."""
        if self._ended:  # the account is complete, and the report holds more than it tells of
            return
        try:
            if self._open and not self._open.place:
                self._report.cut(self._open.report_size)
            self._commit()
        except CleanerError:
            pass  # then the account tells less than was done, and that is done again

    def close(self) -> None:
        """Close everything. What was written of a file of records stays beside its place if a later run can go on."""
        resumable = self.journal.path is not None
        try:
            if self._open and self._open.aside:
                if resumable and self._open.place:
                    self._open.aside.file.close()
                else:
                    self._open.aside.discard()
        except OSError:
            pass  # a full disk: what was not written is not in the account either
        self._report.close(resumable)

    def finish(self) -> None:
        """The run came to its end: complete the account and the report."""
        self._commit()
        self._ended = True
        for failure in self.journal.failures():
            self._report.write(failure_record(failure))
        self._report.commit()
        self._summary.tally = replace(self.journal.tally, failures=list(islice(self.journal.failures(), NAMED)))
        self._summary.failed = self.journal.failure_count()

    def _tell(self, lines: Sequence[bytes]) -> None:
        """Append to the report: all of it, or (the disk is full) what there is of it is not in the account."""
        size = self._report.size
        try:
            for line in lines:
                self._report.write(line)
        except BaseException:
            self._report.size = size
            raise

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

    def _warn(self, notes: Sequence[str]) -> None:
        # Each process says for itself which rules it switched off.
        new = [note for note in notes if note not in self._summary.warnings[-_RECENT:]]
        self._summary.warnings += new[: max(0, NAMED - len(self._summary.warnings))]

    def _commit_sometimes(self) -> None:
        if time.monotonic() - self._committed < _PAUSE or self._open and not self._open.place:
            return
        self._commit()

    def _commit(self) -> None:
        """Commit the account; within a file of records, with where a reader could go on, if it could."""
        self._report.flush()
        self.journal.commit(self._report.size, self._mark())
        self._committed = time.monotonic()

    def _mark(self) -> Mark | None:
        now = self._open
        if now is None or now.place is None:
            return None
        if now.aside:
            with writing(now.aside.path):
                now.aside.file.flush()
        source = now.source
        return Mark(
            name=source.name,
            path=str(source.path.absolute()),
            size=source.size,
            stamp=source.stamp,
            line=now.place[0],
            offset=now.place[1],
            target=str(now.aside.path.absolute()) if now.aside else "",
            written=now.written,
            report=now.report_size,
            tally=now.tally,
        )
