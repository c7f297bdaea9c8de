"""Who does the work: this process, or some others. The order of the results is that of the pieces in either case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from cleaner.batch.cleaners import Cleaners
from cleaner.batch.feed import Files, Item, Piece
from cleaner.batch.plan import Plan
from cleaner.batch.pool import WORTH_TWO, Pool, cores, workers
from cleaner.batch.work import Outcome, Worker
from cleaner.errors import InputError
from cleaner.memory import collect_seldom

Do = Callable[[Iterable[Item]], Iterator[tuple[Item, list[Outcome]]]]

_worker: Worker | None = None


@contextmanager
def hands(plan: Plan, cleaners: Cleaners, store: str | None, apart: bool = False) -> Iterator[Do]:
    """A function that works through items and gives each with its outcomes (none for `Begin` and `End`), in order.

    Args:
        plan: what is to be done; `plan.jobs` says how many processes do it (0: as many as pay).
        cleaners: built of its options, for this process; each other one builds its own.
        store: where repeated lines are looked up.
        apart: one process is another one, too: should it die of a document, as the run before did, this one goes on.
    """
    jobs = plan.jobs or _paying(plan)
    if jobs == 1 and not apart:
        worker = Worker(plan, cleaners, store)
        yield lambda items: ((item, _done(worker, item)) for item in items)
        return
    with workers(jobs, _start, plan, store) as pool:
        yield lambda items: _in_order(pool, items)


def _paying(plan: Plan) -> int:
    """Two if the input is large and there are two cores, else one. A list of names can be read but once: one."""
    if plan.names or cores() < 2:
        return 1
    seen = 0
    for source in plan.sources(look=False):
        seen += source.size
        if seen >= WORTH_TWO:
            return 2
    return 1


def _start(plan: Plan, store: str | None) -> None:
    global _worker
    _worker = Worker(plan, Cleaners(plan.options, plan.own), store)
    collect_seldom()


def _work(item: Item, killers: frozenset[int]) -> list[Outcome]:
    assert _worker is not None
    return _done(_worker, item, killers)


def _done(worker: Worker, item: Item, killers: Collection[int] = ()) -> list[Outcome]:
    if isinstance(item, Files):
        return worker.files(item.sources, killers)
    if isinstance(item, Piece):
        return [worker.chunk(item.chunk, item.path, killers)]
    return []


def _is_work(item: Item) -> bool:
    return isinstance(item, Files | Piece)


def _in_order(pool: Pool, items: Iterable[Item | None]) -> Iterator[tuple[Item, list[Outcome]]]:
    try:
        done: Iterator[tuple[Item, list[Outcome] | None]] = pool.in_order(_work, items, _is_work)
        for item, outcomes in done:
            yield item, outcomes or []
    except BrokenProcessPool as e:
        reason = "a worker process ended unexpectedly (out of memory?); what is done is done, --resume goes on"
        raise InputError("--jobs", reason) from e
