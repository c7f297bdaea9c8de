"""Patterns as programs for the core (`core/program.c` runs them).

A program reads symbols (`cleaner.fast.symbols`), not characters. What `regex` would find first is what the program finds: it
tries the same ways in the same order. Patterns that cannot be written so have none, and `regex` applies them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import NamedTuple

from cleaner.fast import code_points
from cleaner.fast.program_writer import Writer
from cleaner.fast.symbols import Symbols
from cleaner.fast.trees import ONE
from cleaner.rules.syntax import UNCASED, Node, Op, Tree, UnreadError, inner, read

# Every pattern's sets begin with these.
_WORD = code_points.of(Op.IN, ((Op.CATEGORY, "w"),), True)
_LINE_FEED = (10, 11)
_ALWAYS = (_WORD, _LINE_FEED)


class Programs(NamedTuple):
    """Programs of some patterns, as the core reads them: numbers of 32 bits, symbols of 16, sets in words of 64.

    Attributes:
        code: all programs, one after the other.
        starts: where each begins, one for each pattern; 0: there is none.
        cased_pages: of patterns that mind case (see `Symbols`).
        cased_rows: the same.
        cased_sets: the same.
        pages: of others.
        rows: the same.
        sets: the same.
        sizes: bytes of a set, of either.
    """

    code: bytes
    starts: bytes
    cased_pages: bytes
    cased_rows: bytes
    cased_sets: bytes
    pages: bytes
    rows: bytes
    sets: bytes
    sizes: tuple[int, int]


def programs_of(patterns: Iterable[tuple[str, bool]], tree_of: Callable[[str], Tree | None] | None = None) -> Programs:
    """The programs of patterns, in their order, given the source of each and whether it minds case.

    Args:
        patterns: the patterns.
        tree_of: gives the tree of a source, or None if it is not read; by default it is read here.
    """
    given = tree_of or _tree
    trees = [(given(source), case, case and not source.startswith(UNCASED)) for source, case in patterns]
    asked: tuple[dict[Node, None], dict[Node, None]] = {}, {}
    for tree, _, minds in trees:
        _collect(tree or (), asked[not minds])
    symbols = tuple(
        Symbols([*_ALWAYS, *(code_points.of(*node, case) for node in nodes)])
        for nodes, case in zip(asked, (True, False), strict=True)
    )
    for some in symbols:
        for one in _ALWAYS:
            some.number(some.of(one))
    writers = [Writer(some, case) for some, case in zip(symbols, (True, False), strict=True)]
    code = array("I", [0])  # no program stands there
    starts = array("I")
    for tree, cased_text, minds in trees:
        at = 0
        if tree is not None:
            try:
                written = writers[not minds].program(tree, cased_text)
            except UnreadError:
                pass
            else:
                at = len(code)
                written.joined(code, symbols[not minds])
        starts.append(at)
    cased, others = [(s.pages.tobytes(), s.rows.tobytes(), s.bits()) for s in symbols]
    return Programs(code.tobytes(), starts.tobytes(), *cased, *others, (symbols[0].bytes, symbols[1].bytes))


def _collect(tree: Iterable[Node], found: dict[Node, None]) -> None:
    """Add all nodes of one character to `found`."""
    for node in tree:
        if node[0] is Op.TEXT:
            found.update({(Op.LITERAL, ord(ch)): None for ch in node[1]})
        elif node[0] in ONE:
            found[node] = None
        else:
            for one in inner(*node):
                _collect(one, found)


def _tree(source: str) -> Tree | None:
    try:
        return read(source)
    except UnreadError:
        return None
