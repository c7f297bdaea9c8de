"""Who does the work: this process, or some others. The order of the results is that of the pieces in either case."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from cleaner.batch.feed import Files, Item, Piece
from cleaner.batch.plan import Plan
from cleaner.batch.work import Outcome, Worker
from cleaner.errors import InputError

Do = Callable[[Iterable[Item]], Iterator[tuple[Item, list[Outcome]]]]
# Pieces handed out ahead, for each process: one at work and one waiting.
_AHEAD = 2
# From so many bytes of input on, a second process gains more than its start costs (docs/batch.md).
_WORTH_TWO = 8 << 20

_worker: Worker | None = None


@contextmanager
def hands(plan: Plan, store: str | None) -> Iterator[Do]:
    """A function that works through items and gives each with its outcomes (none for `Begin` and `End`), in order.

    Args:
        plan: what is to be done; `plan.jobs` says how many processes do it (0: as many as pay). More than one are
            started afresh, not forked: a fork of a process with threads may hang.
        store: where repeated lines are looked up.
    """
    jobs = plan.jobs or _paying(plan)
    if jobs == 1:
        worker = Worker(plan, store)
        yield lambda items: ((item, _done(worker, item)) for item in items)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, _start, (plan, store))
    try:
        yield lambda items: _in_order(pool, items, jobs * _AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _paying(plan: Plan) -> int:
    """Two if the input is large and there are two cores, else one. A list of names can be read but once: one."""
    if plan.names or _cores() < 2:
        return 1
    seen = 0
    for source in plan.sources():
        seen += source.size
        if seen >= _WORTH_TWO:
            return 2
    return 1


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(plan: Plan, store: str | None) -> None:
    global _worker
    # Ctrl-C reaches all processes; the first one sees to it that the others end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(plan, store)


def _end_with_parent() -> None:
    """End this process when the first one is gone: killed, it cannot tell the others, which would wait forever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(item: Item) -> list[Outcome]:
    assert _worker is not None
    return _done(_worker, item)


def _done(worker: Worker, item: Item) -> list[Outcome]:
    if isinstance(item, Files):
        return worker.files(item.sources)
    if isinstance(item, Piece):
        return [worker.chunk(item.chunk)]
    return []


def _in_order(pool: ProcessPoolExecutor, items: Iterable[Item], ahead: int) -> Iterator[tuple[Item, list[Outcome]]]:
    waiting: deque[tuple[Item, Future[list[Outcome]] | None]] = deque()
    busy = 0
    try:
        for item in items:
            work = isinstance(item, Files | Piece)
            waiting.append((item, pool.submit(_work, item) if work else None))
            busy += work
            while waiting and (busy > ahead or waiting[0][1] is None):
                first, future = waiting.popleft()
                busy -= future is not None
                yield first, future.result() if future else []
        for item, future in waiting:
            yield item, future.result() if future else []
    except BrokenProcessPool as e:
        reason = "a worker process ended unexpectedly (out of memory?); what is done is done, --resume goes on"
        raise InputError("--jobs", reason) from e
