"""Where every run of the program begins. Kept light: what a run does not need is not imported."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` would cost a millisecond
import gc
import os
import sys

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn


class Terminated(KeyboardInterrupt):
    """Somebody asked the process to end, as Ctrl-C does."""


def program() -> NoReturn:
    """The installed program: `main` on the arguments of the process, which ends with it."""
    gc.disable()  # thousands of objects come from the cache, none of them garbage, and a quick run is soon over
    try:
        for number in (_signal.SIGTERM, getattr(_signal, "SIGHUP", None)):
            if number is not None and _signal.getsignal(number) == _signal.SIG_DFL:
                _signal.signal(number, _asked_to_end)
        if sys.stdout is None or sys.stderr is None:
            from cleaner.cli.standard import stand_in

            stand_in()
        words = sys.argv[1:]
        status = _guarded(_quick, words)
        if status is None:
            from cleaner.memory import collect_seldom

            collect_seldom()
            sys.exit(_guarded(_long, words))
    except KeyboardInterrupt as e:
        sys.exit(_interrupted(e))
    # All is written. To take every object apart, as Python does at its end, would take as long as the cleaning did.
    os._exit(status)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on `args` (those of the process by default); returns the exit status."""
    words = list(sys.argv[1:] if args is None else args)
    try:
        status = _guarded(_quick, words)
        return status if status is not None else _guarded(_long, words) or 0
    except KeyboardInterrupt as e:
        return _interrupted(e)


def _guarded(job: Callable[[list[str]], int | None], words: list[str]) -> int | None:
    """Do `job`; whatever it raises is one line, and never the status that means "would change"."""
    try:
        status = job(words)
    except Exception as e:
        from cleaner.cli.app import ended

        status = ended(e)
    if (pattern := sys.modules.get("cleaner.rules.pattern")) and pattern.slow:
        from cleaner.cli.app import fail

        for line in pattern.given_up():
            fail(line)
    return status


def _asked_to_end(number: int, frame: object) -> None:
    _signal.signal(number, _signal.SIG_DFL)  # who asks once more will not be kept waiting
    raise Terminated(number)


def _interrupted(error: KeyboardInterrupt) -> int:
    """The exit status of a run that was stopped by a signal, as shells have it."""
    return 128 + int(error.args[0] if isinstance(error, Terminated) else _signal.SIGINT)


def _quick(words: list[str]) -> int | None:
    """Do what needs little; returns the exit status when all is written, or None if the whole command line must."""
    if "_CLEANER_COMPLETE" in os.environ:  # a shell asks what a word may become
        from cleaner.cli.completion import answer

        return answer()
    if words in (["--help"], ["-h"]):
        from cleaner.cli.quick import show_help, show_text

        return show_help() if words == ["--help"] else show_text("short_help.txt")
    from cleaner.fast.store_place import tell_by

    tell_by(_tell)
    from cleaner.cli.plain import asked

    plain = asked(words)
    if not plain:
        return None
    from cleaner.cli.quick import run

    return run(plain)


def _long(words: list[str]) -> int:
    from cleaner.cli.app import run

    return run(words)


def _tell() -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        print("cleaner: making the rules ready; this happens once, and takes some seconds", file=sys.stderr)
