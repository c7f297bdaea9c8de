"""The parts of judging that a quicker equal may take the place of, each by its definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.evidence.facts import Facts
from cleaner.evidence.form_rules import FormTable
from cleaner.evidence.surroundings import surroundings
from cleaner.rules.matcher import Matcher
from cleaner.rules.rule import Rule


class Ways:
    """How lines are looked at and evidence is summed. What replaces a method gives the same for the same arguments.

    Args:
        matcher: finds where rules hit a line.
    """

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def facts(self, raw: str) -> Facts:
        """What a raw line is by itself."""
        return Facts(raw, self.matcher)

    def form_table(self, rules: Iterable[Rule]) -> FormTable:
        """The table of rules that have no pattern and ask for signals alone."""
        return FormTable(rules)

    def surroundings(self, scores: Sequence[float]) -> list[int]:
        """The `AROUND` signals of each line (see `cleaner.evidence.surroundings`)."""
        return surroundings(scores)
