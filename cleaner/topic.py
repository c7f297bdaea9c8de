"""Topic signals: whether a line speaks of what the document's prose speaks of.

The teaser of another story brings words that the article does not have; a heading of the article has those it does.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner import ready
from cleaner.function_words import FUNCTION_WORDS
from cleaner.live import Live
from cleaner.signals import BITS as B

_CONTENT = ready.compiled(r"[^\W_]{4,}")
_PROSE = B["prose"]


class Topic:
    """The content words of one document's prose, collected when the first line asks for them.

    Args:
        lines: the document's non-blank lines.
        bits: their signals.
    """

    def __init__(self, lines: Sequence[Live], bits: Sequence[int]) -> None:
        self._lines, self._bits = lines, bits
        self._known: set[str] | None = None

    def __call__(self, i: int) -> int:
        """The topic signals of line `i`, as bits; none for prose, which is what the others are compared with."""
        if self._bits[i] & _PROSE:
            return 0
        words = {w for w in _CONTENT.findall(self._lines[i].view.low) if w not in FUNCTION_WORDS}
        if not words:
            return 0
        if self._known is None:
            self._known = {
                word
                for line, bits in zip(self._lines, self._bits, strict=True)
                if bits & _PROSE
                for word in _CONTENT.findall(line.view.low)
            }
        share = len(words & self._known) / len(words)
        return B["foreign"] if share <= 0.25 else B["topical"] if share >= 0.75 else 0
