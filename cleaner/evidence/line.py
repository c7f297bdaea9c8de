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
        repeats: in how many other documents of its site the line was seen.
        lone: other documents of its site are known, and none has it.
        where: after a cut, the offset in the original raw line of each character that is left; None before.
        cut_by: the rules whose spans were cut.
    """

    __slots__ = ("cut_by", "facts", "hits", "lone", "number", "own", "repeats", "where")

    def __init__(self, number: int, facts: Facts, repeats: int = 0, lone: bool = False) -> None:
        self.number, self.repeats, self.lone = number, repeats, lone
        self.facts, self.own, self.hits = facts, facts.own, facts.hits
        self.where: Sequence[int] | None = None
        self.cut_by: Sequence[Rule] = ()

    def become(self, facts: Facts) -> None:
        """Take what is left of it after a cut."""
        self.facts, self.own, self.hits = facts, facts.own, facts.hits

    @property
    def view(self) -> View:
        """What patterns see of it."""
        return self.facts.view

    @property
    def spent(self) -> bool:
        """Whether cuts left nothing to read."""
        return not any(map(str.isalnum, self.view.text))
