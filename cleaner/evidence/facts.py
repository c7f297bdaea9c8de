"""What a line is by itself, wherever it stands: its view, its own signals, its words, and the rules that hit it."""

from __future__ import annotations

import sys

from cleaner.light import Remembered
from cleaner.rules.matcher import Hits, Matcher
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Rule, Scope
from cleaner.text import patterns
from cleaner.text.form import own_signals
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import Reading
from cleaner.text.sentences import LEAST_WORDS, sentence_words
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.text.words import count_words

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable

_NO_SENTENCE = BITS["table"] | BITS["code"]
_STOP, _PROSE, _SHORT = BITS["stop"], BITS["prose"], BITS["short"]
_LABEL = _STOP | _SHORT
# A line that holds a notice and a sentence has so many words, and so many characters.
TWO, LONG = BITS["words-15-29"] | BITS["words-30"], 30
# A sentence of so many words is a paragraph of prose.
PROSE_WORDS = 12
_CONTENT = patterns.compiled(r"[^\W_]{4,}")
# Where rules hit a line, those without the ones that cut spans, whether one of them is sure, whether one cuts.
_Said = tuple[Hits, tuple[Rule, ...], bool, bool]
# A notice in a line, as a span, and the sentences beside it; empty if there is none.
Notice = tuple[tuple[int, int], list[str]] | tuple[()]


class Facts(View):
    """What a line is by itself, wherever it stands: its view, and what is known of that. (One object, since there are many.)

    Attributes:
        own: its own signals; 0 if nothing is to be seen.
        told: what rules say of it: `hits`, `rules`, `sure` and `cuts`. Lines that are hit alike share it.
        divisible: whether something may be cut out of it: a span, or a notice glued to a sentence.
        notice: what `evidence.glued` found in it; None until it was asked.
    """

    __slots__ = (
        "_content",
        "_sentence",
        "_words",
        "divisible",
        "notice",
        "own",
        "told",
    )

    def __init__(self, raw: str, matcher: Matcher) -> None:
        self._content: tuple[str, ...] | None = None
        self._sentence = -1
        if looked := matcher.look(raw):
            self.raw = raw
            self.text, self.low, self.own, self._words, self._sentence, self._content, hits = looked
        else:
            super().__init__(raw)
            hits = self._read(matcher)
        self.told = shared(tuple(hits))
        self.notice: Notice | None = None
        self.divisible = self.cuts or self.sure and self.may_hold_two

    def _read(self, matcher: Matcher) -> Hits:
        """Look at the line, and return where rules hit it."""
        self.own, self._words = 0, -1
        if not self.text:
            return ()
        if len(self.text) > MAX_LINE:
            self.own = own_signals(self)
            return ()
        reading = Reading(self)
        self._words = reading.count
        self.own = own_signals(self, reading)
        if reading.ascii and "_" not in reading.marks:
            self._content = _worth([word for word in reading.words if len(word) > 3])
        return matcher.hits(self, self.own, reading)

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen."""
        return not self.text

    @property
    def hits(self) -> Hits:
        """Where rules hit it."""
        return self.told[0]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that hit it, each once, without those that cut spans."""
        return self.told[1]

    @property
    def sure(self) -> bool:
        """Whether one of those drops a line alone."""
        return self.told[2]

    @property
    def cuts(self) -> bool:
        """Whether one of those that hit it cuts spans."""
        return self.told[3]

    @property
    def may_hold_two(self) -> bool:
        """Whether it is long enough to hold a notice and a sentence."""
        return bool(self.own & TWO) and len(self.text) >= LONG

    @property
    def words(self) -> int:
        """How many words it has."""
        if self._words < 0:
            self._words = count_words(self.text)
        return self._words

    @property
    def sentence(self) -> bool:
        """Whether it is a sentence in any language (see `text.sentences`), no row of a table and no program code."""
        return self._said() >= LEAST_WORDS

    @property
    def is_short_sentence(self) -> bool:
        """Whether it has few words and is a finished sentence all the same."""
        return bool(self.own & _STOP) and 2 <= self._said() < LEAST_WORDS

    @property
    def form(self) -> int:
        """Its own signals, with prose told in languages too of which no function words are known."""
        return self.own | _PROSE if self._said() >= PROSE_WORDS else self.own

    def _said(self) -> int:
        """Its words if it is a sentence, else 0."""
        if self._sentence < 0:
            text = self.text
            # Most lines are labels, of which that much can be said at once.
            label = self.own & _NO_SENTENCE or self.own & _LABEL == _SHORT and text.isascii()
            self._sentence = 0 if label else sentence_words(text)
        return self._sentence

    @property
    def content(self) -> tuple[str, ...]:
        """Its words of four letters and more, each once, lower-cased, without function words."""
        if self._content is None:
            self._content = _worth(_CONTENT.findall(self.low))
        return self._content


def _shared(hits: Hits) -> _Said:
    return (hits, *_said_by[tuple([rule for rule, _, _ in hits])])


def _said(rules: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], bool, bool]:
    """What hits of these rules say, wherever in a line they stand."""
    whole = tuple(dict.fromkeys(rule for rule in rules if rule.scope is not Scope.SPAN))
    return whole, any(rule.sure for rule in whole), any(rule.scope is Scope.SPAN for rule in rules)


_said_by = Remembered(_said, 1 << 12)
# What hits say of their line. Lines that are hit alike share it: a page of labels has many of them.
shared: Callable[[Hits], _Said] = Remembered(_shared, 1 << 12).__getitem__


def _worth(words: list[str]) -> tuple[str, ...]:
    """Those of them that are no function words, each once, in any order."""
    # Interned: a corpus has many lines, but not so many words.
    return tuple(map(sys.intern, set(words).difference(FUNCTION_WORDS)))
