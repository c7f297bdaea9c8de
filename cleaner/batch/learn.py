"""`cleaner learn`: two passes over a corpus, and a proposed rule pack of the lines that repeat in it."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest

from cleaner.api import Cleaner
from cleaner.batch.count import count_repeats, records_of
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress, Silent
from cleaner.disk import DiskError
from cleaner.disk.scratch import scratch
from cleaner.errors import CleanerError, InputError
from cleaner.formats import Record
from cleaner.sites import RepeatStore, line_keys, site_and_page
from cleaner.sites.proposal import Candidate, ProseSample, proposal
from cleaner.text.form import own_signals
from cleaner.text.signals import BITS
from cleaner.text.view import View

# Repeated lines kept in memory at most; the rarest go first.
CANDIDATES = 50_000


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn from, and how much.

    Attributes:
        plan: gives the inputs, the fields, and the rules already known (`options`).
        by_site: count within sites, and propose each site's lines; else over all documents alike.
        documents: a line must stand in at least so many.
        rules: propose at most so many.
        language: the pack's language.
    """

    plan: Plan
    by_site: bool = False
    documents: int = 3
    rules: int = 200
    language: str = "any"


def learn(lesson: Lesson, progress: Progress | None = None) -> str:
    """A rule pack, as TOML text, of the lines that repeat. Inputs that cannot be read are told to `progress`.

    Raises:
        InputError: no document could be read.
        ConfigError, RuleError: as `Cleaner` and `Plan.sources` do.
        DiskError: the counts cannot be written.
    """
    progress = progress or Silent()
    known = Cleaner(**lesson.plan.options).rules
    with scratch() as folder:
        path = str(folder / "counts")
        progress.begin(None, None)
        try:
            if not count_repeats(lesson.plan.sources(), lesson.plan.fields, path, progress, by_site=lesson.by_site):
                raise InputError(", ".join(map(str, lesson.plan.inputs)), "no document to learn from")
            candidates, prose = _collect(lesson, RepeatStore.open(path), progress)
        finally:
            progress.end()
    # More than are asked for, since those that known rules take are left out.
    most = nlargest(lesson.rules * 3, candidates.values(), key=lambda c: c.pages)
    text = proposal(most, prose, known, lesson.language)
    head, *entries = text.split("\n# In ")
    return "\n# In ".join([head, *entries[: lesson.rules]])


def _collect(lesson: Lesson, store: RepeatStore, progress: Progress) -> tuple[dict[int, Candidate], ProseSample]:
    """The repeated lines, and some prose."""
    candidates: dict[int, Candidate] = {}
    prose = ProseSample()
    for source in lesson.plan.sources():
        if source.problem:
            progress.note(f"{source.name}: {source.problem}")
            continue
        try:
            for record in records_of(source, lesson.plan.fields):
                _look(record, lesson, store, candidates, prose)
        except DiskError:
            raise
        except CleanerError as e:
            progress.note(str(e))
        if len(candidates) > 2 * CANDIDATES:
            kept = nlargest(CANDIDATES, candidates.items(), key=lambda item: item[1].pages)
            candidates = dict(kept)
    store.close()
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
