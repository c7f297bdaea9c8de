"""The work itself, as it is done in any process: one engine, one piece after another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from cleaner.api import Cleaner
from cleaner.batch.cleaners import Cleaners
from cleaner.batch.plan import Plan
from cleaner.batch.pool import KILLED, at
from cleaner.batch.report import record, record_of
from cleaner.batch.source import Source
from cleaner.batch.tally import Failure, Tally
from cleaner.disk import DiskError
from cleaner.errors import CleanerError, InputError, unexpected
from cleaner.formats import Chunk, Cleaned, Kind, Record, read_one
from cleaner.output.losses import share_removed
from cleaner.output.result import Result
from cleaner.rules.pattern import given_up
from cleaner.signature import hint
from cleaner.sites import RepeatStore, line_repeats, site_and_page
from cleaner.sites.pack import SitePack


@dataclass(slots=True)
class Outcome:
    """What became of one piece. Can be pickled, which exceptions with arguments of their own cannot.

    Attributes:
        tally: the figures.
        records: lines for the report.
        payload: for records, what the writer takes.
        stop: why the whole run must stop (file, reason); None if it goes on.
        size: bytes of input.
        notes: what a person should know although nothing is lost.
        dropped: whether a file of one text is dropped: too much of it went.
        left: whether a file is done although it failed: left as it is, and not to be tried again.
        hint: what the text looks like, if that is nothing one means to clean.
    """

    tally: Tally = field(default_factory=Tally)
    records: list[bytes] = field(default_factory=list)
    payload: Any = None
    stop: tuple[str, str] | None = None
    size: int = 0
    notes: list[str] = field(default_factory=list)
    dropped: bool = False
    left: bool = False
    hint: str = ""


class Worker:
    """Cleans pieces.

    Args:
        plan: what is to be done.
        cleaners: built of its options.
        store: where repeated lines are looked up, if they are evidence.
    """

    def __init__(self, plan: Plan, cleaners: Cleaners, store: str | None = None) -> None:
        self._plan, self._cleaners = plan, cleaners
        self._store = RepeatStore.open(store) if store else None
        self._site_pack = SitePack.read(plan.site_packs) if plan.site_packs else None

    def files(self, sources: Sequence[Source], killers: Collection[int] = ()) -> list[Outcome]:
        """Clean files of one text each and put the results in place. Those with the numbers `killers` are left as they are."""
        out = []
        for number, source in enumerate(sources):
            at(number)
            out.append(self._left(source) if number in killers else self._file(source))
        return out

    def chunk(self, chunk: Chunk, path: Path, killers: Collection[int] = ()) -> Outcome:
        """Clean some records of the file at `path`. Those with the numbers `killers`, of those that have a text, stay."""
        out = Outcome()
        cleaner = self._cleaners.of(path)
        numbers = count()
        losses = self._plan.fields.losses

        def fail(name: str, reason: str) -> None:
            out.tally.failures.append(Failure(name, reason))

        def clean(items: Sequence[Record]) -> Cleaned:
            bodies = [item.text for item in items]
            results: dict[int, Result] = {}
            for i, item in enumerate(items):
                number = next(numbers)
                at(number)
                if number in killers:
                    fail(item.name, KILLED)
                    continue
                try:
                    result = self._clean(item, cleaner, out.tally)
                    # With its figures: what goes wrong with one text is that text's alone.
                    bodies[i], _ = result.body, result.statistics
                    results[i] = result
                except Exception as e:
                    fail(item.name, unexpected(e))
            share = share_removed(results.values()) if losses else None
            for i, result in results.items():
                try:
                    self._count(result, out, path, share, record_of(items[i].row or items[i].name))
                except Exception as e:
                    fail(items[i].name, unexpected(e))
                    bodies[i] = items[i].text
            return Cleaned(bodies, share)

        try:
            out.payload = chunk.rewrite(clean, fail)
        except CleanerError as e:
            out.stop = ("", str(e))
        out.notes += given_up()
        return out

    def _file(self, source: Source) -> Outcome:
        out = Outcome(size=source.size)
        try:
            seen = self._plan.target.look(source)
            file = read_one(source.path, source.shape)
            if source.shape.kind is not Kind.HTML:
                out.hint = hint(file.text)
            result = self._clean(Record(source.document, file.text, {}), self._cleaners.of(source.path), out.tally)
            share = share_removed([result])
            out.dropped = self._plan.fields.losses.drops(share)
            if out.dropped:
                self._plan.target.leave_out(source)
            else:
                data = file.encode(result.body)
                out.notes = self._plan.target.write(source, data, result.changed, seen)
        except DiskError as e:
            out.stop = (e.file, e.reason)
        except InputError as e:
            out.tally.failures.append(Failure(source.document, e.reason))
        except Exception as e:
            out.tally.failures.append(Failure(source.document, unexpected(e)))
        else:
            self._count(result, out, source.path, share)
            out.left = bool(result.stopped)
        out.notes += given_up()
        return out

    def _left(self, source: Source) -> Outcome:
        """Put a file in its place as it is: whoever read it died."""
        out = Outcome(size=source.size, left=True)
        out.tally.failures.append(Failure(source.document, KILLED))
        if source.shape.kind is Kind.HTML:  # its place is that of a text, which nobody took out
            return out
        try:
            seen = self._plan.target.look(source)
            out.notes = self._plan.target.write(source, source.path.read_bytes(), False, seen)
        except DiskError as e:
            out.stop = (e.file, e.reason)
        except (InputError, OSError) as e:
            out.left = False
            out.tally.failures = [Failure(source.document, getattr(e, "reason", str(e)))]
        return out

    def _clean(self, item: Record, cleaner: Cleaner, tally: Tally) -> Result:
        repeats = None
        if self._store or self._site_pack:
            named = not self._plan.repeats
            site, _ = site_and_page(item, self._plan.fields, named)
            if self._site_pack:
                repeats = self._site_pack.repeats(site, item.text)
            elif self._store and (site or not named):
                repeats = line_repeats(self._store, site, item.text)
            tally.repeated += any(repeats or ())
        return cleaner.clean(item.text, item.name, repeats)

    def _count(self, result: Result, out: Outcome, path: Path, share: float | None, number: int | None = None) -> None:
        """Count a result; `share`: of its document's words that went, those of its record's other texts included."""
        if result.stopped:
            out.tally.failures.append(Failure(result.name, f"left as it is: {result.stopped}"))
            return
        losses = self._plan.fields.losses
        above = losses.is_above(share)
        out.tally.count(result)
        out.tally.dropped += above and losses.drop
        out.tally.flagged += above and not losses.drop
        if self._plan.report:
            place = {"path": str(path)} | ({} if number is None else {"record": number})
            told = {"share": share} if losses else {}
            if losses.above is not None:
                told["dropped" if losses.drop else "flagged"] = above
            out.records.append(record(result, **told, **(place if self._plan.located else {})))
