"""The work itself, as it is done in any process: one engine, one piece after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cleaner.api import Cleaner
from cleaner.batch.plan import Plan
from cleaner.batch.report import record
from cleaner.batch.source import Source
from cleaner.batch.tally import Failure, Tally
from cleaner.disk import DiskError
from cleaner.errors import CleanerError, InputError, unexpected
from cleaner.formats import Chunk, Record, read_text
from cleaner.output.result import Result
from cleaner.signature import hint
from cleaner.sites import RepeatStore, line_repeats, site_and_page


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
        hint: what the text looks like, if that is nothing one means to clean.
    """

    tally: Tally = field(default_factory=Tally)
    records: list[bytes] = field(default_factory=list)
    payload: Any = None
    stop: tuple[str, str] | None = None
    size: int = 0
    notes: list[str] = field(default_factory=list)
    hint: str = ""


class Worker:
    """Cleans pieces.

    Args:
        plan: what is to be done.
        store: where repeated lines are looked up, if they are evidence.
    """

    def __init__(self, plan: Plan, store: str | None = None) -> None:
        self._plan = plan
        self._cleaner = Cleaner(**plan.options)
        self._store = RepeatStore.open(store) if store else None

    def files(self, sources: Sequence[Source]) -> list[Outcome]:
        """Clean files of one text each and put the results in place."""
        return [self._file(source) for source in sources]

    def chunk(self, chunk: Chunk) -> Outcome:
        """Clean some records."""
        out = Outcome()

        def fail(name: str, reason: str) -> None:
            out.tally.failures.append(Failure(name, reason))

        def clean(item: Record) -> str:
            try:
                result = self._clean(item)
            except Exception as e:
                fail(item.name, unexpected(e))
                return item.text
            self._count(result, out)
            return result.body

        try:
            out.payload = chunk.rewrite(clean, fail)
        except CleanerError as e:
            out.stop = ("", str(e))
        return out

    def _file(self, source: Source) -> Outcome:
        out = Outcome(size=source.size)
        try:
            seen = self._plan.target.look(source)
            file = read_text(source.path, source.shape.packing)
            out.hint = hint(file.text)
            result = self._clean(Record(source.name, file.text, {}))
            data = file.encode(result.body)
            out.notes = self._plan.target.write(source, data, result.changed, seen)
        except DiskError as e:
            out.stop = (e.file, e.reason)
        except InputError as e:
            out.tally.failures.append(Failure(source.name, e.reason))
        except Exception as e:
            out.tally.failures.append(Failure(source.name, unexpected(e)))
        else:
            self._count(result, out)
        return out

    def _clean(self, item: Record) -> Result:
        repeats = None
        if self._store:
            site, page = site_and_page(item, self._plan.fields)
            repeats = line_repeats(self._store, site, page, item.text)
        return self._cleaner.clean(item.text, item.name, repeats)

    def _count(self, result: Result, out: Outcome) -> None:
        out.tally.count(result)
        if self._plan.report:
            out.records.append(record(result))
