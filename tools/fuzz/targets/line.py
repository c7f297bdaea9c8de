"""Lines: the core sees what Python sees, and the tables find what trying each pattern finds."""

from __future__ import annotations

import functools

from cleaner.fast import store
from cleaner.fast.dispatch import FastMatcher
from cleaner.rules.matcher import Hits, NaiveMatcher
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.view import View
from tests.equal import look_is_same
from tools.fuzz.draw import text_of

TEXTS = True
# Rules are parted so, and one part is tried pattern by pattern: to compile and try all would be all that is done.
_SHARES = 200


@functools.cache
def _fast() -> FastMatcher:
    fast = store.built_in().matcher
    assert fast.look("Read more: the rain fell") is not None, "there is no core"
    return fast


@functools.cache
def _naive(number: int) -> tuple[set[str], NaiveMatcher]:
    rules = [r for r in store.built_in().rules if r.match][number::_SHARES]
    return {r.id for r in rules}, NaiveMatcher(rules)


def check(data: bytes) -> None:
    """Look at each line by the core, by the tables, and by some patterns."""
    known, naive = _naive(len(data) % _SHARES)
    for raw in [raw for raw in text_of(data).split("\n") if raw.strip()][:12]:
        look_is_same(_fast(), raw)
        view = View(raw[:2000])
        reading = Reading(view)
        own = own_signals(view, reading)
        found = [hit for hit in _told(_fast().hits(view, own, reading)) if hit[0] in known]
        assert found == _told(naive.hits(view, own, reading))


def _told(hits: Hits) -> list[tuple[str, int, int]]:
    return sorted((rule.id, a, b) for rule, a, b in hits)
