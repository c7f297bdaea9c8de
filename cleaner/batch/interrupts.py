"""Ctrl-C and a request to end, held back while the account is being written: it is committed whole or not at all."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

_NUMBERS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interrupts:
    """While entered, signals that raise an exception do so at once, except within `held`, where they wait for its end.

    Signals that nobody handles in Python are left as they are.
    """

    def __init__(self) -> None:
        self._old: dict[int, Callable[[int, FrameType | None], Any]] = {}
        self._holding = False
        self._waiting: int | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _NUMBERS:
                handler = signal.getsignal(number)
                if callable(handler):
                    self._old[number] = handler
                    signal.signal(number, self._arrived)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A stretch of work that is not to be interrupted. Does not nest."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
            number, self._waiting = self._waiting, None
        if number is not None:
            self._arrived(number, None)

    def _arrived(self, number: int, frame: FrameType | None) -> None:
        if self._holding:
            self._waiting = number
        else:
            self._old[number](number, frame)
