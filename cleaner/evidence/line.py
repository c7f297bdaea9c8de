"""A line that is still in its document while that is judged."""

from __future__ import annotations

from cleaner.evidence.facts import Facts
from cleaner.rules.matcher import Hits
from cleaner.rules.rule import Rule
from cleaner.text.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence


class Line:
    """One line still there.

    Args:
        number: its index in the document, from 0.
        facts: what it is by itself.
        known: in how many other documents of its site the line stands (`cleaner.sites.line_repeats`); None: nothing is known
            of other documents.

    Attributes:
        number, known: as above.
        facts: what it is by itself, after any cuts.
        cutting: what was cut out of it; None if nothing was. (A document has many lines, of which few are cut.)
    """

    __slots__ = ("cutting", "facts", "known", "number")

    def __init__(self, number: int, facts: Facts, known: int | None = None) -> None:
        self.number, self.facts, self.known = number, facts, known
        self.cutting: Cutting | None = None

    def cut(self, facts: Facts, where: Sequence[int], rules: Sequence[Rule]) -> None:
        """Take what is left of it after a cut: that, where it stood, and the rules whose spans were cut."""
        if self.cutting is None:
            self.cutting = Cutting(self.facts)
        self.cutting.add(where, rules)
        self.facts = facts

    def restore(self) -> None:
        """Take all that was cut back, for good; nothing, if nothing was cut."""
        if self.cutting is not None:
            self.facts = self.cutting.undo()

    @property
    def repeats(self) -> int:
        """In how many other documents of its site the line was seen."""
        return self.known or 0

    @property
    def lone(self) -> bool:
        """Whether other documents of its site are known, and none has it."""
        return self.known == 0

    @property
    def where(self) -> Sequence[int] | None:
        """After a cut, the offset in the original raw line of each character that is left; None before."""
        return self.cutting.where if self.cutting else None

    @property
    def cut_by(self) -> Sequence[Rule]:
        """The rules whose spans were cut."""
        return self.cutting.rules if self.cutting else ()

    @property
    def times(self) -> int:
        """How often it was cut; below 0: it is to be cut no more."""
        return self.cutting.times if self.cutting else 0

    @property
    def whole(self) -> bool:
        """Whether it is to be cut no more."""
        return self.times < 0

    @property
    def own(self) -> int:
        """Its own signals."""
        return self.facts.own

    @property
    def hits(self) -> Hits:
        """Where rules hit it."""
        return self.facts.hits

    @property
    def view(self) -> View:
        """What patterns see of it."""
        return self.facts

    @property
    def spent(self) -> bool:
        """Whether cuts left nothing to read."""
        return not any(map(str.isalnum, self.view.text))


class Cutting:
    """What was cut out of a line.

    Args:
        first: what the line is by itself as it came.

    Attributes:
        where: the offset in the original raw line of each character that is left; None if all was taken back.
        rules: those whose spans were cut.
        times: how often; below 0: it is to be cut no more.
    """

    __slots__ = ("_first", "rules", "times", "where")

    def __init__(self, first: Facts) -> None:
        self._first = first
        self.where: Sequence[int] | None = None
        self.rules: Sequence[Rule] = ()
        self.times = 0

    def add(self, where: Sequence[int], rules: Sequence[Rule]) -> None:
        """Once more something was cut: what is left stood there, and these rules were behind it."""
        self.where, self.rules = where, (*self.rules, *rules)
        self.times += 1

    def undo(self) -> Facts:
        """Take all back, for good; returns what the line was by itself."""
        self.where, self.rules, self.times = None, (), -1
        return self._first
