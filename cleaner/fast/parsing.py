"""A pattern, parsed once by the standard library's parser, for all that reads its tree: the linter, gates, and the compiler."""

from __future__ import annotations

import functools
import re
import warnings
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as p  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.fast.standard_re import CLASS_OR_PROPERTY, PROPERTY, foreign

# Characters that nobody assigned (the last private plane): in a tree each stands for a class that holds properties, which
# the standard parser does not know.
_PLACES = 0x100000


class Parsed(NamedTuple):
    """A pattern's tree.

    Attributes:
        tree: as the standard parser makes it without flags, a character of its own for each of `classes`.
        classes: the classes of the pattern that hold properties, and properties outside of brackets, as written.
        plain: whether the parser had no doubt how it is to be read.
    """

    tree: Any
    classes: tuple[str, ...]
    plain: bool

    def class_of(self, code: int) -> str | None:
        """The class that a literal character of the tree stands for, if it does."""
        return self.classes[code - _PLACES] if _PLACES <= code < _PLACES + len(self.classes) else None


def parsed(source: str) -> Parsed | None:
    """The tree of a pattern that compiles under `regex`; None if the standard parser does not read it as `regex` does."""
    if foreign(source) or not source.isascii() and max(source) >= chr(_PLACES):
        return None
    classes: dict[str, int] = {}

    def placed(m: re.Match[str]) -> str:
        return chr(_PLACES + classes.setdefault(m[0], len(classes))) if PROPERTY.search(m[0]) else m[0]

    marked = CLASS_OR_PROPERTY.sub(placed, source) if r"\p" in source else source
    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always")
        try:
            tree = p.parse(marked)
        except (re.error, OverflowError, RecursionError):
            return None
    return Parsed(tree, tuple(classes), not doubts)


@functools.lru_cache(1 << 10)
def members(content: str) -> tuple[tuple[Any, Any], ...]:
    """What a class without properties holds, given in brackets, as the parser reads it: `NEGATE` first, if it is negated."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said of the whole pattern already
        [(op, av)] = p.parse(content)
    return tuple(av) if op is c.IN else ((c.NEGATE, None), (c.LITERAL, av)) if op is c.NOT_LITERAL else ((op, av),)
