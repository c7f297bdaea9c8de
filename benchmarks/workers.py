"""Processes that clean beside this one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor


def workers(count: int, begin: Callable[..., None], *arguments: object) -> ProcessPoolExecutor:
    """So many processes, each made ready by `begin`.

    Where one cannot begin, `map` raises BrokenProcessPool. (A `multiprocessing.Pool` would start it again without end.)
    """
    return ProcessPoolExecutor(count, initializer=begin, initargs=arguments)
