"""Judging by the core: equal to `cleaner.judging.judge`, over arrays in place of objects."""

from __future__ import annotations

from cleaner.judging.case import Case, Judge
from cleaner.judging.ruling import Ruling, Sums
from cleaner.judging.rulings import Rulings
from cleaner.light import cached_property

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cleaner.evidence.foreign import Languages
    from cleaner.evidence.line import Line
    from cleaner.evidence.state import State
    from cleaner.judging.judge import DefinedJudge
    from cleaner.judging.ways import Ways
    from cleaner.rules.rule import Rule


class FastCase(Case):
    """See `Case`. It has no account to give, and tells lines by their numbers alone: who explains asks the definition."""

    def __init__(self, state: Any, judge: Judge) -> None:
        self.state = state
        self.page = state.page
        self._sums = Sums(judge.form, self.page)

    def certain(self, count: int) -> Rulings:
        """See `Case.certain`."""
        state: Any = self.state
        kinds, which = state.sure(count)
        return Rulings([Ruling(score, told) for score, told, _ in kinds], memoryview(which).cast("I"))

    def going(self, threshold: float, below: Rulings, count: int) -> Rulings:
        """See `Case.going`."""
        state: Any = self.state
        sums = self._sums
        kinds, which = state.decide(float(threshold), below.which, count)
        return Rulings([Ruling(score, told, (sums, bits)) for score, told, bits in kinds], memoryview(which).cast("I"))


class FastJudge(Judge):
    """See `Judge`.

    Attributes:
        core: makes the states of documents, of their lines and an earlier state or None (see `binding.states`); to be set.
    """

    core: Any

    def __init__(self, bare: Sequence[Rule], ways: Ways, languages: Languages) -> None:
        super().__init__(bare, ways, languages)
        self._made_of = bare, ways, languages

    @cached_property
    def definition(self) -> DefinedJudge:
        """See `Judge.definition`."""
        from cleaner.judging.judge import DefinedJudge  # late: cleaning does without

        return DefinedJudge(*self._made_of)

    def state(self, lines: Sequence[Line], before: State | None) -> State:
        """See `Judge.state`; the core's own kind."""
        return self.core(lines, before)  # type: ignore[no-any-return]

    def case(self, state: State) -> Case:
        """See `Judge.case`."""
        return FastCase(state, self)

    def release(self, case: Case) -> None:
        """See `Judge.release`."""
        state: Any = case.state
        state.release()
