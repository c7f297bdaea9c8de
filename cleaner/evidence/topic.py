"""Topic signals: whether a line speaks of what the document's prose speaks of.

The teaser of another story brings words that the article does not have; a heading of the article has those it does.
"""

from __future__ import annotations

from cleaner.evidence.line import Line
from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

_PROSE = B["prose"]
# At most, and at least, this share of its content words stands in the prose.
FOREIGN, TOPICAL = 0.25, 0.75


class Topic:
    """The content words of one document's prose, collected when the first line asks for them.

    Args:
        lines: the document's non-blank lines.
        before: the same of an earlier state of the document, whose words still hold if its prose is the same.
    """

    def __init__(self, lines: Sequence[Line], before: Topic | None = None) -> None:
        self._lines = lines
        self._prose = [line.facts for line in lines if line.own & _PROSE]
        self._known: set[str] | None = before._known if before and before._prose == self._prose else None

    def __call__(self, i: int) -> int:
        """The topic signals of line `i`, as bits; none for prose, which is what the others are compared with."""
        line = self._lines[i]
        if line.own & _PROSE:
            return 0
        words = line.facts.content
        if not words:
            return 0
        if self._known is None:
            self._known = set().union(*(facts.content for facts in self._prose))
        share = sum(map(self._known.__contains__, words)) / len(words)
        return B["foreign"] if share <= FOREIGN else B["topical"] if share >= TOPICAL else 0
