"""The first of two passes: which lines stand in several documents of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from cleaner.batch.progress import Progress
from cleaner.batch.source import Source
from cleaner.disk import DiskError
from cleaner.errors import CleanerError
from cleaner.formats import Fields, Record, open_reader, read_one
from cleaner.sites import RepeatCounter, site_and_page


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


def count_repeats(
    sources: Iterable[Source], fields: Fields, path: str, progress: Progress, *, by_site: bool = True
) -> None:
    """Count the lines of all documents into `path`. What cannot be read is left to the second pass to name.

    Args:
        sources: the files.
        fields: where records keep what.
        path: the file for the counts.
        progress: is told.
        by_site: count within each site; else all documents are of one.

    Raises:
        DiskError: the counts cannot be written.
    """
    with closing(RepeatCounter(path)) as counter:
        for source in sources:
            if source.problem:
                continue
            documents = 0
            try:
                for record in records_of(source, fields):
                    site, page = site_and_page(record, fields)
                    counter.add(site if by_site else "", page, record.text)
                    documents += 1
            except DiskError:
                raise
            except CleanerError:
                pass
            progress.advance(documents, source.size)
        counter.finish()
