"""What is shown on a terminal holds nothing that steers it, and what is not shown differs in nothing: ANSI codes and all."""

from __future__ import annotations

import unicodedata

from cleaner.render.changes import changes
from cleaner.render.terminal import shortened, visible
from tools.fuzz.draw import text_of
from tools.fuzz.whole import cleaner

# Joiners, which words and emoji need.
_HARMLESS = "\n\t\u200c\u200d\u00ad"


def check(data: bytes) -> None:
    """Show a text, and what cleaning does to it, in each way."""
    text = text_of(data)
    shown = visible(text)
    _is_safe(shown)
    assert visible(shown) == shown
    if shown == text.replace("\r\n", "\n"):
        assert text.isprintable() or any(c.isspace() or ord(c) > 0xFF for c in text)
    assert len(shortened(text, 20)) <= 20
    result = cleaner("thorough").clean(text, text[:20])
    for style in ("unified", "annotated", "words"):
        for line in changes(result, style):
            _is_safe(visible("".join(fragment for fragment, _ in line)))


def _is_safe(text: str) -> None:
    for sign in text:
        bidirectional = unicodedata.bidirectional(sign) in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
        assert sign in _HARMLESS or unicodedata.category(sign) != "Cc" and not bidirectional, hex(ord(sign))
