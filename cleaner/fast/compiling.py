"""Patterns for `re` as the code that `_sre` takes: made once, then kept in the cache.

A pattern that ignores case is only ever asked of text that `fold.lower` made, so it is turned into one that asks for
small letters alone: that one is searched several times faster. Its code is also told with which characters a hit can
begin, where the standard compiler does not see it (behind `\\b`, in a choice of choices).
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import warnings
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from cleaner.fast.pattern_tree import REPEATS, at_start, group
from cleaner.fast.standard_re import translated

_INFO_LENGTH = 5  # words of the compiler's head without any characters

Code = tuple[str, int, list[int], int, dict[str, int], bool, bool]


def code_of(source: str, case: bool) -> Code | None:
    """A pattern as plain data for `_sre.compile`, or None if it is for `regex`.

    Returns the source, the flags, the code, how many groups, their names, whether it is for ASCII texts alone, and
    whether it can hit at the start of a text alone.
    """
    found = translated(source, case)
    if found is None:
        return None
    flags = 0 if case else int(re.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "possible nested set": read differently by the two
            tree = _parser.parse(found[0], flags)
        if not case and _lowered(tree):
            flags = 0
            tree.state.flags &= ~int(re.IGNORECASE)
        code = [int(word) for word in _compiler._code(tree, flags)]
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return None
    flags |= int(tree.state.flags)
    if not flags & re.IGNORECASE:
        code = _with_beginnings(code, tree, flags)
    starts = not flags & re.MULTILINE and at_start(tree)
    return found[0], flags, code, tree.state.groups - 1, dict(tree.state.groupdict), found[1], starts


# --- without case ----------------------------------------------------------------------------------------------------


def _lowered(tree: Any) -> bool:
    """Make `tree` ask for the small letters of what it asks for. Returns False if it holds what cannot be turned."""
    for at, (op, av) in enumerate(tree):
        if op in (c.LITERAL, c.NOT_LITERAL):
            kin = _kin(av)
            if kin != {av}:
                negate = [(c.NEGATE, None)] if op is c.NOT_LITERAL else []
                tree[at] = (
                    (c.IN, negate + [(c.LITERAL, k) for k in sorted(kin)]) if negate or len(kin) > 1 else (op, *kin)
                )
        elif op is c.IN:
            codes: set[int] = set()
            for kind, value in av:
                if kind is c.LITERAL:
                    codes.add(value)
                elif kind is c.RANGE:
                    codes.update(range(value[0], value[1] + 1))
            more = {k for code in filter(_sre.unicode_iscased, codes) for k in _kin(code)} - codes
            tree[at] = (c.IN, [*av, *((c.LITERAL, k) for k in sorted(more))])
        elif op in (c.GROUPREF, c.GROUPREF_EXISTS) or not all(map(_lowered, _inner(op, av))):
            return False
    return True


def _kin(code: int) -> set[int]:
    """What a letter of a pattern that ignores case stands for in lower-cased text, as code points."""
    low = _sre.unicode_tolower(code)
    return {low, *_compiler._EXTRA_CASES.get(low, ())}


def _inner(op: Any, av: Any) -> list[Any]:
    """The trees inside one node."""
    if (inner := group(op, av)) is not None:
        return [inner]
    if op in REPEATS:
        return [av[2]]
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [av[1]]
    return list(av[1]) if op is c.BRANCH else []


# --- beginnings ------------------------------------------------------------------------------------------------------


def _with_beginnings(code: list[int], tree: Any, flags: int) -> list[int]:
    """The code with the characters at its head with which a hit can begin, unless some are there already."""
    least = tree.getwidth()[0]
    if code[0] != c.INFO or code[1] != _INFO_LENGTH - 1 or code[2] or not least:
        return code
    firsts, empty = _firsts(tree)
    if firsts is None or empty:
        return code
    one = _parser.parse("[ab]")
    one[0] = (c.IN, firsts)
    head: list[Any] = []
    _compiler._compile_info(head, one, flags)
    head[3:5] = code[3:5]  # how long a hit is
    return [*map(int, head), *code[_INFO_LENGTH:]]


def _firsts(tree: Any) -> tuple[list[Any] | None, bool]:
    """What the first character of a hit is, as members of a class (None: not known), and whether a hit may be empty."""
    found: list[Any] = []
    for op, av in tree:
        if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
            continue
        if op is c.LITERAL:
            return [*found, (op, av)], False
        if op is c.IN and av[0][0] is not c.NEGATE:
            return [*found, *av], False
        parts = [] if op is c.ASSERT else [_firsts(inner) for inner in _inner(op, av)]
        if not parts or any(some is None for some, _ in parts):
            return None, False
        for some, _ in parts:
            found += some or []
        if not any(empty for _, empty in parts) and not (op in REPEATS and av[0] == 0):
            return found, False
    return found, True
