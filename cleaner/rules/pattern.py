"""Patterns of rules: compiled when first needed, bounded in time when applied.

A pattern means what `regex` makes of it. Where a quicker equal was handed in (`provide`), that is asked about the texts
that it is certain of: the pattern's form, which the linter proved, bounds its time.
"""

from __future__ import annotations

from cleaner.light import cache

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    import regex

    # A pattern as `re` has it, and which texts it is certain of.
    Equal = tuple[re.Pattern[str], Callable[[str], bool]]

# A line that takes this long (seconds) under one pattern is kept: the pattern is at fault, not the line.
TIMEOUT = 0.5
# After so many such lines a pattern is not tried any more, and the rule that it belongs to is off, in this process.
MOST_SLOW = 3
# Lines longer than this (characters of view) are never tried: no boilerplate line is a book.
MAX_LINE = 20_000

_equals: dict[tuple[str, bool], Equal | None] = {}
# How to get them: by source and case.
_provided: dict[tuple[str, bool], Callable[[], Equal | None]] = {}


@cache
def compiled(source: str, case: bool) -> regex.Pattern[str]:
    """`source` compiled by `regex`, version-0 behaviour, ignoring case unless `case`.

    Raises:
        regex.error: the pattern is not well-formed.
    """
    import regex  # late: many a run needs `re` alone

    return regex.compile(source, 0 if case else regex.IGNORECASE)


def provide(source: str, case: bool, load: Callable[[], Equal | None]) -> None:
    """Say where a quicker equal can be had when the pattern is first needed."""
    _provided[source, case] = load


# The patterns that took too long, and on how many lines; and what was said of those that were given up.
slow: dict[tuple[str, bool], int] = {}
_given_up: list[str] = []


def _too_slow(source: str, case: bool, rule: str) -> None:
    times = slow[source, case] = slow.get((source, case), 0) + 1
    if times == MOST_SLOW:
        _given_up.append(
            f"{rule or source}: switched off for this run: on {times} lines a pattern of it took over {TIMEOUT:g} s"
        )


def given_up() -> list[str]:
    """Which rules were switched off since this was last asked, a line for each."""
    found = _given_up.copy()
    _given_up.clear()
    return found


def spans(source: str, case: bool, text: str, rule: str = "") -> list[tuple[int, int]]:
    """All places in `text` where the pattern of a rule hits, left to right, as (start, end) offsets; none after `TIMEOUT`."""
    if len(text) > MAX_LINE or slow and slow.get((source, case), 0) >= MOST_SLOW:
        return []
    if (known := quick(source, case)) and known[1](text):
        return [m.span() for m in known[0].finditer(text)]
    try:
        return [m.span() for m in compiled(source, case).finditer(text, timeout=TIMEOUT)]
    except TimeoutError:
        _too_slow(source, case, rule)
        return []


def first(source: str, case: bool, text: str, rule: str = "") -> tuple[int, int] | None:
    """The first place in `text` where the pattern of a rule hits, or None (also after `TIMEOUT`)."""
    if len(text) > MAX_LINE or slow and slow.get((source, case), 0) >= MOST_SLOW:
        return None
    if (known := quick(source, case)) and known[1](text):
        hit = known[0].search(text)
        return hit.span() if hit else None
    try:
        m = compiled(source, case).search(text, timeout=TIMEOUT)
    except TimeoutError:
        _too_slow(source, case, rule)
        return None
    return m.span() if m else None


def quick(source: str, case: bool) -> Equal | None:
    """The pattern for `re`; None if `regex` must do it. One that ignores case is for lower-cased texts alone."""
    key = source, case
    try:
        return _equals[key]
    except KeyError:
        # `re` has no bound in time: only the patterns that ship may go there, never those of a pack that was added.
        load = _provided.get(key)
        found = _equals[key] = load() if load else None
        return found
