"""What must be true of a line before a pattern can hit it, read from the pattern's parse tree.

A gate never says that a pattern hits: it only spares the pattern the lines that it cannot hit. Where the tree says
nothing certain, the gate is open. All of it is plain data (texts and numbers), so that it can be cached.
"""

from __future__ import annotations

import functools
import itertools
from typing import NamedTuple

from cleaner.fast.char_sets import ALL
from cleaner.fast.heads import heads_of
from cleaner.fast.needs import COMMON_MARKS, needs_of
from cleaner.fast.outline import NO_LIMIT, alphabet, beyond, digits, last, spaces
from cleaner.fast.pattern_tree import Kind, Nodes, nodes_of, tied
from cleaner.rules.syntax import Tree, UnreadError, read, width
from cleaner.text.reading import DIGIT

_BROAD = 0.05  # beginnings that so large a share of lines would have are not worth a look
# How many texts may be needed: of a pattern whose lines are found by their beginning, and of others.
_FEW = 40
_MANY = 600
# How many sets of marks a line is asked for.
_MARKS = 3


class Gate(NamedTuple):
    """The conditions for one pattern; all texts are as a line is looked up by (see `cleaner.text.reading`).

    Attributes:
        heads: the line begins with one of these (at most `HEAD` characters, digits as `DIGIT`); empty: any beginning.
        needs: of each of these, up to two, one text stands in the line (`EDGE` at either end: at a word boundary).
        marks: of each of these, one character stands in the line (`DIGIT` for any digit).
        least, most: the line's length in characters lies between these, inclusive.
        spaces: how many spaces it has, at least and at most.
        digits: how many digits it has at least.
        alphabet, last: it holds these characters alone, and ends with one of these (see `cleaner.fast.char_sets`).
        beyond: it holds a character beyond ASCII.
    """

    heads: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    marks: tuple[str, ...] = ()
    least: int = 1
    most: int = NO_LIMIT
    spaces: tuple[int, int] = (0, NO_LIMIT)
    digits: int = 0
    alphabet: int = ALL
    last: int = ALL
    beyond: bool = False


def gate(source: str) -> Gate:
    """The gate of a pattern that compiles under `regex`; an open one if nothing certain can be read from it."""
    try:
        tree = read(source)
    except UnreadError:
        return Gate()
    return gate_of(tree)


def gate_of(tree: Tree) -> Gate:
    """The gate of a pattern that was read."""
    nodes, (least, most) = nodes_of(tree), width(tree)
    starts, ends = tied(nodes, Kind.START), tied(nodes, Kind.END)
    whole = starts and ends
    heads = heads_of(nodes) if starts else None
    narrow = heads is not None and sum(26.0 ** -len(h) for h in heads) <= _BROAD
    needs = needs_of(nodes, _FEW if narrow else _MANY)
    if needs and not narrow:
        heads = None
    fewest, many = spaces(nodes)
    return Gate(
        tuple(sorted(heads)) if heads else (),
        needs,
        tuple("".join(sorted(some)) for some in _rarest(_single(nodes))),
        max(1, least),
        min(most, NO_LIMIT) if whole else NO_LIMIT,
        (fewest, many if whole else NO_LIMIT),
        digits(nodes),
        alphabet(nodes) if whole else ALL,
        last(nodes) if ends else ALL,
        beyond(nodes),
    )


def _single(nodes: Nodes) -> list[frozenset[str]]:
    """Sets of characters, of each of which one stands wherever `nodes` match (`DIGIT` for any digit)."""
    found: list[frozenset[str]] = []
    for kind, of in nodes:
        if kind is Kind.TEXT:
            if not of.isalpha():
                found += [frozenset(DIGIT if ch.isdecimal() else ch) for ch in set(of) if _asked(ch)]
        elif kind is Kind.CHAR:
            if of.folded and all(map(_asked, of.folded)):
                found.append(of.folded)
        elif kind is Kind.REPEAT and of[0] >= 1:
            found += _single(of[2])
        elif kind is Kind.CHOICE:
            options = list(itertools.takewhile(bool, map(_single, of)))  # most choices have one of letters alone
            if len(options) == len(of):
                found.append(frozenset().union(*[min(some, key=_rarity) for some in options]))
    return found


def _asked(ch: str) -> bool:
    """Whether a character is one that a line is asked for by itself."""
    return not ch.isalpha() and ch != " "


def _rarest(options: list[frozenset[str]]) -> list[frozenset[str]]:
    """The sets that are worth asking for, the rarest first."""
    good = set(options)
    spare = [o for o in good if not any(other < o for other in good)]
    return sorted(spare, key=_rarity)[:_MARKS]


@functools.lru_cache(1 << 14)
def _rarity(option: frozenset[str]) -> tuple[bool, bool, int, list[str]]:
    """What comes first is rarer."""
    return any(ch in COMMON_MARKS for ch in option), DIGIT in option, len(option), sorted(option)
