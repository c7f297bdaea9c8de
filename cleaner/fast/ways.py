"""The quick way: lines and sums remembered, documents judged by the core. Equal to `cleaner.judging.ways.Ways`."""

from __future__ import annotations

from cleaner.evidence.form_rules import FormTable
from cleaner.fast import binding
from cleaner.fast.form_rules import FastFormTable
from cleaner.fast.judge import FastJudge
from cleaner.fast.line_memo import LineMemo
from cleaner.judging.ways import Ways
from cleaner.rules.matcher import Matcher
from cleaner.rules.rule import Rule

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.evidence.foreign import Languages
    from cleaner.fast.judge_numbers import Numbers
    from cleaner.judging.case import Judge


class FastWays(Ways):
    """See `Ways`.

    Args:
        matcher: finds where rules hit a line.
        numbers: gives what the core judges by, if it is at hand.
    """

    def __init__(self, matcher: Matcher, numbers: Callable[[], Numbers] | None = None) -> None:
        super().__init__(matcher)
        self._numbers = numbers or _numbers
        self.forget()
        if shapes := binding.shapes():
            self.shapes = shapes  # type: ignore[method-assign, assignment]

    def forget(self) -> None:
        """See `Ways.forget`."""
        memo = LineMemo(self.matcher)
        # Asked for many lines, so the methods are those of the memory itself.
        self.facts = memo.__getitem__  # type: ignore[method-assign, assignment]
        self.all_facts = memo.all_facts  # type: ignore[method-assign]

    def judge(self, bare: Sequence[Rule], languages: Languages) -> Judge:
        """See `Ways.judge`."""
        made = FastJudge(bare, self, languages)
        made.core = binding.states(made, languages, self._numbers)
        return made if made.core else super().judge(bare, languages)

    def form_table(self, rules: Iterable[Rule]) -> FormTable:
        """See `Ways.form_table`."""
        return FastFormTable(rules)


def _numbers() -> Numbers:
    from cleaner.fast.judge_numbers import numbers  # late: with built-in rules they come from the store

    return numbers()
