"""Compiled patterns as plain data, good only for the very Python that compiled them."""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

# A compiled pattern: source, flags, code (as bytes), the number of groups, and their names.
Code = tuple[str, int, bytes, int, dict[str, int]]


def thawed(code: Code) -> re.Pattern[str]:
    """The pattern of what `cleaner.fast.prepare` made of it, in this Python. Nothing else may come here: see `cache`."""
    source, flags, words, groups, names = code
    index: list[str | None] = [None] * (groups + 1)
    for name, group in names.items():
        index[group] = name
    pattern: re.Pattern[str] = _sre.compile(
        source, flags, memoryview(words).cast("I").tolist(), groups, names, tuple(index)
    )
    return pattern
