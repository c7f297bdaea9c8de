"""Lines: the core sees what Python sees, and the tables find what trying every pattern finds."""

from __future__ import annotations

import functools

from cleaner.fast import store
from cleaner.fast.dispatch import FastMatcher
from cleaner.rules.matcher import NaiveMatcher
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.view import View
from tests.equal import look_is_same
from tools.fuzz.draw import text_of

TEXTS = True
# Trying every pattern takes so long that few lines of a document are.
_TRIED = 2


@functools.cache
def _matchers() -> tuple[FastMatcher, NaiveMatcher]:
    fast = store.built_in().matcher
    fast._looks_before_core = 0
    assert fast.look("Read more: the rain fell") is not None, "there is no core"
    return fast, NaiveMatcher([r for r in store.built_in().rules if r.match])


def check(data: bytes) -> None:
    """Look at each line by the core, by the tables, and a few by all patterns."""
    fast, naive = _matchers()
    lines = [raw for raw in text_of(data).split("\n") if raw.strip()][:40]
    for raw in lines:
        look_is_same(fast, raw)
    for raw in lines[:: max(1, len(lines) // _TRIED)][:_TRIED]:
        view = View(raw[:2000])
        reading = Reading(view)
        own = own_signals(view, reading)
        assert _told(fast.hits(view, own, reading)) == _told(naive.hits(view, own, reading))


def _told(hits: object) -> list[tuple[str, int, int]]:
    return sorted((rule.id, a, b) for rule, a, b in hits)  # type: ignore[attr-defined]
