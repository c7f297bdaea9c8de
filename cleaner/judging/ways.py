"""The parts of judging that a quicker equal may take the place of, each by its definition."""

from __future__ import annotations

from cleaner.evidence.facts import Facts
from cleaner.evidence.form_rules import FormTable
from cleaner.rules.matcher import Matcher
from cleaner.rules.rule import Rule
from cleaner.text.wrapping import shapes

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.evidence.foreign import Languages
    from cleaner.judging.case import Judge
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

    def all_facts(self, raws: list[str]) -> list[Facts]:
        """What each of a document's lines is by itself."""
        return [self.facts(raw) for raw in raws]

    def shapes(self, raws: Sequence[str]) -> Shapes:
        """What is to be seen of the lines of a text one by one (see `text.wrapping`)."""
        return shapes(raws)

    def forget(self) -> None:
        """Forget the lines that were looked at, where any are remembered."""

    def form_table(self, rules: Iterable[Rule]) -> FormTable:
        """The table of rules that have no pattern and ask for signals alone."""
        return FormTable(rules)

    def judge(self, bare: Sequence[Rule], languages: Languages) -> Judge:
        """What judges by rules without patterns and what lines are, in the languages that are said to be spoken."""
        from cleaner.judging.judge import DefinedJudge  # late: what takes its place does without

        return DefinedJudge(bare, self, languages)
