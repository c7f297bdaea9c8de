"""What all texts that a pattern hits are made of, how they end, and how many spaces and digits they have, read from its nodes."""

from __future__ import annotations

from cleaner.fast.char_sets import ALL, OTHER, of_text
from cleaner.fast.pattern_tree import Kind, Node, Nodes
from cleaner.text.reading import DIGIT

NO_LIMIT = 1 << 30


def alphabet(nodes: Nodes) -> int:
    """The characters that what `nodes` match can hold."""
    found = 0
    for kind, of in nodes:
        if kind is Kind.TEXT:
            found |= of_text(of)
        elif kind is Kind.CHAR:
            found |= of.alphabet
        elif kind is Kind.REPEAT:
            found |= alphabet(of[2])
        elif kind is Kind.CHOICE:
            for item in of:
                found |= alphabet(item)
        elif kind is Kind.UNKNOWN:
            return ALL
        if found == ALL:
            break
    return found


def last(nodes: Nodes) -> int:
    """The characters with which what `nodes` match can end; all if it can be empty."""
    found, empty = _last(nodes)
    return ALL if empty else found


def _last(nodes: Nodes) -> tuple[int, bool]:
    """The same, and whether it can be empty."""
    found = 0
    for kind, of in reversed(nodes):
        if kind is Kind.TEXT:
            return found | of_text(of[-1]), False
        if kind is Kind.CHAR:
            return found | of.alphabet, False
        if kind is Kind.UNKNOWN:
            return ALL, False
        empty = True
        if kind is Kind.REPEAT:
            some, empty = _last(of[2])
            found, empty = found | some, empty or of[0] == 0
        elif kind is Kind.CHOICE:
            parts = list(map(_last, of))
            empty = any(may for _, may in parts)
            for some, _ in parts:
                found |= some
        if not empty or found == ALL:
            return found, empty
    return found, True


def spaces(nodes: Nodes) -> tuple[int, int]:
    """How many spaces what `nodes` match has at least and at most; `NO_LIMIT`: no bound."""
    least = most = 0
    for node in nodes:
        fewest, many = _spaces(node)
        least, most = least + fewest, most + many
    return least, min(most, NO_LIMIT)


def _spaces(node: Node) -> tuple[int, int]:
    kind, of = node
    if kind is Kind.TEXT:
        return of.count(" "), of.count(" ")
    if kind is Kind.CHAR:
        return int(of.some == {" "}), of.alphabet >> ord(" ") & 1
    if kind is Kind.REPEAT:
        fewest, many = spaces(of[2])
        return of[0] * fewest, min(of[1] * many, NO_LIMIT)
    if kind is Kind.CHOICE:
        parts = list(map(spaces, of))
        return min(fewest for fewest, _ in parts), max(many for _, many in parts)
    return 0, NO_LIMIT if kind is Kind.UNKNOWN else 0


def digits(nodes: Nodes) -> int:
    """How many digits what `nodes` match has at least."""
    return sum(map(_digits, nodes))


def _digits(node: Node) -> int:
    kind, of = node
    if kind is Kind.TEXT:
        return sum(map(str.isdecimal, of))
    if kind is Kind.CHAR:
        return int(of.folded == {DIGIT})
    if kind is Kind.REPEAT:
        return int(of[0]) * digits(of[2])
    return min(map(digits, of)) if kind is Kind.CHOICE else 0


def beyond(nodes: Nodes) -> bool:
    """Whether a character beyond ASCII stands in all that `nodes` match."""
    return any(map(_beyond, nodes))


def _beyond(node: Node) -> bool:
    kind, of = node
    if kind is Kind.TEXT:
        return not of.isascii()
    if kind is Kind.CHAR:
        return bool(of.alphabet == OTHER)
    if kind is Kind.REPEAT:
        return of[0] > 0 and beyond(of[2])
    if kind is Kind.CHOICE:
        return all(map(beyond, of))
    return kind is Kind.LOOK and beyond(of)
