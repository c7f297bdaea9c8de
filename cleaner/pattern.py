"""Patterns of rules: checked for safety, compiled when first needed, bounded in time when applied."""

from __future__ import annotations

import functools

import regex

# A line that takes this long (seconds) under one pattern is kept: the pattern is at fault, not the line.
TIMEOUT = 0.5
# Lines longer than this (characters of view) are never tried: no boilerplate line is a book.
MAX_LINE = 20_000


@functools.lru_cache(maxsize=None)
def compiled(source: str, case: bool) -> regex.Pattern[str]:
    """`source` compiled by `regex`, version-0 behaviour, ignoring case unless `case`.

    Raises:
        regex.error: the pattern is not well-formed.
    """
    return regex.compile(source, 0 if case else regex.IGNORECASE)


def spans(source: str, case: bool, text: str) -> list[tuple[int, int]]:
    """All places in `text` where the pattern hits, left to right, as (start, end) offsets; none after `TIMEOUT`."""
    if len(text) > MAX_LINE:
        return []
    try:
        return [m.span() for m in compiled(source, case).finditer(text, timeout=TIMEOUT)]
    except TimeoutError:
        return []


def first(source: str, case: bool, text: str) -> tuple[int, int] | None:
    """The first place in `text` where the pattern hits, or None (also after `TIMEOUT`)."""
    if len(text) > MAX_LINE:
        return None
    try:
        m = compiled(source, case).search(text, timeout=TIMEOUT)
    except TimeoutError:
        return None
    return m.span() if m else None
