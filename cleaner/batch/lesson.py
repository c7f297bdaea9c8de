"""What is to be learned from a corpus: the lines that repeat in it are counted first, then so many of them are held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol, TypeVar

from cleaner.batch.count import count_repeats
from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress
from cleaner.disk.scratch import scratch
from cleaner.errors import InputError
from cleaner.sites import RepeatStore

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


@contextmanager
def counted(plan: Plan, progress: Progress, *, by_site: bool) -> Iterator[RepeatStore]:
    """In how many documents each line of the inputs of `plan` stands, for as long as the block goes on; so does `progress`.

    `by_site`: see `count_repeats`.

    Raises:
        InputError: no document could be read.
        ConfigError: as `Plan.sources` does.
        DiskError: the counts cannot be written.
    """
    with scratch() as folder:
        path = str(folder / "counts")
        progress.begin(None, None)
        try:
            if not count_repeats(plan.sources(), plan.fields, path, progress, by_site=by_site):
                raise InputError(", ".join(map(str, plan.inputs)), "no document to learn from")
            with closing(RepeatStore.open(path)) as store:
                yield store
        finally:
            progress.end()


class Counted(Protocol):
    """A line of which it is known in how many pages it stands."""

    pages: int


K = TypeVar("K")
C = TypeVar("C", bound=Counted)


def bounded(lines: dict[K, C]) -> dict[K, C]:
    """The lines; once they are twice as many as are kept, those that stand in most pages."""
    if len(lines) <= 2 * CANDIDATES:
        return lines
    return dict(nlargest(CANDIDATES, lines.items(), key=lambda item: item[1].pages))
