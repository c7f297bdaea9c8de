"""What is known of one line's verdict, for a person to read."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.judging.verdict import Verdict
from cleaner.rules.rule import Rule
from cleaner.workbench.parts import Part

# What decided: a sure rule, weak evidence, a cut, what it belongs to (blank lines; underlines and fences), or nothing that was enough.
SURE, WEAK, SPAN, BLANK, MARK, STAYS = "sure", "weak", "cut", "blank", "mark", "stays"
# What protected a line that stays.
SENTENCE, LIST, GUARD, KEPT = "sentence", "list", "guard", "keep"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A rule whose pattern hit a line, and why it did not count there.

    Attributes:
        rule: the rule.
        reason: why, for a person.
        listed: where its hits count as a list of the article: the numbers (from 1) of the lines that rules of its category
            hit there.
    """

    rule: Rule
    reason: str
    listed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A neighbour: its number from 1, what patterns see of it, and what became of it."""

    line: int
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything that is known of one line's verdict.

    Attributes:
        line: its number, from 1.
        together: the numbers of the lines that were judged as one with it (hard-wrapped text), itself among them.
        text: what patterns see of it; of lines judged together, of all.
        verdict: what became of it.
        decided: `SURE`, `WEAK`, `SPAN`, `BLANK`, `MARK` or `STAYS`.
        level: the name of the level that decided.
        score, need: what spoke against it together, and what it had to be; None where nothing was weighed.
        least: what would have been enough at the level that was asked for, where a stricter one decided; else as `need`.
        would: the name of the next level at which weak evidence would take it; empty if none would.
        most: what `score` could be if its neighbours' fate were otherwise.
        parts: what each rule added, those that count first, heaviest first.
        unheard: rules whose pattern hits and that did not count.
        protected: `SENTENCE`, `LIST`, `GUARD` or `KEPT` if that kept it; else empty.
        allowed: the share of the words that weak evidence may take here.
        page: how much of a whole page the document is, 0 to 1.
        signals: the names of its signals.
        before, after: the non-blank lines beside it and what was judged as one with it.
        removed: what was cut out of it.
        saw: what was seen of it, if it goes by its form alone; as diffs have it.
        stopped: why the whole text is left as it is, if it would cost more than a text may.
    """

    line: int
    together: tuple[int, ...]
    text: str
    verdict: Verdict
    decided: str
    level: str
    score: float | None = None
    need: float | None = None
    most: float | None = None
    least: float | None = None
    would: str = ""
    parts: tuple[Part, ...] = ()
    unheard: tuple[Unheard, ...] = ()
    protected: str = ""
    allowed: float = 0.0
    page: float = 0.0
    signals: tuple[str, ...] = ()
    before: Beside | None = None
    after: Beside | None = None
    removed: tuple[str, ...] = ()
    saw: str = ""
    stopped: str = ""

    @property
    def missing(self) -> float | None:
        """What was missing for it, or what a cut left of it, to go; None if it goes, or if no weight would have been enough."""
        if self.decided not in (STAYS, SPAN) or self.score is None or self.need is None:
            return None
        return max(0.0, self.need - self.score)
