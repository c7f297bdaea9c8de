"""What becomes of a line: findings behind it, the verdict on it. Facts only; nothing here decides."""

from __future__ import annotations

from cleaner.light import StrEnum
from cleaner.rules.rule import Rule
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Final


class Action(StrEnum):
    """What becomes of a line."""

    KEEP = "keep"
    DROP = "drop"
    CUT = "cut"


class Finding(Value):
    """Rule `rule` hit line `line` (from 0) at `start:end` (offsets in characters of the line's view)."""

    __match_args__ = ("rule", "line", "start", "end")
    __slots__ = __match_args__

    def __init__(self, rule: Rule, line: int, start: int, end: int) -> None:
        self.rule: Final = rule
        self.line: Final = line
        self.start: Final = start
        self.end: Final = end


class Verdict(Value):
    """What becomes of one line, and why.

    Attributes:
        action: keep, drop, or cut.
        score: the sum of the evidence; at the level's threshold the line goes.
        reasons: the rules that decided, those with patterns first, heaviest first; empty for a line nothing spoke against.
        cuts: for `CUT`, the spans to take out, as offsets in characters of the raw line.
    """

    __match_args__ = ("action", "score", "reasons", "cuts")
    __slots__ = ("_reasons", "action", "cuts", "score")

    def __init__(
        self,
        action: Action,
        score: float = 0.0,
        reasons: tuple[Rule, ...] | Callable[[], Iterable[Rule]] = (),
        cuts: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.action: Final = action
        self.score: Final = score
        self._reasons = reasons
        self.cuts: Final = cuts

    @property
    def reasons(self) -> tuple[Rule, ...]:
        """See above. Who only wants the body never asks, so they may be given as what tells them."""
        if not isinstance(self._reasons, tuple):
            self._reasons = tuple(self._reasons())
        return self._reasons

    def __reduce__(self) -> tuple[type[Verdict], tuple[object, ...]]:
        return Verdict, tuple(self.fields().values())


KEEP = Verdict(Action.KEEP)
