"""Rules and rule packs: what a pack file says, checked and frozen."""

from __future__ import annotations

from cleaner.light import StrEnum
from cleaner.rules import pattern
from cleaner.text.document import Zone
from cleaner.text.form import own_signals
from cleaner.text.signals import BITS, Signals
from cleaner.text.view import View
from cleaner.text.words import count_words
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Final

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


# With this score a rule takes a line alone.
SURE = 1.0


class Scope(StrEnum):
    """How much goes when a rule hits."""

    LINE = "line"
    SPAN = "span"
    BLOCK = "block"
    REST = "rest"


class Near(Value):
    """A sure finding of one of `categories` stands at most `within` non-blank lines away."""

    __match_args__ = ("categories", "within")
    __slots__ = __match_args__

    def __init__(self, categories: frozenset[str], within: int) -> None:
        self.categories: Final = categories
        self.within: Final = within


class Until(Value):
    """Where a block ends: before prose, always; besides at a blank line, at a pattern, or after `lines` lines."""

    __match_args__ = ("blank", "pattern", "lines")
    __slots__ = __match_args__

    def __init__(self, blank: bool = False, pattern: str | None = None, lines: int = 30) -> None:
        self.blank: Final = blank
        self.pattern: Final = pattern
        self.lines: Final = lines


_NO_SIGNALS = Signals()
_BEFORE_PROSE = Until()


class Rule(Value):
    """One entry of a rule pack. Field names and meanings are those of `docs/rules.md`. A rule equals itself alone.

    Attributes:
        must, never: the signals it asks for, and those that it forbids, as bits.
        zone_bits: the zones it asks for, as signal bits; 0 for any.
        sure: whether the rule drops a line alone.
        reaching: whether it takes lines after its own.
    """

    __match_args__ = (
        "id", "category", "language", "file", "why", "match", "when", "unless", "scope", "score", "case", "zones",
        "min_words", "max_words", "near", "repeat", "until", "drop", "keep", "examples",
    )  # fmt: skip
    __slots__ = (*__match_args__, "must", "never", "reaching", "sure", "zone_bits")

    def __init__(
        self,
        id: str,  # noqa: A002  # the name that packs use
        category: str,
        language: str,
        file: str,
        why: str,
        match: tuple[str, ...] = (),
        when: Signals = _NO_SIGNALS,
        unless: tuple[str, ...] = (),
        scope: Scope = Scope.LINE,
        score: float = 1.0,
        case: bool = False,
        zones: frozenset[Zone] = frozenset(),
        min_words: int = 0,
        max_words: int | None = None,
        near: Near | None = None,
        repeat: int = 0,
        until: Until = _BEFORE_PROSE,
        drop: tuple[str, ...] = (),
        keep: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
    ) -> None:
        self.id: Final = id
        self.category: Final = category
        self.language: Final = language
        self.file: Final = file
        self.why: Final = why
        self.match: Final = match
        self.when: Final = when
        self.unless: Final = unless
        self.scope: Final = scope
        self.score: Final = score
        self.case: Final = case
        self.zones: Final = zones
        self.min_words: Final = min_words
        self.max_words: Final = max_words
        self.near: Final = near
        self.repeat: Final = repeat
        self.until: Final = until
        self.drop: Final = drop
        self.keep: Final = keep
        self.examples: Final = examples
        # Asked for at every line that a rule hits, so worked out once.
        self.must: Final = when.must
        self.never: Final = when.never
        self.zone_bits: Final = sum(BITS[f"zone-{z}"] for z in zones)
        self.sure: Final = score >= SURE
        self.reaching: Final = scope is Scope.BLOCK or scope is Scope.REST

    __eq__ = object.__eq__
    __hash__ = object.__hash__

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
        if not text or pattern.slow and self._is_off():
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
        return [] if self.spared(text) else found

    def stands(self, bits: int) -> bool:
        """Whether a line with these signals is in its zones and has what it asks for besides its pattern."""
        zones = self.zone_bits
        return (not zones or bits & zones != 0) and self.suits(bits)

    def suits(self, bits: int) -> bool:
        """Whether a line with these signals has what it asks for besides its pattern and its zones."""
        return bits & self.must == self.must and not bits & self.never

    def spared(self, text: str) -> bool:
        """Whether one of its `unless` hits `text` (cased or lower-cased as it asks for), or the rule is switched off."""
        if pattern.slow and self._is_off():
            return True
        for p in self.unless:
            before = pattern.slow.get((p, self.case), 0)
            # A veto that cannot be had in time is one: in doubt the line stays.
            if (
                pattern.first(p, self.case, text, self.id)
                or pattern.slow
                and pattern.slow.get((p, self.case), 0) > before
            ):
                return True
        return False

    def _is_off(self) -> bool:
        """Whether one of its patterns took too long too often."""
        return any(
            pattern.slow.get((p, self.case), 0) >= pattern.MOST_SLOW
            for p in (*self.match, *self.unless, self.until.pattern or "")
        )

    def _spans(self, text: str, match: Sequence[str]) -> list[tuple[int, int]]:
        if self.scope is Scope.SPAN:
            return sorted({s for p in match for s in pattern.spans(p, self.case, text, self.id) if s[0] < s[1]})
        for p in match:
            if (span := pattern.first(p, self.case, text, self.id)) is not None:
                return [span]
        return []


class RulePack(Value):
    """One TOML file: one category in one language."""

    __match_args__ = ("file", "about", "category", "language", "rules")
    __slots__ = __match_args__

    def __init__(self, file: str, about: str, category: str, language: str, rules: tuple[Rule, ...]) -> None:
        self.file: Final = file
        self.about: Final = about
        self.category: Final = category
        self.language: Final = language
        self.rules: Final = rules
