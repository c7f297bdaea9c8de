"""Where the built-in rules are kept ready: beside the code if it came with a wheel, else in the user's cache."""

from __future__ import annotations

import os

from cleaner.fast import cache, sources

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.fast.judge_numbers import Numbers

# Beside the code; `tools/wheel_hook.py` puts it there.
BESIDE, NUMBERS_BESIDE = "rules.cache", "numbers.cache"


class _State:
    """Of this process: how to tell that rules are being made."""

    tell: Callable[[], None] | None = None


def tell_by(tell: Callable[[], None]) -> None:
    """Have `tell` called before rules are made ready, which takes seconds."""
    _State.tell = tell


def stored() -> tuple[cache.Archive | cache.Held, Callable[[], Numbers]]:
    """The built-in rules as they are now, and what gives the numbers that the core judges by; each made ready and stored if it is not.

    Raises RuleError for a bad pack.
    """
    try:
        of_rules, of_numbers = sources.keys()
    except OSError:
        of_rules = of_numbers = b""
    return _rules(of_rules), lambda: _numbers(of_numbers)


def write_beside(folder: str) -> tuple[str, ...]:
    """Write the files that are to be installed beside the code to a folder; returns their names. Raises OSError, RuleError."""
    from cleaner.fast.judge_numbers import numbers
    from cleaner.fast.prepare import prepared

    of_rules, of_numbers = sources.keys()
    cache.write(os.path.join(folder, BESIDE), of_rules, *prepared())
    cache.write(os.path.join(folder, NUMBERS_BESIDE), of_numbers, numbers())
    return BESIDE, NUMBERS_BESIDE


def _rules(key: bytes) -> cache.Archive | cache.Held:
    if archive := _found(BESIDE, key):
        archive.again = _sections
        return archive
    if _State.tell:
        _State.tell()
    from time import time

    from cleaner.fast.prepare import prepared

    made = prepared()
    cache.sweep(time())
    if key and cache.store(_name(BESIDE), key, *made) and (archive := _found(BESIDE, key)) and archive.whole():
        archive.again = _sections
        return archive
    return cache.Held(*made)


def _numbers(key: bytes) -> Numbers:
    if archive := _found(NUMBERS_BESIDE, key):
        return archive.index  # type: ignore[no-any-return]
    from cleaner.fast.judge_numbers import numbers

    made = numbers()
    if key:
        cache.store(_name(NUMBERS_BESIDE), key, made)
    return made


def _found(beside: str, key: bytes) -> cache.Archive | None:
    return (cache.open_beside(sources.__file__, beside, key) or cache.open_archive(_name(beside), key)) if key else None


def _sections() -> list[object]:
    """All sections anew, for one that the disk has damaged; the file is made anew next time."""
    from cleaner.fast.prepare import prepared

    try:
        os.unlink(os.path.join(cache.directory(), _name(BESIDE)))
    except OSError:
        pass
    return prepared()[1]


def _name(beside: str) -> str:
    """One file of a kind for each installation and Python, so that a change replaces it."""
    return f"{beside.partition('.')[0]}-{cache.digest(sources.place().encode()).hex()[:12]}"
