"""`cleaner learn --site`: two passes over a corpus, and what repeats on each of its sites as a pack for `--site`."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch.lesson import Lesson, bounded, counted
from cleaner.batch.progress import Progress, Silent
from cleaner.batch.records import readable_records
from cleaner.errors import InputError
from cleaner.formats import Record
from cleaner.sites import RepeatStore, line_keys, site_and_page
from cleaner.sites.key import masked
from cleaner.sites.pack import LONGEST, Known, site_pack_text
from cleaner.sites.repeats import beyond_copies
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
    with counted(lesson.plan, progress, by_site=True) as store:
        found = _collect(lesson, store, progress)
    sites: dict[str, list[Known]] = {}
    for (site, _), seen in sorted(found.items(), key=lambda item: (item[0][0], -item[1].pages, item[1].text)):
        lines = sites.setdefault(site, [])
        # What only copies of an article have, or what is of its own words, is body.
        if 2 * seen.repeated > seen.documents and len(lines) < lesson.rules:
            lines.append((seen.text, seen.pages))
    sites = {site: lines for site, lines in sites.items() if lines}
    if not sites:
        named = ", ".join(map(str, lesson.plan.inputs))
        raise InputError(named, f"no line repeats in {lesson.documents} documents of a site")
    return site_pack_text(sites)


def _collect(lesson: Lesson, store: RepeatStore, progress: Progress) -> dict[tuple[str, int], _Seen]:
    found: dict[tuple[str, int], _Seen] = {}
    for record in readable_records(lesson.plan, progress.note):
        for site, key, pages, raw, repeats in _lines(record, lesson, store):
            seen = found.get((site, key))
            if seen is None:
                seen = found[site, key] = _Seen(masked(View(raw).low), pages)
            seen.documents += 1
            seen.repeated += repeats
        found = bounded(found)
    return found


def _lines(record: Record, lesson: Lesson, store: RepeatStore) -> Iterator[tuple[str, int, int, str, bool]]:
    """Of each line that stands in enough documents: site, key, pages, the raw line, whether it repeats."""
    site, _ = site_and_page(record, lesson.plan.fields)
    raws = record.text.split("\n")
    keys = line_keys(site, raws)
    pages = store.pages(keys)
    if max(pages) < lesson.documents:
        return
    repeats = beyond_copies(raws, [n - 1 for n in pages])
    for raw, key, n, others in zip(raws, keys, pages, repeats, strict=True):
        if key is not None and n >= lesson.documents and len(raw) <= LONGEST:
            yield site, key, n, raw, others > 0
