"""How words are counted: by runs of letters and digits, and by pairs of characters where no space parts words."""

from __future__ import annotations

from cleaner.text import patterns

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

_WORD = patterns.compiled(r"[^\W_]+(?:['.,-][^\W_]+)*")
# A long text is counted in pieces of so many characters: a list of all its words would be ten times as large as it is.
_PIECE = 20_000
_BETWEEN = patterns.compiled("[ \n]")


@patterns.late
def unspaced() -> re.Pattern[str]:
    """Han, kana and their marks; not Hangul: Korean writes spaces. (Made late: it is dear, and few texts need it.)"""
    return patterns.compiled("[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")


def count_words(text: str) -> int:
    """Words of `text`. Two characters of Chinese or Japanese script count as one word (rounded up).

    The average word of both has a little under two characters, so limits such as `max_words` mean about the same
    amount of text in every language.

    >>> count_words("It's 3.5 per cent"), count_words("関連記事を読む")
    (4, 4)
    """
    if len(text) <= 2 * _PIECE:
        words, characters = _counted(text)
    else:
        words = characters = start = 0
        while start < len(text):
            found = _BETWEEN.search(text, start + _PIECE)
            end = found.start() if found else len(text)
            more = _counted(text[start:end])
            words, characters, start = words + more[0], characters + more[1], end
    return words + (characters + 1) // 2


def _counted(text: str) -> tuple[int, int]:
    """The words that spaces part, and the characters of scripts that have none."""
    if text.isascii():
        return len(_WORD.findall(text)), 0
    spaced, count = unspaced().subn(" ", text)
    return len(_WORD.findall(spaced)), count
