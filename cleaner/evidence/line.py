"""A line that is still in its document while that is judged."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.evidence.facts import Facts
from cleaner.rules.rule import Rule
from cleaner.text.view import View


class Line:
    """One line still there.

    Attributes:
        number: its index in the document, from 0.
        facts: what it is by itself, after any cuts; `own` and `hits` are taken from there.
        repeats: how firmly other documents of its site have the line, 0 to 3 (`cleaner.sites.line_repeats`).
        lone: other documents of its site are known, and none has it.
        where: after a cut, the offset in the original raw line of each character that is left; None before.
        cut_by: the rules whose spans were cut.
        times: how often it was cut; below 0: it is to be cut no more.
    """

    __slots__ = ("_first", "cut_by", "facts", "hits", "lone", "number", "own", "repeats", "times", "where")

    def __init__(self, number: int, facts: Facts, repeats: int = 0, lone: bool = False) -> None:
        self.number, self.repeats, self.lone = number, repeats, lone
        self.facts, self.own, self.hits = facts, facts.own, facts.hits
        self.where: Sequence[int] | None = None
        self.cut_by: Sequence[Rule] = ()
        self.times = 0
        self._first = facts

    def cut(self, facts: Facts, where: Sequence[int], rules: Sequence[Rule]) -> None:
        """Take what is left of it after a cut: that, where it stood, and the rules whose spans were cut."""
        self.facts, self.own, self.hits = facts, facts.own, facts.hits
        self.where, self.cut_by = where, (*self.cut_by, *rules)
        self.times += 1

    def restore(self) -> None:
        """Take all that was cut back, for good."""
        facts = self._first
        self.facts, self.own, self.hits = facts, facts.own, facts.hits
        self.where, self.cut_by, self.times = None, (), -1

    @property
    def whole(self) -> bool:
        """Whether it is to be cut no more."""
        return self.times < 0

    @property
    def view(self) -> View:
        """What patterns see of it."""
        return self.facts.view

    @property
    def spent(self) -> bool:
        """Whether cuts left nothing to read."""
        return not any(map(str.isalnum, self.view.text))
