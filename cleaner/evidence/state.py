"""A document's non-blank lines as they stand at one moment, and what their places say."""

from __future__ import annotations

from collections.abc import Sequence
from operator import or_

from cleaner.evidence.line import Line
from cleaner.evidence.place import place_signals
from cleaner.evidence.topic import Topic
from cleaner.rules.rule import Rule
from cleaner.text.language import languages_of
from cleaner.text.signals import BITS

_PROSE = BITS["prose"]
# Characters from which on a line tells the language of its document.
_TELLING = 60


class State:
    """One state of a document.

    Args:
        lines: the lines that are still in it, blank ones too.
        before: an earlier state of the same document, from which is taken what still holds.

    Attributes:
        lines: the non-blank ones.
        gaps: how many blank lines stand before each.
        bits: their own and their place signals.
        hit: the indices of those that rules with patterns hit.
        repeated: whether it is known of any in how many other documents of its site it stands.
        topic: the topic signals of each.
        prose: the first and the last sentence; -1 and the number of lines if there is none.
        standing: the rules that stand on each line by their patterns, once a finder has looked; else None.
        closed: the lines of lists of records, as a finder found them.
    """

    __slots__ = (
        "_clean",
        "_languages",
        "_speaking",
        "bits",
        "closed",
        "gaps",
        "hit",
        "lines",
        "prose",
        "repeated",
        "standing",
        "topic",
    )

    def __init__(self, lines: Sequence[Line], before: State | None = None) -> None:
        shown: list[Line] = []
        gaps: list[int] = []
        texts: list[str] = []
        gap = 0
        for line in lines:
            text = line.facts.view.low
            if text:
                shown.append(line)
                texts.append(text)
                gaps.append(gap)
                gap = 0
            else:
                gap += 1
        self.lines, self.gaps = shown, gaps
        self.hit = [i for i, x in enumerate(shown) if x.facts.rules]
        self.repeated = any(x.repeats or x.lone for x in shown)
        own = [x.facts.form for x in shown]
        sentences = [i for i, x in enumerate(shown) if x.facts.sentence]
        self.prose = (sentences[0], sentences[-1]) if sentences else (-1, len(shown))
        self.bits = list(map(or_, own, place_signals(own, texts, gaps, sentences)))
        self.topic: Topic = Topic(shown, before.topic if before else None)
        self.standing: dict[int, list[Rule]] | None = None
        self.closed: set[int] = set()
        self._clean: frozenset[str] | None = None
        # What tells the language: lines too long for labels, else all.
        self._speaking = [x.facts for x in shown if len(x.facts.view.low) >= _TELLING] or [x.facts for x in shown]
        same = before is not None and before._speaking == self._speaking
        self._languages: frozenset[str] | None = before._languages if before and same else None

    def is_sentence(self, i: int) -> bool:
        """Whether line `i` is a sentence, in any language."""
        return self.lines[i].facts.sentence

    @property
    def languages(self) -> frozenset[str]:
        """The language of the document; several if they cannot be told apart, none if nothing is known."""
        if self._languages is None:
            self._languages = languages_of("\n".join(facts.view.low for facts in self._speaking))
        return self._languages

    @property
    def clean_words(self) -> frozenset[str]:
        """The content words of the document's prose that no pattern hits."""
        if self._clean is None:
            clean = [x.facts.content for x in self.lines if x.own & _PROSE and not x.facts.rules]
            self._clean = frozenset().union(*clean)
        return self._clean
