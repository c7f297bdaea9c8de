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
    from collections.abc import Iterable

    from cleaner.evidence.foreign import Languages
    from cleaner.judging.judge import Judge


class FastWays(Ways):
    """See `Ways`."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__(matcher)
        self.forget()
        if shapes := binding.shapes():
            self.shapes = shapes  # type: ignore[method-assign, assignment]

    def forget(self) -> None:
        """See `Ways.forget`."""
        memo = LineMemo(self.matcher)
        # Asked for many lines, so the methods are those of the memory itself.
        self.facts = memo.__getitem__  # type: ignore[method-assign, assignment]
        self.all_facts = memo.all_facts  # type: ignore[method-assign]

    def judge(self, definition: Judge, languages: Languages) -> Judge:
        """See `Ways.judge`."""
        core = binding.judge(definition, languages)
        return FastJudge(definition, core) if core else definition

    def form_table(self, rules: Iterable[Rule]) -> FormTable:
        """See `Ways.form_table`."""
        return FastFormTable(rules)
