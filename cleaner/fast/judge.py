"""Judging by the core: equal to `cleaner.judging.judge`, over arrays in place of objects."""

from __future__ import annotations

from cleaner.evidence.line import Line
from cleaner.judging.judge import Case, Judge, Ruling, Sums
from cleaner.judging.rulings import Rulings

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cleaner.evidence.state import State


class FastCase(Case):
    """See `Case`. It has no account to give, and tells lines by their numbers alone: who explains asks the definition."""

    def __init__(self, state: Any, definition: Judge) -> None:
        self.state = state
        self.page = state.page
        self._sums = Sums(definition.form, self.page)

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

    Args:
        definition: what it takes the place of.
        core: makes the states of documents (see `binding.judge`).
    """

    def __init__(self, definition: Judge, core: Any) -> None:
        self._definition, self._core = definition, core

    @property
    def definition(self) -> Judge:
        """See `Judge.definition`."""
        return self._definition

    def state(self, lines: Sequence[Line], before: State | None) -> State:
        """See `Judge.state`; the core's own kind."""
        return self._core(lines, before)  # type: ignore[no-any-return]

    def case(self, state: State) -> Case:
        """See `Judge.case`."""
        return FastCase(state, self._definition)

    def release(self, case: Case) -> None:
        """See `Judge.release`."""
        state: Any = case.state
        state.release()
