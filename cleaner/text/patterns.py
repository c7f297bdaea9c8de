"""The program's own patterns: compiled by `re`, or taken from whoever has them compiled already.

To compile them takes a tenth of a small run, so the fast way may hand them in (`provide`) before they are asked for.
"""

from __future__ import annotations

import functools
import re

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[], re.Pattern[str]]

_provided: dict[tuple[str, int], Make] = {}
_asked: set[tuple[str, int]] = set()
_late: list[Make] = []


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(source, flags)`."""
    _asked.add((source, flags))
    make = _provided.get((source, flags))
    return make() if make else re.compile(source, flags)


def late(make: Make) -> Make:
    """For a pattern that few texts need: a function that calls `compiled`, called once, when it is first needed."""
    once = functools.cache(make)
    _late.append(once)
    return once


def provide(source: str, flags: int, make: Make) -> None:
    """Say where the pattern can be had compiled. Holds for those that are asked for afterwards."""
    _provided[source, flags] = make


def asked() -> list[tuple[str, int]]:
    """Source and flags of all patterns that the imported modules may ask for, in a fixed order."""
    for make in _late:
        make()
    return sorted(_asked)
