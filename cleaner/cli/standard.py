"""Standard streams that are closed or full: a closed one must not be taken for another, a full one must not end a run."""

from __future__ import annotations

import io
import os
import sys


class _State:
    """Of this process: whether something that should have been told could not be."""

    untold = False


def stand_in() -> None:
    """Put something in place of closed standard streams.

    Otherwise the next file that is opened would get their numbers, and messages would go into it, or into the bodies.
    What is written to a closed stdout is an error, as it is for other programs; messages to a closed stderr are not
    wanted.
    """
    for number, flags in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest number that is free: this one
    if sys.stdout is None:
        sys.stdout = _writer(1)
    if sys.stderr is None:
        sys.stderr = _writer(2)


def _writer(number: int) -> io.TextIOWrapper:
    raw = io.FileIO(number, "w", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=True)


class telling:  # noqa: N801 - reads as a function does; `contextlib` would cost half a millisecond at many a start
    """What is told on stderr within is left untold if that cannot take it; `untold` remembers."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: object) -> bool:
        if not isinstance(error, OSError):
            return False
        abandon(sys.stderr)
        if not isinstance(error, BrokenPipeError):  # then nobody reads it: nobody misses it
            _State.untold = True
        return True


def untold() -> bool:
    """Whether something could not be told, for want of space and the like, since this was asked last."""
    found, _State.untold = _State.untold, False
    return found


def abandon(stream: object) -> None:
    """Let all that `stream`, which can take nothing more, still holds or gets go nowhere."""
    try:
        number = stream.fileno()  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
