"""The built-in rules with other scores: patterns are compiled once, whatever their rules weigh."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.fast import store
from cleaner.fast.ways import FastWays
from cleaner.judging.engine import Engine
from cleaner.rules.matcher import Hits, Look, Matcher
from cleaner.rules.rule import Rule
from cleaner.text.reading import Reading
from cleaner.text.view import View


def engine(scores: Mapping[str, float], threshold: float) -> Engine:
    """An engine of the built-in rules, of which those that `scores` names have these scores."""
    known = store.built_in()
    changed = {r: r.replaced(score=scores[r.id]) for r in known.rules if r.id in scores}
    bare = [changed.get(r, r) for r in known.bare]
    return Engine(bare, threshold, ways=FastWays(Rescored(known.matcher, changed)))


class Rescored(Matcher):
    """A matcher of whose rules some are replaced.

    Args:
        matcher: finds the hits.
        rules: by the rule that it knows, the one that is to be told.
    """

    def __init__(self, matcher: Matcher, rules: Mapping[Rule, Rule]) -> None:
        self._matcher, self._rules = matcher, rules

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        return self._told(self._matcher.hits(view, own, reading))

    def look(self, raw: str) -> Look | None:
        """See `Matcher.look`."""
        looked = self._matcher.look(raw)
        return looked and (*looked[:-1], self._told(looked[-1]))

    def _told(self, hits: Hits) -> Hits:
        return tuple((self._rules.get(rule, rule), start, end) for rule, start, end in hits)
