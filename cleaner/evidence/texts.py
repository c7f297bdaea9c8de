"""What a document's texts say together: which language they are in, and which words its clean prose has."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.evidence.line import Line
from cleaner.text.language import languages_of
from cleaner.text.signals import BITS

_PROSE = BITS["prose"]
# Characters from which on a line tells the language of its document.
_TELLING = 60


class Texts:
    """The texts of one state of a document.

    Args:
        lines: the non-blank lines that are still in it.
        before: an earlier state of the same document, from which is taken what still holds.

    Attributes:
        lines: the same.
    """

    __slots__ = ("_clean", "_languages", "_speaking", "lines")

    def __init__(self, lines: Sequence[Line], before: Texts | None = None) -> None:
        self.lines = lines
        self._clean: frozenset[str] | None = None
        # What tells the language: lines too long for labels, else all.
        self._speaking = [x.facts for x in lines if len(x.facts.view.low) >= _TELLING] or [x.facts for x in lines]
        same = before is not None and before._speaking == self._speaking
        self._languages: frozenset[str] | None = before._languages if before and same else None

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
