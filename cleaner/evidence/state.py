"""A document's non-blank lines as they stand at one moment, and what their places say."""

from __future__ import annotations

from collections.abc import Sequence
from operator import or_

from cleaner.evidence.line import Line
from cleaner.evidence.place import place_signals
from cleaner.evidence.topic import Topic


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
    """

    __slots__ = ("bits", "gaps", "hit", "lines", "repeated", "topic")

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
        own = [x.own for x in shown]
        self.bits = list(map(or_, own, place_signals(own, texts, gaps)))
        self.topic: Topic = Topic(shown, before.topic if before else None)
