"""Where every run of the program begins. Kept light: what a run does not need is not imported."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

INTERRUPTED = 130


def program() -> NoReturn:
    """The installed program: `main` on the arguments of the process, which ends with it."""
    words = sys.argv[1:]
    gc.disable()  # thousands of objects come from the cache, none of them garbage, and a quick run is soon over
    try:
        status = _quick(words)
        if status is None:
            gc.enable()
            sys.exit(_long(words))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    # All is written. To take every object apart, as Python does at its end, would take as long as the cleaning did.
    os._exit(status)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on `args` (those of the process by default); returns the exit status."""
    words = list(sys.argv[1:] if args is None else args)
    try:
        status = _quick(words)
        return _long(words) if status is None else status
    except KeyboardInterrupt:
        return INTERRUPTED


def _quick(words: list[str]) -> int | None:
    """Do what needs little; returns the exit status when all is written, or None if the whole command line must."""
    if words in (["--help"], ["-h"]):
        from cleaner.cli.quick import show_help

        return show_help()
    from cleaner.fast.store_place import prime

    prime(_tell)
    from cleaner.cli.plain import is_plain

    if not is_plain(words):
        return None
    from cleaner.cli.quick import run

    return run(words)


def _long(words: list[str]) -> int:
    from cleaner.cli.app import run

    return run(words)


def _tell() -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        print("cleaner: making the rules ready; this happens once, and takes some seconds", file=sys.stderr)
