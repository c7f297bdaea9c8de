"""The first of two passes: which lines stand in several documents of a site."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack, closing

from cleaner.batch.progress import Progress
from cleaner.batch.records import records_of
from cleaner.batch.source import Source
from cleaner.disk import DiskError
from cleaner.errors import CleanerError
from cleaner.formats import Fields, Record
from cleaner.sites import RepeatCounter, site_and_page

# If none of so many records of a file names a site, none of its records does.
LOOK = 1000


def count_repeats(
    sources: Iterable[Source],
    fields: Fields,
    path: str,
    progress: Progress,
    *,
    by_site: bool = True,
    named: bool = False,
) -> bool:
    """Count the lines of all documents into `path`. What cannot be read is left to the second pass to name.

    Args:
        sources: the files.
        fields: where records keep what.
        path: the file for the counts.
        progress: is told.
        by_site: count within each site; else all documents are of one.
        named: count only documents whose site is known for sure (see `site_and_page`). A file of one text whose name tells
            none is not read, nor is one of records further than to its record number `LOOK`, if none of them does.

    Returns:
        Whether there was anything to count; without, `path` was not written.

    Raises:
        DiskError: the counts cannot be written.
    """
    with ExitStack() as stack:
        counter: RepeatCounter | None = None
        for source in sources:
            if source.problem:
                continue
            documents = sited = 0
            try:
                if (
                    named
                    and source.shape.kind.one_text
                    and not site_and_page(Record(source.document, "", {}), fields, named)[0]
                ):
                    continue
                for record in records_of(source, fields):
                    documents += 1
                    site, page = site_and_page(record, fields, named)
                    if site or not named:
                        counter = counter or stack.enter_context(closing(RepeatCounter(path)))
                        counter.add(site if by_site else "", page, record.text)
                        sited += 1
                    elif not sited and documents >= LOOK:
                        break
            except DiskError:
                raise
            except CleanerError:
                pass
            finally:
                progress.advance(documents, source.size)
        if counter:
            counter.finish()
        return counter is not None
