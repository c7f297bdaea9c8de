"""Who is told how a document was judged. What an engine tells may be kept, and is not to be changed."""

from __future__ import annotations

from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from typing import Final, Protocol

    from cleaner.judging.case import Case
    from cleaner.judging.ruling import Ruling

    class Witness(Protocol):
        """See the module."""

        def begins(self, groups: Sequence[Sequence[int]]) -> None:
            """A round begins: for each unit that is left, the indices of the document's lines that it was broken into."""

        def decided(self, moment: Moment) -> None:
            """One level was decided on what was left at that moment; the levels below it before it."""


class Moment(Value):
    """One level's decision on one state of a document. Lines are named by their units' numbers in the round.

    Attributes:
        state: what was left, and its evidence; what goes for certain was decided on it.
        case: the same as it was weighed last: without what goes for certain, where that would have been too much.
        threshold: the level's.
        given: the lines of `case` that were gone before weak evidence was weighed, for the level below took them.
        certain: those that go by sure rules or by the level below.
        weak: those that weak evidence takes, or would if it were not held.
        held: whether it was set aside because it would have taken too much.
        allowed: the share of the words (0 to 1) that it may take.
        aside: those that it would have taken, by `state`, and that were too much.
    """

    __match_args__ = ("state", "case", "threshold", "given", "certain", "weak", "held", "allowed", "aside")
    __slots__ = __match_args__

    def __init__(
        self,
        state: Case,
        case: Case,
        threshold: float,
        given: Collection[int],
        certain: Mapping[int, Ruling],
        weak: Mapping[int, Ruling],
        held: bool,
        allowed: float,
        aside: Mapping[int, Ruling],
    ) -> None:
        self.state: Final = state
        self.case: Final = case
        self.threshold: Final = threshold
        self.given: Final = given
        self.certain: Final = certain
        self.weak: Final = weak
        self.held: Final = held
        self.allowed: Final = allowed
        self.aside: Final = aside
