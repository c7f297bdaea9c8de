"""A pattern as what it says of any text that it hits: the parse tree in few kinds of node, of lines as they are looked up.

Groups stand in the row that they are in, and literal characters in a row are one text. See `cleaner.text.reading` for how
a line is looked up.
"""

from __future__ import annotations

import functools
from enum import Enum, auto
from typing import Any, NamedTuple
from unicodedata import category

from cleaner.fast.alphabet import of_members, seen
from cleaner.fast.char_sets import ALL
from cleaner.fast.trees import in_common
from cleaner.rules.syntax import REPEATS, At, Op, Tree
from cleaner.text.reading import DIGIT


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
_AT = {At.START: Kind.START, At.END: Kind.END, At.LAST: Kind.END, At.EDGE: Kind.EDGE, At.NO_EDGE: Kind.EMPTY}


def nodes_of(tree: Tree) -> Nodes:
    """The nodes of a pattern."""
    found: Nodes = []
    for op, of in tree:
        if op is Op.TEXT:
            text = "".join(map(seen, map(ord, of)))
            if found and found[-1][0] is Kind.TEXT:
                text = found.pop()[1] + text
            found.append((Kind.TEXT, text))
        elif op is Op.GROUP or op is Op.ATOMIC:
            _join(found, nodes_of(of))
        elif op is Op.BRANCH:
            _join(found, _choice(of))
        else:
            found.append(_node(op, of))
    return found


def _join(found: Nodes, more: Nodes) -> None:
    """Append nodes to others: two texts are one."""
    if found and more and found[-1][0] is more[0][0] is Kind.TEXT:
        more[0] = Kind.TEXT, found.pop()[1] + more[0][1]
    found += more


def _choice(trees: list[Tree]) -> Nodes:
    """Alternatives, with what all have in common at their beginning before them; those of one character each are one."""
    before, trees = in_common(trees)
    if all(len(tree) == 1 and _is_some(*tree[0]) for tree in trees):
        members = [one for [(op, of)] in trees for one in ([(Op.LITERAL, ord(of))] if op is Op.TEXT else of)]
        return [*nodes_of(before), (Kind.CHAR, _char(tuple(members)))]
    return [*nodes_of(before), (Kind.CHOICE, [nodes_of(tree) for tree in trees])]


def _is_some(op: Op, of: Any) -> bool:
    """Whether a node is one of some characters."""
    return op is Op.TEXT and len(of) == 1 or op is Op.IN and of[0][0] is not Op.NEGATE


def _node(op: Op, of: Any) -> Node:
    if op is Op.IN:
        return Kind.CHAR, _char(of)
    if op in REPEATS:
        return Kind.REPEAT, (of[0], of[1], nodes_of(of[2]))
    if op is Op.AT:
        return _AT[of], None
    if op is Op.ASSERT and of[0] > 0:
        return Kind.LOOK, nodes_of(of[1])
    return (Kind.CHAR, _ANY) if op is Op.ANY else (Kind.EMPTY, None)


@functools.lru_cache(1 << 14)
def _char(some: tuple[tuple[Op, Any], ...]) -> Char:
    alphabet = of_members(some)
    out: set[str] = set()
    digits = False
    for kind, value in some:
        if kind is Op.LITERAL:
            out.add(seen(value))
        elif kind is Op.RANGE and value[1] - value[0] < 70:
            out.update(map(seen, range(value[0], value[1] + 1)))
        elif kind is Op.CATEGORY and value == "s":
            out.add(" ")  # the view has no other
        elif kind is Op.CATEGORY and value == "d":
            digits = True
        else:
            return Char(None, None, alphabet, False)
    folded = frozenset(DIGIT if ch.isdecimal() else ch for ch in out | ({DIGIT} if digits else set()))
    parts = not digits and all(map(parts_words, out))
    return Char(None if digits else frozenset(out), folded, alphabet, parts)


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
