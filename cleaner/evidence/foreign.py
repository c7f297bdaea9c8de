"""Rules of one language on a text in another: they count half, open no block and cut nothing.

What is sure in one language is chance in the next. English idioms stand on pages of every language, so they count whole,
but a block that one opens is its own line only.
"""

from __future__ import annotations

from cleaner.rules.rule import Rule, Scope

_EVERYWHERE = "en"
_SHARE = 0.5


class Languages:
    """How much rules say of texts in other languages than theirs. Remembers the rules that it made.

    Args:
        chosen: the languages that all texts are said to be in, whatever they look like; empty: each text's own.
    """

    def __init__(self, chosen: frozenset[str] = frozenset()) -> None:
        self.chosen = chosen
        self._lessened: dict[Rule, Rule] = {}

    def heard(self, rule: Rule, spoken: frozenset[str]) -> Rule:
        """What is left of `rule` on a text in one of the languages `spoken` (none: not known)."""
        language = rule.language
        if language == "any" or rule.score <= 0 or not spoken or language in spoken:
            return rule
        if language == _EVERYWHERE and not rule.reaching:
            return rule
        if rule not in self._lessened:
            score = rule.score if language == _EVERYWHERE else rule.score * _SHARE
            self._lessened[rule] = rule.replaced(score=score, scope=Scope.LINE)
        return self._lessened[rule]

    def cuts(self, rule: Rule, spoken: frozenset[str]) -> bool:
        """Whether a rule may cut spans out of such a text."""
        return rule.language in ("any", _EVERYWHERE) or not spoken or rule.language in spoken
