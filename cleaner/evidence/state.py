"""A document's non-blank lines as they stand at one moment, and what their places say."""

from __future__ import annotations

from operator import or_

from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.evidence.place import place_signals
from cleaner.evidence.texts import Texts
from cleaner.evidence.topic import Topic
from cleaner.rules.rule import Rule
from cleaner.text.marks import is_fence

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence


class State(Texts):
    """One state of a document.

    Args:
        lines: the lines that are still in it, blank ones too.
        before: an earlier state of the same document, from which is taken what still holds.

    Attributes:
        lines: the non-blank ones, save the fences of parts: these go with what they enclose, and with nothing else.
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
        "bits",
        "closed",
        "gaps",
        "hit",
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
            text = line.facts.low
            if not text:
                gap += 1
            elif not is_fence(text):
                shown.append(line)
                texts.append(text)
                gaps.append(gap)
                gap = 0
        super().__init__(shown, before)
        self.gaps = gaps
        self.hit = [i for i, x in enumerate(shown) if x.facts.rules]
        self.repeated = any(x.repeats or x.lone for x in shown)
        # Of the whole document: what went for sure is still known to have stood there.
        facts = lines.facts if isinstance(lines, Lines) else [x.facts for x in lines]
        plain = not any(some.sure for some in facts)
        own = [x.facts.form for x in shown]
        sentences = [i for i, x in enumerate(shown) if x.facts.sentence]
        self.prose = (sentences[0], sentences[-1]) if sentences else (-1, len(shown))
        short = [i for i, x in enumerate(shown) if x.facts.is_short_sentence]
        self.bits = list(map(or_, own, place_signals(own, texts, gaps, sentences, short, plain)))
        self.topic: Topic = Topic(shown, before.topic if before else None)
        self.standing: dict[int, list[Rule]] | None = None
        self.closed: set[int] = set()

    def is_sentence(self, i: int) -> bool:
        """Whether line `i` is a sentence, in any language."""
        return self.lines[i].facts.sentence
