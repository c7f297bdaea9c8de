"""What a sentence is, in any language: by the end marks of all scripts, and by length in each script's own measure.

No list of words and no language is asked for. Terminals are Unicode's `Sentence_Terminal` (UAX #29), of the basic plane.
"""

from __future__ import annotations

from cleaner.text import patterns
from cleaner.text.words import unspaced

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

# A sentence of the law (docs/rules.md): shorter ones are what labels and buttons are made of too.
LEAST_WORDS = 8
# With so many words of a spaced script it is one without any mark, and with so many and a comma inside.
_UNMARKED, _WITH_COMMA = 30, 20
# Letters of an unspaced script from which on a line of it is one: no stop is written there.
_UNSPACED_FEWEST = 20
# The same in characters of Chinese and Japanese; a stop inside counts from so many on.
_HAN_WITH_COMMA, _HAN_WITH_STOP = 50, 20
# Sets of characters, as they stand between the brackets of a class, where `]` comes first so as to need no backslash.
_ENDS = (
    ".!?…\u0589\u061d-\u061f\u06d4\u0700-\u0702\u07f9\u0837\u0839\u083d\u083e\u0964\u0965\u104a\u104b\u1362\u1367\u1368\u166e"
    "\u1735\u1736\u17d4\u17d5\u1803\u1809\u1944\u1945\u1aa8-\u1aab\u1b4e\u1b4f\u1b5a\u1b5b\u1b5e\u1b5f\u1b7d-\u1b7f\u1c3b\u1c3c"
    "\u1c7e\u1c7f\u2024\u203c\u203d\u2047-\u2049\u2cf9-\u2cfb\u2e2e\u2e3c\u2e53\u2e54\u2e60\u2e61\u3002\ua4ff\ua60e\ua60f\ua6f3"
    "\ua6f7\ua876\ua877\ua8ce\ua8cf\ua92f\ua9c8\ua9c9\uaa5d-\uaa5f\uaaf0\uaaf1\uabeb\ufe12\ufe15\ufe16\ufe52\ufe56\ufe57"
    "\uff01\uff0e\uff1f\uff61"
)
_CLOSERS = "]\"'”’»›)}」』】）*_"
_OPENERS = "\"'“‘«(¿¡"
_COMMAS = ",;،؛։"
# Thai, Lao, Khmer, Burmese, Tibetan: no blank parts words, none ends a sentence for sure.
_UNSPACED = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
_HAN_STOPS, _HAN_CLOSERS, _HAN_COMMAS = "。！？", "」』）", "，、,"
# In the order in which the compiled core takes them (`core/sentences.c`).
CLASSES = (_ENDS, _CLOSERS, _OPENERS, _COMMAS, _UNSPACED, _HAN_STOPS, _HAN_CLOSERS, _HAN_COMMAS)
# Numbers, in that order too.
LEAST = (LEAST_WORDS, _UNMARKED, _WITH_COMMA, _UNSPACED_FEWEST, _HAN_WITH_COMMA, _HAN_WITH_STOP)
# Closing marks and the marks of notes may follow the end, and a blank before either.
_END = patterns.compiled(rf"[{_ENDS}][{_CLOSERS} ]{{0,4}}(?:\[\d{{1,3}}\] ?){{0,4}}$")
_ELLIPSIS = patterns.compiled(rf"(?:…|\.\.\.)[{_CLOSERS} ]{{0,4}}$")
# Three letters, a stop, a blank, and a letter: not an abbreviation, nor the initials of a name.
_INNER = patterns.compiled(
    rf"[^\W\d_]{{3}}[{_CLOSERS}]{{0,2}}[{_ENDS}][{_CLOSERS}]{{0,2}}(?:\[\d{{1,3}}\])? +[{_OPENERS}]{{0,2}}[^\W_]"
)
_COMMA = patterns.compiled(rf"[{_COMMAS}]\s*\S|\s[–—-]\s")


@patterns.late
def _unspaced() -> re.Pattern[str]:
    return patterns.compiled(f"[{_UNSPACED}]")


@patterns.late
def _han_inner() -> re.Pattern[str]:
    return patterns.compiled(f"[{_HAN_STOPS}][{_HAN_CLOSERS}]{{0,2}}[^{_HAN_STOPS}{_HAN_CLOSERS}\\s]")


def sentence_words(text: str) -> int:
    """How many words a line's view has, if it is a sentence or holds one; 0 if it is none.

    Words are what blanks part; two characters of Chinese or Japanese count as one, and five of the scripts of South East
    Asia. Whether it is long enough to be one, and rows of tables and program code, are for the caller.

    >>> sentence_words("The council voted on Monday night for a new bridge over the river.")
    13
    >>> sentence_words("Council Votes For New Bridge Over River After Long Debate.")
    0
    >>> sentence_words("市議会は月曜日の夜、川に新しい橋を架けることを決めた。")
    12
    """
    if not text.isascii():
        if (count := len(_unspaced().findall(text))) >= _UNSPACED_FEWEST and count * 2 > len(text):
            return count // 5
        if (count := len(unspaced().findall(text))) * 3 > len(text):
            return count // 2 if _is_han_sentence(text, count) else 0
    words = [word for word in text.split() if word[0].isalnum() or any(map(str.isalnum, word))]
    n = len(words)
    if n < 2 or not _runs_on(words):
        return 0
    if _END.search(text, max(0, len(text) - 24)) and not _ELLIPSIS.search(text, max(0, len(text) - 8)):
        return n
    if n >= _UNMARKED or n >= LEAST_WORDS and _INNER.search(text) or n >= _WITH_COMMA and _COMMA.search(text):
        return n
    return 0


def is_sentence(text: str, least: int = LEAST_WORDS) -> bool:
    """Whether a line's view is a sentence, or holds one, of `least` words or more."""
    return sentence_words(text) >= least


def _runs_on(words: list[str]) -> bool:
    """Whether at least a third of the words after the first begin small, where the script has small letters."""
    firsts = [word[0] for word in words[1:]]
    most = len(firsts)
    if 3 * sum(map(str.islower, firsts)) >= most:
        return True
    letters = [
        ch if ch.isalpha() else next(filter(str.isalpha, word), "") for ch, word in zip(firsts, words[1:], strict=True)
    ]
    cased = sum(ch.lower() != ch.upper() for ch in letters)
    return 2 * cased < most + 1 or 3 * sum(map(str.islower, letters)) >= most


def _is_han_sentence(text: str, count: int) -> bool:
    if _END.search(text, max(0, len(text) - 24)) and not _ELLIPSIS.search(text, max(0, len(text) - 8)):
        return True
    if count >= _HAN_WITH_STOP and _han_inner().search(text):
        return True
    return count >= _HAN_WITH_COMMA and any(mark in text for mark in _HAN_COMMAS)


# Where one sentence of a line may end and the next begin.
_CUT = patterns.compiled(
    rf"(?:[^\W\d_]{{3}}|\d{{2}}|[{_CLOSERS}])[.!?…\u061f\u06d4\u0964][{_CLOSERS}]{{0,2}} +(?=[{_OPENERS}\[]{{0,2}}[^\W_])"
    # Two elements that were joined without a blank.
    r"|[a-z\u00df-\u00ff]{3}[.!?](?=(?:©|[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]))"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of a line's view as (start, end) offsets in characters; they cover it.

    >>> [("It rained all day. Sign up here."[a:b]) for a, b in sentence_spans("It rained all day. Sign up here.")]
    ['It rained all day. ', 'Sign up here.']
    """
    cuts = [m.end() for m in _CUT.finditer(text)]
    if not text.isascii():
        cuts = sorted({*cuts, *(m.end() - 1 for m in _han_inner().finditer(text))})
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))
