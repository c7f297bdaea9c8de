"""`cleaner learn --site`: two passes over a corpus, and what repeats on each of its sites as a pack for `--site`."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from cleaner.batch.count import count_repeats, records_of
from cleaner.batch.learn import CANDIDATES, Lesson
from cleaner.batch.progress import Progress, Silent
from cleaner.disk import DiskError
from cleaner.disk.scratch import scratch
from cleaner.errors import CleanerError, InputError
from cleaner.formats import Record
from cleaner.sites import RepeatStore, line_keys, line_repeats, site_and_page
from cleaner.sites.key import masked
from cleaner.sites.pack import LONGEST, Known, site_pack_text
from cleaner.text.view import View


class _Seen:
    """A line of a site: in how many pages it stands, in how many documents it was met, and in how many of these it repeats."""

    __slots__ = ("documents", "pages", "repeated", "text")

    def __init__(self, text: str, pages: int) -> None:
        self.text, self.pages = text, pages
        self.documents = self.repeated = 0


def learn_site(lesson: Lesson, progress: Progress | None = None) -> str:
    """A pack, as TOML text, of what repeats on the sites of `lesson`: of each at most `lesson.rules` lines.

    Inputs that cannot be read are told to `progress`.

    Raises:
        InputError: no document could be read, or nothing repeats.
        ConfigError: as `Plan.sources` does.
        DiskError: the counts cannot be written.
    """
    progress = progress or Silent()
    named = ", ".join(map(str, lesson.plan.inputs))
    with scratch() as folder:
        path = str(folder / "counts")
        progress.begin(None, None)
        try:
            if not count_repeats(lesson.plan.sources(), lesson.plan.fields, path, progress):
                raise InputError(named, "no document to learn from")
            found = _collect(lesson, RepeatStore.open(path), progress)
        finally:
            progress.end()
    sites: dict[str, list[Known]] = {}
    for (site, _), seen in sorted(found.items(), key=lambda item: (item[0][0], -item[1].pages, item[1].text)):
        lines = sites.setdefault(site, [])
        # What only copies of an article have, or what is of its own words, is body.
        if 2 * seen.repeated > seen.documents and len(lines) < lesson.rules:
            lines.append((seen.text, seen.pages))
    sites = {site: lines for site, lines in sites.items() if lines}
    if not sites:
        raise InputError(named, f"no line repeats in {lesson.documents} documents of a site")
    return site_pack_text(sites)


def _collect(lesson: Lesson, store: RepeatStore, progress: Progress) -> dict[tuple[str, int], _Seen]:
    found: dict[tuple[str, int], _Seen] = {}
    for source in lesson.plan.sources():
        if source.problem:
            progress.note(f"{source.name}: {source.problem}")
            continue
        try:
            for record in records_of(source, lesson.plan.fields):
                for site, key, pages, raw, repeats in _lines(record, lesson, store):
                    seen = found.get((site, key))
                    if seen is None:
                        seen = found[site, key] = _Seen(masked(View(raw).low), pages)
                    seen.documents += 1
                    seen.repeated += repeats
        except DiskError:
            raise
        except CleanerError as e:
            progress.note(str(e))
        if len(found) > 2 * CANDIDATES:
            found = dict(nlargest(CANDIDATES, found.items(), key=lambda item: item[1].pages))
    store.close()
    return found


def _lines(record: Record, lesson: Lesson, store: RepeatStore) -> Iterator[tuple[str, int, int, str, bool]]:
    """Of each line that stands in enough documents: site, key, pages, the raw line, whether it repeats."""
    site, _ = site_and_page(record, lesson.plan.fields)
    raws = record.text.split("\n")
    keys = line_keys(site, raws)
    pages = store.pages(keys)
    if max(pages) < lesson.documents:
        return
    for raw, key, n, others in zip(raws, keys, pages, line_repeats(store, site, record.text), strict=True):
        if key is not None and n >= lesson.documents and len(raw) <= LONGEST:
            yield site, key, n, raw, others > 0
