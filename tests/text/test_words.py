"""How words are counted."""

from __future__ import annotations

import pytest

from cleaner.text import words
from cleaner.text.words import count_words

TEXT = "It's 3.5 per cent, the office-based board said.\n関連記事を読む 次へ\nEnd\n" * 9


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_a_long_text_is_counted_in_pieces(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = count_words(TEXT)
    assert whole == 9 * 9 + (9 * 9 + 1) // 2
    monkeypatch.setattr(words, "_PIECE", size)
    assert count_words(TEXT) == whole
