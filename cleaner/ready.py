"""Patterns of the program's own code: compiled as `re` does, or taken from the cache, where they are kept compiled.

To compile them took a tenth of a small run.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]  # its code is kept only for the very Python that made it
import functools
import re

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# A compiled pattern as plain data: source, flags, code (as bytes), the number of groups, and their names.
Code = tuple[str, int, bytes, int, dict[str, int]]

_stored: dict[tuple[str, int], Code] = {}
_asked: set[tuple[str, int]] = set()
_late: list[Callable[[], re.Pattern[str]]] = []


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(source, flags)`."""
    _asked.add((source, flags))
    code = _stored.get((source, flags))
    return thawed(code) if code else re.compile(source, flags)


def late(make: Callable[[], re.Pattern[str]]) -> Callable[[], re.Pattern[str]]:
    """For a pattern that few texts need: a function that calls `compiled`, called once, when it is first needed."""
    once = functools.cache(make)
    _late.append(once)
    return once


def remember(codes: Iterable[tuple[int, Code]]) -> None:
    """Take patterns, each with the flags that it is asked for with, from the cache: before they are asked for."""
    for flags, code in codes:
        _stored[code[0], flags] = code


def asked() -> list[tuple[str, int]]:
    """Source and flags of all patterns that the imported modules may ask for, in a fixed order."""
    for make in _late:
        make()
    return sorted(_asked)


def thawed(code: Code) -> re.Pattern[str]:
    """The pattern of what `cleaner.prepare` made of it, in this Python. Nothing else may come here: see `cache`."""
    source, flags, words, groups, names = code
    index: list[str | None] = [None] * (groups + 1)
    for name, group in names.items():
        index[group] = name
    pattern: re.Pattern[str] = _sre.compile(
        source, flags, memoryview(words).cast("I").tolist(), groups, names, tuple(index)
    )
    return pattern
