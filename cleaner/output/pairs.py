"""The lines of a text and what is left of them, made when they are asked for: a text of many lines is not held twice."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.judging.verdict import Action, Verdict

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import overload

    Pair = tuple[str, str | None]


class Pairs(Sequence["Pair"]):
    """Each line with its ending, and what is left of it: the same text, less, or None if it goes.

    Args:
        text: the text.
        starts: where each line begins, and where the last one ends. An empty one behind a final line end is none.
        verdicts: one for each.
    """

    def __init__(self, text: str, starts: Sequence[int], verdicts: Sequence[Verdict]) -> None:
        self._text, self._starts, self._verdicts = text, starts, verdicts
        self._count = len(verdicts) - (starts[-1] == starts[-2])

    def __len__(self) -> int:
        return self._count

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> Pair: ...
        @overload
        def __getitem__(self, at: slice) -> list[Pair]: ...

    def __getitem__(self, at: int | slice) -> Pair | list[Pair]:
        places = range(self._count)[at]
        return list(map(self._pair, places)) if isinstance(places, range) else self._pair(places)

    def _pair(self, i: int) -> Pair:
        line = self._text[self._starts[i] : self._starts[i + 1]]
        verdict = self._verdicts[i]
        if verdict.action is Action.KEEP:
            return line, line
        return line, None if verdict.action is Action.DROP else _cut(line, verdict)


class Named(Sequence[str]):
    """What is to be named of each line, made when it is asked for.

    Args:
        count: how many lines there are.
        name: gives the name of one.
    """

    def __init__(self, count: int, name: Callable[[int], str]) -> None:
        self._count, self._name = count, name

    def __len__(self) -> int:
        return self._count

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, at: int) -> str: ...
        @overload
        def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        return self._name(at) if isinstance(at, int) else list(map(self._name, range(self._count)[at]))


def _cut(line: str, verdict: Verdict) -> str:
    """What is left of a line whose spans are cut."""
    left, at = "", 0
    for a, b in verdict.cuts:
        left += line[at:a]
        at = b
    return left + line[at:]
