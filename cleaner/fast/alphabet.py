"""Which characters a class of a pattern can be, as a set of bits (see `cleaner.fast.char_sets`).

The sets may hold more than the class does, never less: a line that holds others cannot be what the pattern asks for. A
capital is a small letter here, and an odd character a digit, a space or itself, as a line is looked up by.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from cleaner.fast.char_sets import ALL, DIGITS, OTHER, SPACE, of_text
from cleaner.fast.parsing import members
from cleaner.fast.standard_re import PROPERTY
from cleaner.text.fold import lower
from cleaner.text.reading import as_seen

_LETTERS = sum(1 << code for code in range(ord("a"), ord("z") + 1))
_PLAIN = _LETTERS | DIGITS | SPACE
_WORD = _LETTERS | DIGITS | OTHER
# Ranges that are wider are not looked at one by one.
_WIDE = 300
_CATEGORIES = {
    c.CATEGORY_DIGIT: DIGITS | OTHER,
    c.CATEGORY_WORD: _WORD | 1 << ord("_"),
    c.CATEGORY_SPACE: SPACE,  # the view has no other
}
_PROPERTIES = {"L": _LETTERS | OTHER, "Lu": _LETTERS | OTHER, "Ll": _LETTERS | OTHER, "Nd": DIGITS | OTHER}


@functools.lru_cache(1 << 16)
def seen(code: int) -> str:
    """A literal character as it is in a line that is looked up."""
    return as_seen(lower(chr(code)))


def of_members(some: Iterable[tuple[Any, Any]]) -> int:
    """The characters of the members of a class."""
    found = 0
    negated = False
    for kind, value in some:
        if kind is c.NEGATE:
            negated = True
        elif kind is c.LITERAL:
            found |= of_text(seen(value))
        elif kind is c.RANGE:
            found |= _range(*value)
        elif kind is c.CATEGORY and value in _CATEGORIES:
            found |= _CATEGORIES[value]
        else:  # what a category does not hold: too much to be worth telling
            return ALL
    # A small letter may stand for a capital, a digit or a space for an odd character: these a class that is negated
    # may be all the same.
    return ALL & ~(found & ~_PLAIN & ~OTHER) if negated else found


def _range(first: int, last: int) -> int:
    if last - first < _WIDE:
        return of_text("".join(map(seen, range(first, last + 1))))
    return of_text("".join(map(seen, range(first, 0x80)))) | _PLAIN | OTHER


@functools.lru_cache(1 << 10)
def of_class(source: str) -> int:
    """The characters of a class that holds properties, or of a property, as it is written in a pattern."""
    names = [m[1] for m in PROPERTY.finditer(source)]
    rest = PROPERTY.sub("", source)
    if rest[:2] == "[^" or not all(name in _PROPERTIES for name in names):
        return ALL
    found = of_members(members(rest)) if rest not in ("", "[]") else 0
    for name in names:
        found |= _PROPERTIES[name]
    return found
