"""`cleaner learn`: two passes over a corpus, and a proposed rule pack of the lines that repeat in it."""

from __future__ import annotations

from heapq import nlargest

from cleaner.api import Cleaner
from cleaner.batch.lesson import Lesson, bounded, counted
from cleaner.batch.progress import Progress, Silent
from cleaner.batch.records import readable_records
from cleaner.formats import Record
from cleaner.sites import RepeatStore, line_keys, site_and_page
from cleaner.sites.proposal import Candidate, ProseSample, proposal
from cleaner.text.form import own_signals
from cleaner.text.signals import BITS
from cleaner.text.view import View


def learn(lesson: Lesson, progress: Progress | None = None) -> str:
    """A rule pack, as TOML text, of the lines that repeat. Inputs that cannot be read are told to `progress`.

    Raises:
        InputError: no document could be read.
        ConfigError, RuleError: as `Cleaner` and `Plan.sources` do.
        DiskError: the counts cannot be written.
    """
    progress = progress or Silent()
    known = Cleaner(**lesson.plan.options).rules_of
    with counted(lesson.plan, progress, by_site=lesson.by_site) as store:
        candidates, prose = _collect(lesson, store, progress)
    # More than are asked for, since those that known rules take are left out.
    most = nlargest(lesson.rules * 3, candidates.values(), key=lambda c: c.pages)
    text = proposal(most, prose, known, lesson.language)
    head, *entries = text.split("\n# In ")
    return "\n# In ".join([head, *entries[: lesson.rules]])


def _collect(lesson: Lesson, store: RepeatStore, progress: Progress) -> tuple[dict[int, Candidate], ProseSample]:
    """The repeated lines, and some prose."""
    candidates: dict[int, Candidate] = {}
    prose = ProseSample()
    for record in readable_records(lesson.plan, progress.note):
        _look(record, lesson, store, candidates, prose)
        candidates = bounded(candidates)
    return candidates, prose


def _look(
    record: Record, lesson: Lesson, store: RepeatStore, candidates: dict[int, Candidate], prose: ProseSample
) -> None:
    site = site_and_page(record, lesson.plan.fields)[0] if lesson.by_site else ""
    lines = record.text.split("\n")
    keys = line_keys(site, lines)
    for number, (raw, key, pages) in enumerate(zip(lines, keys, store.pages(keys), strict=True), 1):
        if key is None:
            continue
        if pages >= lesson.documents:
            candidate = candidates.get(key)
            if candidate is None:
                candidate = candidates[key] = Candidate(pages, site, f"{record.name}, line {number}")
            candidate.see(raw)
        elif pages == 1 and len(raw) > 40:
            view = View(raw)
            if own_signals(view) & BITS["prose"]:
                prose.see(view)
