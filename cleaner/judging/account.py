"""What the judge knew of one line, for who asks why it went or stayed. Facts only; nothing here decides."""

from __future__ import annotations

from cleaner.rules.rule import Rule
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Final


class Account(Value):
    """One line at one threshold.

    Attributes:
        rules: those that hit it here by a pattern, a block or a condition, with the scores that they had here.
        form: the rules that ask for signals alone, each with what it added.
        other: what its repetition over the site added.
        bits: its signals, those of topic and of its neighbours' fate among them.
        score: what all that weighs together.
        most: the most that it could weigh if its neighbours' fate were otherwise.
        need: what it had to weigh to go; None: weak evidence may not take it.
        listed: whether it stands in a list of records.
        page: how much of a whole page the document is, 0 to 1.
    """

    __match_args__ = ("rules", "form", "other", "bits", "score", "most", "need", "listed", "page")
    __slots__ = __match_args__

    def __init__(
        self,
        rules: tuple[Rule, ...],
        form: tuple[tuple[Rule, float], ...],
        other: float,
        bits: int,
        score: float,
        most: float,
        need: float | None,
        listed: bool,
        page: float,
    ) -> None:
        self.rules: Final = rules
        self.form: Final = form
        self.other: Final = other
        self.bits: Final = bits
        self.score: Final = score
        self.most: Final = most
        self.need: Final = need
        self.listed: Final = listed
        self.page: Final = page
