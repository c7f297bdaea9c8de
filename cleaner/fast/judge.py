"""Judging by the core: equal to `cleaner.judging.judge`, over arrays in place of objects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from cleaner.evidence.line import Line
from cleaner.judging.judge import Case, Judge, Ruling, Sums

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Any

    from cleaner.evidence.state import State


class FastCase(Case):
    """See `Case`. It has no account to give: who explains asks the definition."""

    def __init__(self, state: Any, definition: Judge) -> None:
        self.state = state
        self.page = state.page
        self._sums = Sums(definition.form, self.page)

    @cached_property
    def sure(self) -> dict[int, Ruling]:  # type: ignore[override]
        """See `Case.sure`."""
        return _each(*self._certain())

    def certain(self) -> dict[int, Ruling]:
        """See `Case.certain`."""
        state: Any = self.state
        return state.numbered(*self._certain())  # type: ignore[no-any-return]

    def goes(self, threshold: float, below: Collection[int]) -> dict[int, Ruling]:
        """See `Case.goes`."""
        state: Any = self.state
        return state.numbered(*self._decided(threshold, state.indices(below) if below else []))  # type: ignore[no-any-return]

    def decide(self, threshold: float, below: Collection[int]) -> dict[int, Ruling]:
        """See `Case.decide`."""
        return _each(*self._decided(threshold, list(below)))

    def _certain(self) -> tuple[list[Ruling], bytearray]:
        state: Any = self.state
        kinds, which = state.sure()
        return [Ruling(score, told) for score, told, _ in kinds], which

    def _decided(self, threshold: float, below: list[int]) -> tuple[list[Ruling], bytearray]:
        state: Any = self.state
        sums = self._sums
        kinds, which = state.decide(float(threshold), below)
        return [Ruling(score, told, (sums, bits)) for score, told, bits in kinds], which


def _each(kinds: Sequence[Ruling], which: bytearray) -> dict[int, Ruling]:
    """The ruling on each line that goes; `which`: for each line the number of its kind from 1, or 0 if it stays."""
    return {i: kinds[kind - 1] for i, kind in enumerate(memoryview(which).cast("I")) if kind}


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
