"""Patterns that the standard library's `re` applies with the same result as `regex`, only sooner.

`regex` stays the definition: a pattern or a text of which it is not certain that both agree goes to `regex`.
"""

from __future__ import annotations

import functools
import re
import warnings

# What `re` does not know, or reads differently: in a pattern without its escapes, and the escapes.
_FOREIGN = re.compile(r"\[:\^?\w+:\]|\{[a-z]|\(\?(?![:=!>]|<[=!])")
_FOREIGN_ESCAPES = re.compile(r"\\[pPGKRXLNhmM]")
_ESCAPE = re.compile(r"\\.")
PROPERTY = re.compile(r"\\p\{(\w+)\}")
# Characters that both class alike and fold alike (see tests/test_plain.py). Not among them: numbers that are no
# digits, combining marks, scripts that are younger than one of the two, and the letters whose case they disagree on.
_ALIKE = (
    "\t-\r -\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u017e\u0180-\u0235\u0391-\u03a1\u03a3-\u03a9\u03ac-\u03af\u03b1-\u03ce"
    "\u0400-\u045f\u0490\u0491\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
    "\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u05d0-\u05ea\u060c\u061b\u061f\u27f0-\u27ff\u2b00-\u2bff\uff01-\uff3e\uff40-\uffdc\u3001-\u3029\u3031-\u3096\u309b-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\U0001f300-\U0001f6ff"
)
# Of these classes no letter outside ASCII is needed for a text that is ASCII. Under IGNORECASE the two libraries may
# differ on those that ask for a case.
_ASCII_CLASSES = {"L": "a-zA-Z", "N": "0-9", "Nd": "0-9"}
# Letters that are, to one of the two, another case of one in ASCII.
_ASCII_KIN = "\u0130\u0131\u017f\u212a"
_ASCII_CASES = {"Lu": "A-Z", "Ll": "a-z"}


@functools.cache
def unlike() -> re.Pattern[str]:
    """Finds a character that the two may not agree on. (Made late: texts in ASCII do without.)"""
    return re.compile(f"[^{_ALIKE}]")


def foreign(source: str) -> bool:
    """Whether a pattern holds anything that the standard parser does not read as `regex` does, `\\p{..}` aside."""
    bare = PROPERTY.sub("", source)
    escapes = "".join(_ESCAPE.findall(bare))
    return _FOREIGN.search(_ESCAPE.sub("_", bare)) is not None or _FOREIGN_ESCAPES.search(escapes) is not None


def fits(text: str, ascii_only: bool) -> bool:
    """Whether both libraries agree on every character of `text`."""
    return text.isascii() or (not ascii_only and unlike().search(text) is None)


def translated(source: str, case: bool) -> tuple[str, bool] | None:
    """`source` as `re` takes it, and whether for ASCII texts alone; None if it is not certain to mean the same."""
    if foreign(source) or any(ch in source for ch in _ASCII_KIN):
        return None
    classes = {**_ASCII_CLASSES, **_ASCII_CASES} if case else _ASCII_CLASSES
    pieces: list[str] = []
    at = 0
    inside = False
    # Letters on whose case the two may differ cannot match ASCII, so on such texts they agree.
    ascii_only = not source.isascii() and unlike().search(source) is not None
    while at < len(source):
        if m := PROPERTY.match(source, at):
            if m[1] not in classes:
                return None
            pieces.append(classes[m[1]] if inside else f"[{classes[m[1]]}]")
            ascii_only = True
            at = m.end()
            continue
        step = 2 if source[at] == "\\" else 1
        if step == 1 and source[at] == "[" and not inside:
            inside = True
            step = len(re.match(r"\[\^?\]?", source[at:])[0])  # type: ignore[index]
        elif source[at] == "]":
            inside = False
        pieces.append(source[at : at + step])
        at += step
    return "".join(pieces), ascii_only


def compiled(source: str, case: bool) -> tuple[re.Pattern[str], bool] | None:
    """The pattern for `re`, and whether it is for ASCII texts alone; None if `regex` must do it."""
    found = translated(source, case)
    if found is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "possible nested set": read differently by the two
            return re.compile(found[0], 0 if case else re.IGNORECASE), found[1]
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return None
