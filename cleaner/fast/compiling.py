"""Patterns for `re` as the code that `_sre` takes: made once, then kept in the cache.

A pattern that ignores case is only ever asked of text that `fold.lower` made, so it is turned into one that asks for
small letters alone: that one is searched several times faster. Its code is also told with which characters a hit can
begin, where the standard compiler does not see it (behind `\\b`, in a choice of choices).
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import functools
import re
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from cleaner.fast.parsing import Parsed, members, parsed
from cleaner.fast.pattern_tree import REPEATS, Kind, Nodes, group, nodes_of, tied
from cleaner.fast.standard_re import doubtful, for_ascii_alone, translated

_INFO_LENGTH = 5  # words of the compiler's head without any characters

Code = tuple[str, int, list[int], int, dict[str, int], bool, bool]


def code_of(source: str, case: bool) -> Code | None:
    """A pattern as plain data for `_sre.compile`, or None if it is for `regex`.

    Returns the source, the flags, the code, how many groups, their names, whether it is for ASCII texts alone, and
    whether it can hit at the start of a text alone.
    """
    found = parsed(source)
    return compiled(source, case, found, nodes_of(found)) if found else None


def compiled(source: str, case: bool, pattern: Parsed, nodes: Nodes) -> Code | None:
    """The same of a parsed pattern, given its nodes too. The tree is changed."""
    tree = pattern.tree
    if not pattern.plain or doubtful(source) or pattern.classes and not _placed(tree, pattern, case):
        return None
    if not case:
        tree.state.flags |= 0 if _lowered(tree) else int(re.IGNORECASE)
    flags = int(tree.state.flags)
    try:
        code = _compiler._code(tree, flags)
    except (re.error, OverflowError, RecursionError):
        return None
    if not flags & re.IGNORECASE:
        code = _with_beginnings(code, tree, flags)
    names = dict(tree.state.groupdict)
    return source, flags, code, tree.state.groups - 1, names, for_ascii_alone(source), tied(nodes, Kind.START)


# --- properties ------------------------------------------------------------------------------------------------------


def _placed(tree: Any, pattern: Parsed, case: bool) -> bool:
    """Put classes that `re` knows where characters stand for such as it does not. Returns False if there is none for one."""
    nodes = tree.data
    for at, (op, av) in enumerate(nodes):
        if op is c.LITERAL and (written := pattern.class_of(av)):
            made = translated(written, case)
            if made is None:
                return False
            nodes[at] = c.IN, list(members(made))
        elif op is c.IN:
            placed = [pattern.class_of(value) for kind, value in av if kind is c.LITERAL]
            if any(placed):  # the parser made one class of choices of a character each
                made_of = [translated(written, case) for written in filter(None, placed)]
                if not all(made_of):
                    return False
                kept = [one for one in av if one[0] is not c.LITERAL or pattern.class_of(one[1]) is None]
                choices = [
                    [(c.IN, list(some))] for some in (kept, *(members(made) for made in made_of if made)) if some
                ]
                nodes[at] = c.BRANCH, (None, [_parser.SubPattern(tree.state, items) for items in choices])
        elif not all(_placed(inner, pattern, case) for inner in _inner(op, av)):
            return False
    return True


# --- without case ----------------------------------------------------------------------------------------------------


def _lowered(tree: Any) -> bool:
    """Make `tree` ask for the small letters of what it asks for. Returns False if it holds what cannot be turned."""
    nodes = tree.data  # a list: to walk through `tree` itself takes several times as long
    for at, (op, av) in enumerate(nodes):
        if op is c.LITERAL:
            nodes[at] = _lowered_letter(av)
        elif op is c.NOT_LITERAL and _kin(av) != [av]:
            nodes[at] = c.IN, [(c.NEGATE, None), *((c.LITERAL, k) for k in _kin(av))]
        elif op is c.IN:
            nodes[at] = c.IN, [*av, *_kin_of_class(tuple(av))]
        elif op in (c.GROUPREF, c.GROUPREF_EXISTS) or not all(map(_lowered, _inner(op, av))):
            return False
    return True


@functools.lru_cache(1 << 14)
def _lowered_letter(code: int) -> tuple[Any, Any]:
    kin = _kin(code)
    return (c.IN, [(c.LITERAL, k) for k in kin]) if len(kin) > 1 else (c.LITERAL, *kin)


def _kin(code: int) -> list[int]:
    """What a letter of a pattern that ignores case stands for in lower-cased text, as code points."""
    low = _sre.unicode_tolower(code)
    return sorted({low, *_compiler._EXTRA_CASES.get(low, ())})


@functools.lru_cache(1 << 12)
def _kin_of_class(some: tuple[tuple[Any, Any], ...]) -> tuple[tuple[Any, int], ...]:
    """What the letters of a class stand for besides themselves."""
    codes: set[int] = set()
    for kind, value in some:
        if kind is c.LITERAL:
            codes.add(value)
        elif kind is c.RANGE:
            codes.update(range(value[0], value[1] + 1))
    more = {k for code in filter(_sre.unicode_iscased, codes) for k in _kin(code)} - codes
    return tuple((c.LITERAL, k) for k in sorted(more))


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
    head: list[int] = []
    _compiler._compile_info(head, _parser.SubPattern(tree.state, [(c.IN, firsts)]), flags)
    head[3:5] = code[3:5]  # how long a hit is
    return [*head, *code[_INFO_LENGTH:]]


def _firsts(tree: Any) -> tuple[list[Any] | None, bool]:
    """What the first character of a hit is, as members of a class (None: not known), and whether a hit may be empty."""
    found: list[Any] = []
    for op, av in tree.data:
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
