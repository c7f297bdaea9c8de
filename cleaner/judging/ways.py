"""The parts of judging that a quicker equal may take the place of, each by its definition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.evidence.facts import Facts
from cleaner.evidence.form_rules import FormTable
from cleaner.evidence.line import Line
from cleaner.judging.blanks import without
from cleaner.rules.matcher import Matcher
from cleaner.rules.rule import Rule
from cleaner.text.wrapping import shapes

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from cleaner.evidence.foreign import Languages
    from cleaner.judging.judge import Judge, Ruling
    from cleaner.text.wrapping import Shapes


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

    def lines(self, some: list[tuple[str, int | None]], first: int) -> list[Line]:
        """The lines of a document, numbered from `first`, each given as its raw text and in how many other documents it stands."""
        return [Line(n, self.facts(raw), known) for n, (raw, known) in enumerate(some, first)]

    def shapes(self, raws: Sequence[str]) -> Shapes:
        """What is to be seen of the lines of a text one by one (see `text.wrapping`)."""
        return shapes(raws)

    def without(self, lines: list[Line], gone: dict[int, Ruling]) -> tuple[list[Line], dict[int, int]]:
        """What is left of lines, and the blank ones that go with those of `gone` (see `judging.blanks`)."""
        return without(lines, gone)

    def forget(self) -> None:
        """Forget the lines that were looked at, where any are remembered."""

    def form_table(self, rules: Iterable[Rule]) -> FormTable:
        """The table of rules that have no pattern and ask for signals alone."""
        return FormTable(rules)

    def judge(self, definition: Judge, languages: Languages) -> Judge:
        """What judges by these definitions, in the languages that are said to be spoken."""
        del languages
        return definition
