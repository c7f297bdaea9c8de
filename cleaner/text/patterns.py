"""The program's own patterns, compiled when they are needed: many a run needs none, and then not `re` either."""

from __future__ import annotations

import functools

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    Make = Callable[[], re.Pattern[str]]


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(source, flags)`."""
    import re

    return re.compile(source, flags)


def late(make: Make) -> Make:
    """For a pattern that few texts need: a function that calls `compiled`, called once, when it is first needed."""
    return functools.cache(make)
