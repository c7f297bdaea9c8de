"""What a document's texts say together: which language they are in, and which words its clean prose has."""

from __future__ import annotations

from cleaner.evidence.facts import Facts
from cleaner.evidence.line import Line
from cleaner.text.language import ENOUGH, languages_of
from cleaner.text.signals import BITS

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

    __slots__ = ("_clean", "_earlier", "_languages", "_speaking", "lines")

    def __init__(self, lines: Sequence[Line], before: Texts | None = None) -> None:
        self.lines = lines
        self._clean: frozenset[str] | None = None
        self._languages: frozenset[str] | None = None
        self._speaking: list[Facts] = []
        # The last state that was asked for its language.
        self._earlier: Texts | None = before if before is None or before._languages is not None else before._earlier

    @property
    def languages(self) -> frozenset[str]:
        """The language of the document; several if they cannot be told apart, none if nothing is known."""
        if self._languages is None:
            # What tells the language: lines too long for labels, else all.
            self._speaking = _beginning(self._facts(), _TELLING) or _beginning(self._facts(), 1)
            earlier, self._earlier = self._earlier, None
            if earlier and earlier._speaking == self._speaking:
                self._languages = earlier.languages
            else:
                self._languages = self._told("\n".join([facts.low for facts in self._speaking]))
        return self._languages

    def _facts(self) -> Iterable[Facts]:
        """What each line is by itself."""
        return (x.facts for x in self.lines)

    def _told(self, text: str) -> frozenset[str]:
        """The languages of a text that begins so."""
        return languages_of(text)

    @property
    def clean_words(self) -> frozenset[str]:
        """The content words of the document's prose that no pattern hits."""
        if self._clean is None:
            known = [x.content for x in self._facts() if x.own & _PROSE and not x.rules]
            self._clean = frozenset().union(*known)
        return self._clean


def _beginning(some: Iterable[Facts], least: int) -> list[Facts]:
    """The first of the lines that have `least` characters or more, as many as tell a language."""
    found: list[Facts] = []
    size = 0
    for facts in some:
        length = len(facts.low)
        if length >= least:
            found.append(facts)
            size += length
            if size >= ENOUGH:
                break
    return found
