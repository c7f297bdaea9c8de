"""What the parse tree of a pattern says of any text that the pattern hits."""

from __future__ import annotations

from re import _constants as c  # type: ignore[attr-defined]
from typing import Any
from unicodedata import category

from cleaner.text.fold import lower
from cleaner.text.reading import DIGIT, as_seen

REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}
_STARTS = {c.AT_BEGINNING, c.AT_BEGINNING_STRING}
_ENDS = {c.AT_END, c.AT_END_STRING}


def group(op: Any, av: Any) -> Any:
    """The tree inside a group of any make; None for any other node."""
    return av[3] if op is c.SUBPATTERN else av if op is c.ATOMIC_GROUP else None


def at_start(tree: Any) -> bool:
    """Whether every way through `tree` is tied to the start of the text (unless lines have starts of their own)."""
    return _tied(tree, _STARTS, 1)


def at_end(tree: Any) -> bool:
    """Whether every way through `tree` is tied to the end of the text (unless lines have ends of their own)."""
    return _tied(tree, _ENDS, -1)


def _tied(tree: Any, edges: set[Any], step: int) -> bool:
    for op, av in list(tree)[::step]:
        if op is c.AT and av in edges:
            return True
        if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
            continue
        if (inner := group(op, av)) is not None:
            return _tied(inner, edges, step)
        return op is c.BRANCH and all(_tied(item, edges, step) for item in av[1])
    return False


def chars(op: Any, av: Any, digits: bool = False) -> frozenset[str] | None:
    """The characters (as a line is looked up by) that one node of a single character can be; None: too many.

    With `digits`, `DIGIT` stands for any digit where the node says so; without, such a node is None.
    """
    if op is c.LITERAL:
        return frozenset(_seen(av))
    if op is not c.IN or av[0][0] is c.NEGATE:
        return None
    out: set[str] = set()
    for kind, value in av:
        if kind is c.LITERAL:
            out.update(_seen(value))
        elif kind is c.RANGE and value[1] - value[0] < 70:
            out.update(*map(_seen, range(value[0], value[1] + 1)))
        elif kind is c.CATEGORY and value is c.CATEGORY_SPACE:
            out.add(" ")  # the view has no other
        elif digits and kind is c.CATEGORY and value is c.CATEGORY_DIGIT:
            out.add(DIGIT)
        else:
            return None
    return frozenset(out)


def _seen(code: int) -> str:
    """A literal character as it is in a line that is looked up."""
    return as_seen(lower(chr(code)))


def edge_after(op: Any, av: Any, edge: bool) -> bool:
    """Whether a word that follows what the node matched is sure to begin there."""
    if op is c.AT:
        return edge or av in _STARTS or av is c.AT_BOUNDARY
    if op in (c.ASSERT, c.ASSERT_NOT):
        return edge
    if (inner := group(op, av)) is not None:
        return edge_after_all(inner, edge)
    if op is c.BRANCH:
        return all(edge_after_all(item, edge) for item in av[1])
    if op in REPEATS:
        least, _, body = av
        return (edge or least > 0) and edge_after_all(body, False)
    some = chars(op, av)
    return some is not None and all(category(ch)[0] in "PSZ" and ch != "_" for ch in some)


def edge_after_all(tree: Any, edge: bool) -> bool:
    """Whether a word that follows what the nodes matched is sure to begin there."""
    for op, av in tree:
        edge = edge_after(op, av, edge)
    return edge


def edge_before(op: Any, av: Any) -> bool | None:
    """Whether a word that stands before the node is sure to end there; None if the node may be empty."""
    if op is c.AT:
        return True if av in _ENDS or av is c.AT_BOUNDARY else None
    if op in (c.ASSERT, c.ASSERT_NOT):
        return None
    if (inner := group(op, av)) is not None:
        return edge_before_all(inner)
    if op is c.BRANCH:
        parts = [edge_before_all(item) for item in av[1]]
        return False if False in parts else None if None in parts else True
    if op in REPEATS:
        inside = edge_before_all(av[2])
        return None if inside and av[0] == 0 else inside
    some = chars(op, av)
    return some is not None and all(category(ch)[0] in "PSZ" and ch != "_" for ch in some)


def edge_before_all(tree: Any) -> bool | None:
    """Whether a word that stands before the nodes is sure to end there; None if they may be empty."""
    for op, av in tree:
        edge = edge_before(op, av)
        if edge is not None:
            return edge
    return None
