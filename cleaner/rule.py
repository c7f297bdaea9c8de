"""Rules and rule packs: what a pack file says, checked and frozen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from cleaner import pattern
from cleaner.model import Zone
from cleaner.signals import BITS, Signals, own_signals
from cleaner.view import View
from cleaner.words import count_words

CATEGORIES: dict[str, str] = {
    "ad": "advertising, sponsored content, affiliate disclosure",
    "promo": "pointers to other stories",
    "byline": "who wrote it, author biographies",
    "dateline": "when it was published or updated",
    "share": "share bars, follow-us calls, counters",
    "newsletter": "calls to subscribe to mails and alerts",
    "caption": "captions of pictures that the text does not hold",
    "credit": "photo, agency and contributor credits",
    "legal": "copyright, terms, disclaimers",
    "cookie": "consent notices",
    "paywall": "calls to log in, register or pay",
    "nav": "menus, breadcrumbs, previous and next",
    "comment": "comment forms and threads",
    "ui": "buttons, players, loading notices",
    "tag": "tags, topics, categories, kickers",
    "contact": "addresses, tips, corrections",
    "site": "what the site says of itself",
    "shape": "evidence from a line's form and place",
    "prose": "evidence that a line is body text",
}


class Scope(StrEnum):
    """How much goes when a rule hits."""

    LINE = "line"
    SPAN = "span"
    BLOCK = "block"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Near:
    """A sure finding of one of `categories` stands at most `within` non-blank lines away."""

    categories: frozenset[str]
    within: int


@dataclass(frozen=True, slots=True)
class Until:
    """Where a block ends: before prose, always; besides at a blank line, at a pattern, or after `lines` lines."""

    blank: bool = False
    pattern: str | None = None
    lines: int = 30


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One entry of a rule pack. Field names and meanings are those of `docs/rules.md`."""

    id: str
    category: str
    language: str
    file: str
    why: str
    match: tuple[str, ...] = ()
    when: Signals = Signals()
    unless: tuple[str, ...] = ()
    scope: Scope = Scope.LINE
    score: float = 1.0
    case: bool = False
    zones: frozenset[Zone] = frozenset()
    min_words: int = 0
    max_words: int | None = None
    near: Near | None = None
    repeat: int = 0
    until: Until = Until()
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    zone_bits: int = field(init=False)
    """The zones it asks for, as signal bits; 0 for any."""
    sure: bool = field(init=False)
    """Whether the rule drops a line alone."""

    def __post_init__(self) -> None:
        # Asked for at every line that a rule hits, so worked out once.
        object.__setattr__(self, "zone_bits", sum(BITS[f"zone-{z}"] for z in self.zones))
        object.__setattr__(self, "sure", self.score >= 1.0)

    def hits(
        self,
        view: View,
        words: Callable[[str], int] = count_words,
        match: Sequence[str] | None = None,
        own: int | None = None,
    ) -> list[tuple[int, int]]:
        """Where the rule hits one line, by the line's own text alone (its place in the document is judged later).

        Args:
            view: the line.
            words: counts the words of its text.
            match: those of the rule's patterns that are worth trying on it, in their order; all by default.
            own: its own signals, if they are at hand.

        Returns (start, end) offsets in characters of `view.text`: every hit for a `span` rule, else the first; empty
        if there is none. A rule without a pattern hits the whole view.
        """
        text = view.text if self.case else view.low
        if not text:
            return []
        if self.match:
            found = self._spans(text, self.match if match is None else match)
            if not found:
                return []
        else:
            found = [(0, len(text))]
        if self.min_words or self.max_words is not None:
            n = words(view.text)
            if n < self.min_words or (self.max_words is not None and n > self.max_words):
                return []
        if self.when and not self.when.own_hold(own_signals(view) if own is None else own):
            return []
        if any(pattern.first(p, self.case, text) for p in self.unless):
            return []
        return found

    def _spans(self, text: str, match: Sequence[str]) -> list[tuple[int, int]]:
        if self.scope is Scope.SPAN:
            return sorted({s for p in match for s in pattern.spans(p, self.case, text) if s[0] < s[1]})
        for p in match:
            if (span := pattern.first(p, self.case, text)) is not None:
                return [span]
        return []


@dataclass(frozen=True, slots=True)
class RulePack:
    """One TOML file: one category in one language."""

    file: str
    about: str
    category: str
    language: str
    rules: tuple[Rule, ...]
