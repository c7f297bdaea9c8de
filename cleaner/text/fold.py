"""Length-preserving normalisation: every character of the result stands at the offset of its original.

Letters that came apart (as macOS writes them) are composed as Unicode's NFC does (UAX #15); what is left over of their
length is filled up with characters of no width. Because nothing moves, a whole document can be folded by a few calls
that run in C, and a span found in the folded text is a span of the raw text.
"""

from __future__ import annotations

from cleaner.text import patterns

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

_SPACES = (
    "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
# Guillemets stay: they are arrows ("Read more »") as often as quotes.
_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʼ＇`´", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(_SPACES, " "),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2, strict=True)),
}
del _PLAIN["`"]  # Markdown code, peeled by the view
# The private use area: glyphs of icon fonts, which are bullets to whoever has not got the font.
PRIVATE, ICON = range(0xE000, 0xF900), "▪"
# What has no width; here it fills up for letters that were composed.
_FILLER = "\u200b"


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        if code in PRIVATE:
            return ICON
        raise LookupError


_TABLE = _Table((ord(k), v) for k, v in _PLAIN.items())
# Most texts that are not ASCII have some of these and no others of the table, which is asked sign by sign.
_USUAL = tuple((sign, _PLAIN[sign]) for sign in "’“”‘–—\xa0")
# What letters that came apart are made of.
PARTS = "\u0300-\u036f\u3099\u309a\u1161-\u1175"
_APART = patterns.compiled(f"[{PARTS}]")
_LETTER_APART = patterns.compiled(
    "[^\\W\\d_][\u0300-\u036f\u3099\u309a]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
_UNUSUAL = patterns.compiled(f"[{''.join(k for k in _PLAIN if k not in dict(_USUAL))}{PARTS}\ue000-\uf8ff]")
_ASCII_SPACES = {ord(c): " " for c in _SPACES if ord(c) < 128}

# What `lower()` leaves different although a case-insensitive match would take it for the same letter
# (`re` and `regex` disagree on these, so the text is folded before either sees it). With these gone, a letter of a
# pattern matches one letter of folded text and no other, which is what the gates of `cleaner.fast` relies on.
_CASE_TAIL = tuple(
    zip(
        "ıſςµ\u0345\u1fbeϐϵϑϰϖϱϕẛ\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88",
        "isσμιιβεθκπρφṡвдосттъѣꙋ",
        strict=True,
    )
)


def plain(text: str) -> str:
    """Make typographic quotes, dashes, spaces and digits plain, and letters whole; line feeds stay. Same length as `text`.

    >>> plain("“I’m\\u00a0in” — now")
    '"I\\'m in" - now'
    """
    if text.isascii():
        return text if text.isprintable() else text.translate(_ASCII_SPACES)
    for sign, for_it in _USUAL:
        if sign in text:
            text = text.replace(sign, for_it)
    if _UNUSUAL.search(text) is None:
        return text
    if _APART.search(text):
        text = _LETTER_APART.sub(_composed, text)
    return text.translate(_TABLE)


def _composed(letter: re.Match[str]) -> str:
    from unicodedata import normalize  # late: few texts have such letters

    whole = normalize("NFC", letter[0])
    return whole.ljust(len(letter[0]), _FILLER) if len(whole) <= len(letter[0]) else letter[0]


def lower(text: str) -> str:
    """Lower-case `text` so that equal letters of either case become the same character. Same length as `text`.

    >>> lower("İstanbul STRASSE")
    'istanbul strasse'
    """
    if text.isascii():
        return text.lower()
    low = text.replace("İ", "i").lower()
    for a, b in _CASE_TAIL:
        if a in low:
            low = low.replace(a, b)
    return low
