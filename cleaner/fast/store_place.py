"""Where the built-in rules are kept ready: beside the code if it came with a wheel, else in the user's cache."""

from __future__ import annotations

import os

from cleaner.fast import cache, sources

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable

# Beside the code; `tools/wheel_hook.py` puts it there.
BESIDE = "rules.cache"


class _State:
    """Of this process: how to tell that rules are being made."""

    tell: Callable[[], None] | None = None


def tell_by(tell: Callable[[], None]) -> None:
    """Have `tell` called before rules are made ready, which takes seconds."""
    _State.tell = tell


def rules() -> cache.Archive | cache.Held:
    """The built-in rules as they are now, made ready and stored if they are not. Raises RuleError for a bad pack."""
    try:
        key = sources.key()
    except OSError:
        key = b""
    if key and (archive := _found(key)):
        return archive
    if _State.tell:
        _State.tell()
    from time import time

    from cleaner.fast.prepare import prepared

    made = prepared()
    cache.sweep(time())
    if key and cache.store(_name(), key, *made) and (archive := _found(key)) and archive.whole():
        return archive
    return cache.Held(*made)


def _found(key: bytes) -> cache.Archive | None:
    for found in (cache.open_beside(sources.__file__, BESIDE, key), cache.open_archive(_name(), key)):
        if found:
            found.again = _sections
            return found
    return None


def _sections() -> list[object]:
    """All sections anew, for one that the disk has damaged; the file is made anew next time."""
    from cleaner.fast.prepare import prepared

    try:
        os.unlink(os.path.join(cache.directory(), _name()))
    except OSError:
        pass
    return prepared()[1]


def _name() -> str:
    """One file for each installation and Python, so that a change of the packs replaces it."""
    return f"rules-{cache.digest(sources.place().encode()).hex()[:12]}"
