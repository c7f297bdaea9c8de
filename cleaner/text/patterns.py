"""The program's own patterns, compiled when they are first used: many a run uses none of them, and then not `re` either."""

from __future__ import annotations

from cleaner.light import cache

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

    Make = Callable[[], re.Pattern[str]]


class _Later:
    """A compiled pattern, once an attribute of it is asked for."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self.flags = source, flags

    def __getattr__(self, name: str) -> Any:
        import re

        # An attribute is asked for here once: then it is the instance's own.
        found = self.__dict__[name] = getattr(re.compile(self.pattern, self.flags), name)
        return found


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile(source, flags)`, but later."""
    return _Later(source, flags)  # type: ignore[return-value]


def asking(pattern: re.Pattern[str], name: str) -> Callable[[str], Any]:
    """The method of that name, without asking for it yet."""
    return lambda text: getattr(pattern, name)(text)


def late(make: Make) -> Make:
    """For a pattern whose source is dear to make: a function that calls `compiled`, called once, when it is first needed."""
    return cache(make)
