"""The documents of files, one after the other, for who only reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.batch.plan import Plan
from cleaner.batch.source import Source
from cleaner.errors import CleanerError
from cleaner.formats import Fields, Record, open_reader, read_one


def records_of(source: Source, fields: Fields) -> Iterator[Record]:
    """The documents of one file. Raises CleanerError if it cannot be read."""
    if source.shape.kind.one_text:
        yield Record(source.document, read_one(source.path, source.shape).text, {})
        return
    reader = open_reader(source.path, source.name, source.shape, fields)
    try:
        for chunk in reader:
            yield from chunk.records()
    finally:
        reader.close()


def readable_records(plan: Plan, tell: Callable[[str], object]) -> Iterator[Record]:
    """The documents of all inputs of `plan`. What cannot be read is told to `tell` in one line; the others go on.

    Raises:
        ConfigError: as `Plan.sources` does.
    """
    for source in plan.sources():
        if source.problem:
            tell(f"{source.name}: {source.problem}")
            continue
        try:
            yield from records_of(source, plan.fields)
        except CleanerError as e:
            tell(str(e))
