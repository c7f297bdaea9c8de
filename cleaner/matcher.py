"""The naive matcher: every rule on every line. It is the definition of right for any faster one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cleaner.model import Finding
from cleaner.rule import Rule
from cleaner.view import View


class Matcher(Protocol):
    """Finds where rules hit lines, by each line's own text. Findings come by line, then in the order of the rules."""

    def find(self, views: Sequence[View]) -> list[Finding]:
        """All findings in `views`; `Finding.line` is an index into it."""
        ...


class NaiveMatcher:
    """Every rule with a pattern, on every line."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = [r for r in rules if r.match]

    def find(self, views: Sequence[View]) -> list[Finding]:
        """See `Matcher.find`."""
        return [
            Finding(rule, number, start, end)
            for number, view in enumerate(views)
            for rule in self.rules
            for start, end in rule.hits(view)
        ]
