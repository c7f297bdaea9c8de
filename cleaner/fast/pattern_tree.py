"""A pattern as what it says of any text that it hits: the parse tree in few kinds of node, of lines as they are looked up.

Groups stand in the row that they are in, and literal characters in a row are one text. See `cleaner.text.reading` for how
a line is looked up.
"""

from __future__ import annotations

import functools
from enum import Enum, auto
from re import _constants as c  # type: ignore[attr-defined]
from typing import Any, NamedTuple
from unicodedata import category

from cleaner.fast.alphabet import of_class, of_members, seen
from cleaner.fast.char_sets import ALL
from cleaner.fast.parsing import Parsed
from cleaner.text.reading import DIGIT

REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}


class Kind(Enum):
    """What a node is, and what comes with it."""

    TEXT = auto()  # a text
    CHAR = auto()  # `Char`
    START = auto()  # of the text; nothing
    END = auto()  # nothing
    EDGE = auto()  # of a word; nothing
    LOOK = auto()  # what stands there: nodes
    CHOICE = auto()  # a list of nodes for each choice
    REPEAT = auto()  # least, most, nodes
    EMPTY = auto()  # what takes no character, and of which nothing is told
    UNKNOWN = auto()  # what may take any


class Char(NamedTuple):
    """One character of several.

    Attributes:
        some: which, if they are few and no digit stands for all; else None.
        folded: which, `DIGIT` for all digits; None: too many.
        alphabet: which, as a set of `cleaner.fast.char_sets`.
        parts: whether each of them parts words.
    """

    some: frozenset[str] | None
    folded: frozenset[str] | None
    alphabet: int
    parts: bool


Node = tuple[Kind, Any]
Nodes = list[Node]
_ANY = Char(None, None, ALL, False)
_AT = {
    c.AT_BEGINNING: Kind.START,
    c.AT_BEGINNING_STRING: Kind.START,
    c.AT_END: Kind.END,
    c.AT_END_STRING: Kind.END,
    c.AT_BOUNDARY: Kind.EDGE,
}


def nodes_of(pattern: Parsed) -> Nodes:
    """The nodes of a parsed pattern."""
    return _Reader(pattern).read(pattern.tree)


class _Reader:
    def __init__(self, pattern: Parsed) -> None:
        self._pattern = pattern

    def read(self, tree: Any) -> Nodes:
        found: Nodes = []
        for op, av in tree.data:  # a list: to walk through `tree` itself takes several times as long
            if op is c.LITERAL and self._pattern.class_of(av) is None:
                text = seen(av)
                if found and found[-1][0] is Kind.TEXT:
                    text = found.pop()[1] + text
                found.append((Kind.TEXT, text))
            elif (inner := group(op, av)) is not None:
                more = self.read(inner)
                if found and more and found[-1][0] is more[0][0] is Kind.TEXT:
                    more[0] = Kind.TEXT, found.pop()[1] + more[0][1]
                found += more
            else:
                found.append(self._node(op, av))
        return found

    def _node(self, op: Any, av: Any) -> Node:
        if op is c.LITERAL:
            return Kind.CHAR, _class(self._pattern.class_of(av) or "")
        if op is c.IN:
            return Kind.CHAR, self._members(tuple(av))
        if op is c.BRANCH:
            return Kind.CHOICE, [self.read(item) for item in av[1]]
        if op in REPEATS:
            return Kind.REPEAT, (av[0], av[1], self.read(av[2]))
        if op is c.AT:
            return _AT.get(av, Kind.EMPTY), None
        if op is c.ASSERT and av[0] > 0:
            return Kind.LOOK, self.read(av[1])
        if op in (c.ASSERT, c.ASSERT_NOT):
            return Kind.EMPTY, None
        return (Kind.CHAR, _ANY) if op in (c.ANY, c.NOT_LITERAL) else (Kind.UNKNOWN, None)

    def _members(self, some: tuple[tuple[Any, Any], ...]) -> Char:
        known = self._pattern.class_of
        placed = [found for kind, value in some if kind is c.LITERAL and (found := known(value))]
        if not placed:
            return _char(some)
        # The parser makes one class of choices of a character each.
        alphabet = of_members(one for one in some if one[0] is not c.LITERAL or known(one[1]) is None)
        for one in placed:
            alphabet |= of_class(one)
        return Char(None, None, alphabet, False)


@functools.lru_cache(1 << 12)
def _class(source: str) -> Char:
    return Char(None, None, of_class(source), False)


@functools.lru_cache(1 << 14)
def _char(some: tuple[tuple[Any, Any], ...]) -> Char:
    alphabet = of_members(some)
    out: set[str] = set()
    digits = False
    for kind, value in some:
        if kind is c.LITERAL:
            out.add(seen(value))
        elif kind is c.RANGE and value[1] - value[0] < 70:
            out.update(map(seen, range(value[0], value[1] + 1)))
        elif kind is c.CATEGORY and value is c.CATEGORY_SPACE:
            out.add(" ")  # the view has no other
        elif kind is c.CATEGORY and value is c.CATEGORY_DIGIT:
            digits = True
        else:
            return Char(None, None, alphabet, False)
    folded = frozenset(DIGIT if ch.isdecimal() else ch for ch in out | ({DIGIT} if digits else set()))
    parts = not digits and all(map(parts_words, out))
    return Char(None if digits else frozenset(out), folded, alphabet, parts)


def group(op: Any, av: Any) -> Any:
    """The tree inside a group of any make, as the parser made it; None for any other node."""
    return av[3] if op is c.SUBPATTERN else av if op is c.ATOMIC_GROUP else None


@functools.lru_cache(1 << 12)
def parts_words(ch: str) -> bool:
    """Whether a character parts words."""
    return category(ch)[0] in "PSZ" and ch != "_"


def tied(nodes: Nodes, edge: Kind) -> bool:
    """Whether every way through `nodes` is tied to the start or the end of the text."""
    for kind, of in nodes[:: -1 if edge is Kind.END else 1]:
        if kind is edge:
            return True
        if kind is Kind.CHOICE:
            return all(tied(item, edge) for item in of)
        if kind in (Kind.TEXT, Kind.CHAR, Kind.REPEAT, Kind.UNKNOWN):
            return False
    return False


def edge_after(node: Node, edge: bool) -> bool:
    """Whether a word that follows what the node matched is sure to begin there."""
    kind, of = node
    if kind in (Kind.START, Kind.EDGE):
        return True
    if kind is Kind.TEXT:
        return parts_words(of[-1])
    if kind is Kind.CHAR:
        return bool(of.parts)
    if kind is Kind.CHOICE:
        return all(edge_after_all(item, edge) for item in of)
    if kind is Kind.REPEAT:
        return (edge or of[0] > 0) and edge_after_all(of[2], False)
    return edge and kind is not Kind.UNKNOWN


def edge_after_all(nodes: Nodes, edge: bool) -> bool:
    """Whether a word that follows what the nodes matched is sure to begin there."""
    for node in nodes:
        edge = edge_after(node, edge)
    return edge


def edge_before(node: Node) -> bool | None:
    """Whether a word that stands before the node is sure to end there; None if the node may be empty."""
    kind, of = node
    if kind in (Kind.END, Kind.EDGE):
        return True
    if kind is Kind.TEXT:
        return parts_words(of[0])
    if kind is Kind.CHAR:
        return bool(of.parts)
    if kind is Kind.CHOICE:
        parts = [edge_before_all(item) for item in of]
        return False if False in parts else None if None in parts else True
    if kind is Kind.REPEAT:
        inside = edge_before_all(of[2])
        return None if inside and of[0] == 0 else inside
    return False if kind is Kind.UNKNOWN else None


def edge_before_all(nodes: Nodes) -> bool | None:
    """Whether a word that stands before the nodes is sure to end there; None if they may be empty."""
    for node in nodes:
        edge = edge_before(node)
        if edge is not None:
            return edge
    return None
