"""The vocabulary: what a document, a finding, a verdict and an edit are. Facts only; nothing here decides."""

from __future__ import annotations

from enum import StrEnum

from cleaner.value import Value
from cleaner.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Final

    from cleaner.rule import Rule


class Zone(StrEnum):
    """Where in its document a line stands."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"


class Action(StrEnum):
    """What becomes of a line."""

    KEEP = "keep"
    DROP = "drop"
    CUT = "cut"


class Document:
    """One article's text, line by line.

    Attributes:
        text: the whole text, as it came.
        raws: its lines without line feeds; `"\\n".join(raws)` is `text`. A carriage return stays with its line.
    """

    __slots__ = ("raws", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.raws = text.split("\n")

    @property
    def views(self) -> list[View]:
        """The view of each line, in the same order; made anew each time."""
        return [View(raw) for raw in self.raws]


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
    __slots__ = __match_args__

    def __init__(
        self,
        action: Action,
        score: float = 0.0,
        reasons: tuple[Rule, ...] = (),
        cuts: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.action: Final = action
        self.score: Final = score
        self.reasons: Final = reasons
        self.cuts: Final = cuts


class Edit(Value):
    """One thing taken out of a document.

    Attributes:
        line: number of the input line, from 1.
        start, end: the span taken out, as offsets in characters of the input text. A dropped line includes its
            line feed.
        removed: the text taken out.
        action: `drop` for a whole line (a blank line that went with its neighbour too), `cut` for a span.
        rule: full id of the rule to name first (with a pattern if any, then the heaviest), such as `promo/en/also-like`.
        category: its category, such as `promo`.
        score: the sum of the evidence.
        rules: full ids of all rules that spoke, in that order.
    """

    __match_args__ = ("line", "start", "end", "removed", "action", "rule", "category", "score", "rules")
    __slots__ = __match_args__

    def __init__(
        self,
        line: int,
        start: int,
        end: int,
        removed: str,
        action: Action,
        rule: str,
        category: str,
        score: float,
        rules: tuple[str, ...],
    ) -> None:
        self.line: Final = line
        self.start: Final = start
        self.end: Final = end
        self.removed: Final = removed
        self.action: Final = action
        self.rule: Final = rule
        self.category: Final = category
        self.score: Final = score
        self.rules: Final = rules
