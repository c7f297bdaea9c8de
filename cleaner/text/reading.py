"""What is read off a line once, for signals and for the look-up of patterns: its words, and the marks it holds."""

from __future__ import annotations

from cleaner.text import patterns
from cleaner.text.view import View
from cleaner.text.words import count_words, unspaced

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

# How many characters of a line's beginning, and of a word, are told apart.
HEAD = 6
KEY = 4
DIGIT = "0"  # stands for any decimal digit in a head and among marks
# Scripts without spaces begin here: most of the texts looked for in them cannot stand in other lines.
WIDE = "\u2e80"

_WORD = patterns.compiled(r"\w+")
TOKEN = patterns.compiled(r"[^\W_]+(?:'[^\W_]+)?")
_DIGITS = patterns.compiled(r"\d")
# For lines in ASCII, by bytes: words are parted where anything else stands; these are no marks.
_LETTERS = b"abcdefghijklmnopqrstuvwxyz "
_PARTED = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)).ljust(256)
# What joins two words to one that counts.
_JOINS = frozenset("'.,-")
_JOIN = patterns.compiled(r"['.,-](?<=[a-z0-9].)(?=[a-z0-9])")
_JOIN_ANY = patterns.compiled(r"['.,-](?<=[^\W_].)(?=[^\W_])")
# The same parting as `_PARTED`, but for apostrophes, which may join.
_PARTED_BUT_JOINED = _PARTED[:39] + b"'" + _PARTED[40:]
ASCII_DIGITS = frozenset("0123456789")


@patterns.late
def odd() -> re.Pattern[str]:
    """Finds a character that `re` and `regex` do not class alike (a number that is no digit, a young script)."""
    return patterns.compiled(
        "[\u00b2\u00b3\u00b9\u00bc-\u00be\u09f4-\u09f9\u0b72-\u0b77\u0bf0-\u0bf2\u0c78-\u0c7e\u0d58-\u0d5e\u0d70-\u0d78"
        "\u0f2a-\u0f33\u1369-\u137c\u17f0-\u17f9\u19da\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b"
        "\u24ea-\u24ff\u2776-\u2793\u2cfd\u3192-\u3195\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
        "\ua830-\ua835\U00010000-\U0001efff\U0001f100-\U0001f10c]"
    )


def as_seen(text: str) -> str:
    """A text with each odd character as what `regex` classes it as: a digit, itself if it is of a word, else a space."""
    return odd().sub(_class_of, text)


def _class_of(odd: re.Match[str]) -> str:
    import regex

    if regex.match(r"\d", odd[0]):
        return DIGIT
    return odd[0] if regex.match(r"\w", odd[0]) else " "


class Reading:
    """One line, read.

    Attributes:
        ascii: whether its folded text is ASCII alone.
        marks: its characters, of which small letters of ASCII may be missing.
        tokens: its words as signals see them, lower-cased: `don't` is one.
        seen: its text as patterns are looked up by: lower-cased, odd characters in the place of what they count as.
        words: the runs of letters, digits and underscores of `seen`.
        count: how many words it has (see `count_words`).
        digit: whether `seen` holds a decimal digit.
    """

    __slots__ = ("ascii", "count", "digit", "marks", "seen", "tokens", "words")

    def __init__(self, view: View) -> None:
        low = view.low
        self.ascii = low.isascii()
        if self.ascii:
            data = low.encode()
            marks = self.marks = frozenset(data.translate(None, _LETTERS).decode())
            words = self.words = data.translate(_PARTED).decode().split()
            self.seen = low
            self.digit = not marks.isdisjoint(ASCII_DIGITS)
            if "_" in marks:
                self.tokens: list[str] = TOKEN.findall(low)
                self.count = count_words(low)
                return
            self.tokens = words
            self.count = len(words)
            if not marks.isdisjoint(_JOINS):
                self.count -= len(_JOIN.findall(low))
                if "'" in marks:
                    self.tokens = _joined(data.translate(_PARTED_BUT_JOINED).decode().split())
            return
        seen = self.seen = as_seen(low)
        marks = self.marks = frozenset(low)
        words = self.words = _WORD.findall(seen)
        self.digit = _DIGITS.search(seen) is not None
        if "_" in marks or seen != low or unspaced().search(view.text):
            self.tokens = TOKEN.findall(low)
            self.count = count_words(view.text)
            return
        self.tokens = TOKEN.findall(low) if "'" in marks else words
        self.count = len(words)
        if not marks.isdisjoint(_JOINS):
            self.count -= len(_JOIN_ANY.findall(low))


def _joined(pieces: list[str]) -> list[str]:
    """The tokens of a line in ASCII that was parted where neither letters and digits nor apostrophes stand."""
    tokens = []
    for piece in pieces:
        if "'" in piece:
            tokens += TOKEN.findall(piece)
        else:
            tokens.append(piece)
    return tokens
