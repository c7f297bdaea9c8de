"""Worker processes: started afresh, gone with the process that started them; what they give comes in order.

One that dies (killed, out of memory) costs the document that it was at, not the run: what was handed out is done again,
piece by piece by one process alone, and what kills that too is left out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

# From so many bytes of input on, a second process gains more than its start costs (docs/batch.md).
WORTH_TWO = 8 << 20
# Pieces handed out ahead, for each process: one at work and one waiting.
_AHEAD = 2

# Why a document is left as it is that no process outlived.
KILLED = "left as it is: the process that cleaned it died of it (killed, or out of memory)"

In = TypeVar("In")
Out = TypeVar("Out")
# Work on an item, without those of its documents that have these numbers.
Work = Callable[[In, frozenset[int]], Out]

# In a worker: where it notes which document it is at.
_place: Any = None


def at(number: int) -> None:
    """Note which document of its item this process is at: should it die, that is the one."""
    if _place is not None:
        _place.value = number


class Pool:
    """Some processes at work.

    Args:
        jobs: how many there are.
        begin: called in each of them, on
        facts: these.
    """

    def __init__(self, jobs: int, begin: Callable[..., None], facts: tuple[Any, ...]) -> None:
        self._jobs, self._ahead = jobs, jobs * _AHEAD
        # Started afresh, not forked: a fork of a process with threads may hang.
        self._context = multiprocessing.get_context("spawn")
        self._begin, self._facts = begin, facts
        # Shared by all processes, and read only where one works alone.
        self._place = self._context.Value("q", -1, lock=False)
        self._executor = self._started()
        self._broken = False

    def _started(self) -> ProcessPoolExecutor:
        executor = ProcessPoolExecutor(self._jobs, self._context, _start, (self._place, self._begin, self._facts))
        # All processes are asked for at once: one that dies while another is being started would leave the executor's own
        # thread counting a dictionary that grows (Python 3.11).
        with suppress(BrokenProcessPool):
            for _ in range(self._jobs):
                executor.submit(_ready)
        return executor

    def close(self) -> None:
        """End the processes."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def in_order(
        self, work: Work[In, Out], items: Iterable[In | None], wanted: Callable[[In], bool] = lambda _: True
    ) -> Iterator[tuple[In, Out | None]]:
        """Each item with what `work` gives for it, in the order of the items.

        Args:
            work: a function of a module, called in one of the processes: on an item, and the numbers of the documents in
                it that are to be left as they are. It says `at` which document it is.
            items: what is to be done. At a None all that was handed out is given before the next item is asked for.
            wanted: whether an item is work; one that is not is given with None.

        Raises:
            BrokenProcessPool: a process dies where it is at no document.
        """
        waiting: deque[tuple[In, Future[Out] | None]] = deque()
        busy = 0
        try:
            for item in items:
                if item is not None:
                    future = self._submit(work, item) if wanted(item) else None
                    waiting.append((item, future))
                    busy += future is not None
                # After a death no more is handed out before what was is done: a process that works alone is to be alone.
                while waiting and (item is None or busy > self._ahead or waiting[0][1] is None or self._broken):
                    first, future = waiting.popleft()
                    busy -= future is not None
                    yield first, self._result(work, first, future) if future else None
                self._broken = False
            while waiting:
                first, future = waiting.popleft()
                yield first, self._result(work, first, future) if future else None
        finally:
            for _, future in waiting:
                if future:
                    future.cancel()

    def _submit(self, work: Work[In, Out], item: In) -> Future[Out]:
        try:
            return self._executor.submit(work, item, frozenset())
        except (BrokenProcessPool, OSError) as e:
            # An OSError: a process died while another was started, whose pipes were closed under it.
            future: Future[Out] = Future()
            future.set_exception(e if isinstance(e, BrokenProcessPool) else BrokenProcessPool(str(e)))
            return future

    def _result(self, work: Work[In, Out], item: In, future: Future[Out]) -> Out:
        try:
            return future.result()
        except BrokenProcessPool:
            if not self._broken:
                self._restart()
            return self._alone(work, item)

    def _alone(self, work: Work[In, Out], item: In) -> Out:
        """Work on one item while no other is handed out, again and again without the documents that kill."""
        killers: set[int] = set()
        while True:
            self._place.value = -1
            try:
                return self._executor.submit(work, item, frozenset(killers)).result()
            except BrokenProcessPool:
                number = self._place.value
                if number < 0 or number in killers:
                    raise
                self._restart()
                killers.add(number)

    def _restart(self) -> None:
        self.close()
        self._executor = self._started()
        self._broken = True


def _ready() -> None:
    """Nothing: a process that takes it is there."""


@contextmanager
def workers(jobs: int, begin: Callable[..., None], *facts: Any) -> Iterator[Pool]:
    """`jobs` processes, in each of which `begin` was called on `facts`."""
    _start_tracker()
    pool = Pool(jobs, begin, facts)
    try:
        yield pool
    finally:
        pool.close()


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


def _start(place: Any, begin: Callable[..., None], facts: tuple[Any, ...]) -> None:
    global _place
    _place = place
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
