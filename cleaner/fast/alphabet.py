"""Which characters a class of a pattern can be, as a set of bits (see `cleaner.fast.char_sets`).

The sets may hold more than the class does, never less: a line that holds others cannot be what the pattern asks for. A
capital is a small letter here, and an odd character a digit, a space or itself, as a line is looked up by.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from cleaner.fast.char_sets import ALL, DIGITS, OTHER, SPACE, of_text
from cleaner.rules.syntax import Op
from cleaner.text.fold import lower
from cleaner.text.reading import as_seen

_LETTERS = sum(1 << code for code in range(ord("a"), ord("z") + 1))
_PLAIN = _LETTERS | DIGITS | SPACE
_WORD = _LETTERS | DIGITS | OTHER
# Ranges that are wider are not looked at one by one.
_WIDE = 300
_CATEGORIES = {
    "d": DIGITS | OTHER,
    "w": _WORD | 1 << ord("_"),
    "s": SPACE,  # the view has no other
}
_PROPERTIES = {"L": _LETTERS | OTHER, "Lu": _LETTERS | OTHER, "Ll": _LETTERS | OTHER, "Nd": DIGITS | OTHER}


@functools.lru_cache(1 << 16)
def seen(code: int) -> str:
    """A literal character as it is in a line that is looked up."""
    return as_seen(lower(chr(code)))


def of_members(some: Iterable[tuple[Op, Any]]) -> int:
    """The characters of the members of a class."""
    found = 0
    negated = False
    for kind, value in some:
        if kind is Op.NEGATE:
            negated = True
        elif kind is Op.LITERAL:
            found |= of_text(seen(value))
        elif kind is Op.RANGE:
            found |= _range(*value)
        elif kind is Op.CATEGORY and value in _CATEGORIES:
            found |= _CATEGORIES[value]
        elif kind is Op.PROPERTY and value[0] in _PROPERTIES and not value[1]:
            found |= _PROPERTIES[value[0]]
        else:  # what a category or property does not hold, and other properties: too much to be worth telling
            return ALL
    # A small letter may stand for a capital, a digit or a space for an odd character: these a class that is negated
    # may be all the same.
    return ALL & ~(found & ~_PLAIN & ~OTHER) if negated else found


def _range(first: int, last: int) -> int:
    if last - first < _WIDE:
        return of_text("".join(map(seen, range(first, last + 1))))
    return of_text("".join(map(seen, range(first, 0x80)))) | _PLAIN | OTHER
