"""The vocabulary: what a document, a finding, a verdict and an edit are. Facts only; nothing here decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cleaner.view import View

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Finding:
    """Rule `rule` hit line `line` (from 0) at `start:end` (offsets in characters of the line's view)."""

    rule: Rule
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one line, and why.

    Attributes:
        action: keep, drop, or cut.
        score: the sum of the evidence; at the level's threshold the line goes.
        reasons: the rules that decided, those with patterns first, heaviest first; empty for a line nothing spoke against.
        cuts: for `CUT`, the spans to take out, as offsets in characters of the raw line.
    """

    action: Action
    score: float = 0.0
    reasons: tuple[Rule, ...] = ()
    cuts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
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

    line: int
    start: int
    end: int
    removed: str
    action: Action
    rule: str
    category: str
    score: float
    rules: tuple[str, ...]
