"""Patterns that the standard library's `re` applies with the same result as `regex`, only sooner.

`regex` stays the definition: a pattern or a text of which it is not certain that both agree goes to `regex`.
"""

from __future__ import annotations

import functools
import re

from cleaner.text import patterns

# What `re` does not know, or reads differently: in a pattern without its escapes, and the escapes.
_FOREIGN = patterns.compiled(r"\[:\^?\w+:\]|\{[a-z]|\(\?(?![:=!>]|<[=!])")
_FOREIGN_ESCAPES = patterns.compiled(r"\\[pPGKRXLNhmM]")
_ESCAPE = patterns.compiled(r"\\.")
# A class in brackets, a property, or an escape (which hides a bracket).
CLASS_OR_PROPERTY = patterns.compiled(r"\[(?P<not>\^?)(?P<content>\]?(?:\\p\{\w+\}|\\.|[^\]\\])*)\]|\\p\{\w+\}|\\.")
PROPERTY = patterns.compiled(r"\\p\{(\w+)\}")
# Characters that both class alike and fold alike (see tests/fast/test_standard_re.py). Not among them: numbers that are no
# digits, combining marks, scripts that are younger than one of the two, and the letters whose case they disagree on.
_ALIKE = (
    "\t-\r -\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u017e\u0180-\u0235\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u1e00-\u1e95\u1ea0-\u1ef9\u0400-\u045f\u0490\u0491\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2116\u2122\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
    "\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u05d0-\u05ea\u060c\u061b\u061f\u27e6-\u27ff\u2b00-\u2bff\uff01-\uff3e\uff40-\uffdc\u3001-\u3006\u3008-\u3020\u3031-\u3037\u303b-\u3096\u309b-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\U0001f300-\U0001f6ff\U0001f900-\U0001f9ff"
)
# Properties that can be written for `re`, as far as alike characters go. Under IGNORECASE the two libraries may differ
# on those that ask for a case.
_KNOWN = {"L", "N", "Nd", "Han", "M"}
_CASED = {"Lu", "Ll"}
_LETTER = r"[^\W\d_]"
# Letters that are, to one of the two, another case of one in ASCII.
_ASCII_KIN = "\u0130\u0131\u017f\u212a"


@patterns.late
def unlike() -> re.Pattern[str]:
    """Finds a character that the two may not agree on. (Made late: texts in ASCII do without.)"""
    return patterns.compiled(f"[^{_ALIKE}]")


def foreign(source: str) -> bool:
    """Whether a pattern holds anything that the standard parser does not read as `regex` does, `\\p{..}` aside."""
    bare = PROPERTY.sub("", source)
    escapes = "".join(_ESCAPE.findall(bare))
    return _FOREIGN.search(_ESCAPE.sub("_", bare)) is not None or _FOREIGN_ESCAPES.search(escapes) is not None


def fits(text: str, ascii_only: bool = False) -> bool:
    """Whether both libraries agree on every character of `text`."""
    return text.isascii() or (not ascii_only and unlike().search(text) is None)


def for_ascii_alone(source: str) -> bool:
    """Whether the two may differ on letters of the pattern: on their case, so that on texts in ASCII they agree.

    Signs without case that are not alike (`½`) stand in no text that `re` is asked about.
    """
    return not source.isascii() and any(c.lower() != c or c.upper() != c for c in unlike().findall(source))


def doubtful(source: str) -> bool:
    """Whether a letter of the pattern is, to one of the two, another case of one in ASCII."""
    return not source.isascii() and any(ch in source for ch in _ASCII_KIN)


@functools.lru_cache(1 << 10)
def translated(source: str, case: bool) -> str | None:
    """A class that holds properties, or a property, as `re` takes it; None if it is not certain to mean the same.

    `case` says whether the pattern asks for text as cased: else the two may differ on properties that ask for a case.
    """
    m = CLASS_OR_PROPERTY.fullmatch(source)
    known = _KNOWN | _CASED if case else _KNOWN
    if m is None or any(p[1] not in known for p in PROPERTY.finditer(source)):
        return None
    return _property(source[3:-1]) if m["content"] is None else _class(m["content"], bool(m["not"]))


def _property(name: str) -> str | None:
    """A property outside brackets; None for marks that combine, of which no alike character is one."""
    if name == "M":
        return None
    return r"\d" if name in ("N", "Nd") else _LETTER if name == "L" else f"[{_members(name)}]"


def _class(content: str, negated: bool) -> str | None:
    """A class in brackets that holds properties; None if it is not certain to be read."""
    content = content.replace(r"\p{Nd}", r"\d").replace(r"\p{N}", r"\d")
    if re.search(r".-\\p|\\p\{\w+\}-.", content):  # a range, to one of the two
        return None
    if r"\p{M}" in content and r"\p{L}" not in content:
        return None  # to `regex`, where case is ignored, a Greek letter is one of the marks
    content = content.replace(r"\p{M}", "").replace(r"\p{Han}", _members("Han"))
    rest = PROPERTY.sub("", content)
    if rest[:1] in ("^", "]") or rest[:-1].startswith("-") != content[:-1].startswith("-"):
        return None
    if r"\p{L}" not in content:
        for name in _CASED:
            content = content.replace(rf"\p{{{name}}}", _members(name))
        return f"[{'^' * negated}{content}]"
    # No class of `re` holds letters alone: what it does not hold is written instead.
    others = _others()
    left = re.sub(f"[{rest}]", "", others) if rest else others
    return f"[{'' if negated else '^'}{_ranges(left)}]"


@functools.cache
def _alike() -> str:
    """All alike characters."""
    return "".join(unlike().split("".join(map(chr, (*range(0xD800), *range(0xE000, 0x20000))))))


@functools.cache
def _others() -> str:
    """The alike characters that are no letters, and all such of ASCII: `re` is asked about any text of that, control characters too."""
    return re.sub(_LETTER, "", "".join(sorted({*map(chr, range(128)), *_alike()})))


@functools.cache
def _members(name: str) -> str:
    """The alike characters of a property, as ranges of a class."""
    import regex

    return _ranges("".join(regex.findall(rf"\p{{{name}}}", _alike())))


def _ranges(chars: str) -> str:
    """Characters, in order, as a class writes them."""
    runs: list[list[int]] = []
    for code in map(ord, chars):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\U{a:08x}" + (f"-\\U{b:08x}" if b > a else "") for a, b in runs)
