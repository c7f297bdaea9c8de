"""Worker processes: started afresh, gone with the process that started them; what they give comes in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

# From so many bytes of input on, a second process gains more than its start costs (docs/batch.md).
WORTH_TWO = 8 << 20
# Pieces handed out ahead, for each process: one at work and one waiting.
_AHEAD = 2

In = TypeVar("In")
Out = TypeVar("Out")


class Pool:
    """Some processes at work.

    Args:
        executor: has them.
        jobs: how many there are.
    """

    def __init__(self, executor: ProcessPoolExecutor, jobs: int) -> None:
        self._executor, self._ahead = executor, jobs * _AHEAD

    def in_order(
        self, work: Callable[[In], Out], items: Iterable[In | None], wanted: Callable[[In], bool] = lambda _: True
    ) -> Iterator[tuple[In, Out | None]]:
        """Each item with what `work` gives for it, in the order of the items.

        Args:
            work: a function of a module, called in one of the processes.
            items: what is to be done. At a None all that was handed out is given before the next item is asked for.
            wanted: whether an item is work; one that is not is given with None.

        Raises:
            BrokenProcessPool: one of the processes is gone.
        """
        waiting: deque[tuple[In, Future[Out] | None]] = deque()
        busy = 0
        try:
            for item in items:
                if item is not None:
                    future = self._executor.submit(work, item) if wanted(item) else None
                    waiting.append((item, future))
                    busy += future is not None
                while waiting and (item is None or busy > self._ahead or waiting[0][1] is None):
                    first, future = waiting.popleft()
                    busy -= future is not None
                    yield first, future.result() if future else None
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result() if future else None
        finally:
            for _, future in waiting:
                if future:
                    future.cancel()


@contextmanager
def workers(jobs: int, begin: Callable[..., None], *facts: Any) -> Iterator[Pool]:
    """`jobs` processes, in each of which `begin` was called on `facts`.

    They are started afresh, not forked: a fork of a process with threads may hang.
    """
    _start_tracker()
    executor = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _start, (begin, facts))
    try:
        yield Pool(executor, jobs)
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_tracker() -> None:
    """Start the process that Python keeps beside others so that no hang-up reaches it.

    A terminal that closes tells all its processes. This one heeds neither Ctrl-C nor a request to end, but would die of
    that, and Python would report it at length.
    """
    if not hasattr(signal, "SIGHUP"):
        return
    from multiprocessing import resource_tracker

    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    try:
        resource_tracker.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGHUP])


def _start(begin: Callable[..., None], facts: tuple[Any, ...]) -> None:
    # Ctrl-C and a hang-up reach all processes; the first one sees to it that the others end.
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(*facts)


def _end_with_parent() -> None:
    """End this process when the first one is gone: killed, it cannot tell the others, which would wait forever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
