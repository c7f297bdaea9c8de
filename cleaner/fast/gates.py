"""What must be true of a line before a pattern can hit it, read from the pattern's parse tree.

A gate never says that a pattern hits: it only spares the pattern the lines that it cannot hit. Where the tree says
nothing certain, the gate is open. All of it is plain data (texts and numbers), so that it can be cached.
"""

from __future__ import annotations

import re
import warnings
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as p  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.fast.heads import heads_of
from cleaner.fast.needs import COMMON_MARKS, needs_of
from cleaner.fast.pattern_tree import REPEATS, at_end, at_start, chars, group
from cleaner.fast.standard_re import PROPERTY, foreign
from cleaner.text.reading import DIGIT

_BROAD = 0.05  # beginnings that so large a share of lines would have are not worth a look
# How many texts may be needed: of a pattern whose lines are found by their beginning, and of others.
_FEW = 40
_MANY = 600
# How many sets of marks a line is asked for.
_MARKS = 3
NO_LIMIT = 1 << 30


class Gate(NamedTuple):
    """The conditions for one pattern; all texts are as a line is looked up by (see `cleaner.text.reading`).

    Attributes:
        heads: the line begins with one of these (at most `HEAD` characters, digits as `DIGIT`); empty: any beginning.
        needs: of each of these, up to two, one text stands in the line (`EDGE` at either end: at a word boundary).
        marks: of each of these, one character stands in the line (`DIGIT` for any digit).
        least, most: the line's length in characters lies between these, inclusive.
    """

    heads: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    marks: tuple[str, ...] = ()
    least: int = 1
    most: int = NO_LIMIT


def gate(pattern: str) -> Gate:
    """The gate of a pattern that compiles under `regex`; an open one if nothing certain can be read from it."""
    if foreign(pattern):
        return Gate()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = p.parse(PROPERTY.sub(r"\\w", pattern))
    except (re.error, OverflowError, RecursionError):
        return Gate()
    if tree.state.flags & (c.SRE_FLAG_MULTILINE | c.SRE_FLAG_VERBOSE):
        return Gate()
    least, most = tree.getwidth()
    tied = at_start(tree)
    heads = heads_of(tree) if tied else None
    narrow = heads is not None and sum(26.0 ** -len(h) for h in heads) <= _BROAD
    needs = needs_of(tree, _FEW if narrow else _MANY)
    if needs and not narrow:
        heads = None
    if not tied or not at_end(tree):
        most = NO_LIMIT
    return Gate(
        tuple(sorted(heads)) if heads else (),
        needs,
        tuple("".join(sorted(some)) for some in _rarest(_single(tree))),
        max(1, int(least)),
        min(int(most), NO_LIMIT),
    )


def _single(tree: Any) -> list[frozenset[str]]:
    """Sets of characters, of each of which one stands wherever `tree` matches (`DIGIT` for any digit)."""
    found: list[frozenset[str]] = []
    for op, av in tree:
        if (inner := group(op, av)) is not None:
            found += _single(inner)
        elif op in REPEATS and av[0] >= 1:
            found += _single(av[2])
        elif op is c.BRANCH:
            best = [_rarest(_single(item))[:1] for item in av[1]]
            if all(best):
                found.append(frozenset().union(*[one for [one] in best]))
        elif (some := chars(op, av, digits=True)) is not None:
            found.append(frozenset(DIGIT if ch.isdecimal() else ch for ch in some))
    return found


def _rarest(options: list[frozenset[str]]) -> list[frozenset[str]]:
    """The sets that are worth asking for, the rarest first."""
    good = {o for o in options if not any(ch.isalpha() or ch == " " for ch in o)}
    spare = [o for o in good if not any(other < o for other in good)]
    return sorted(spare, key=lambda o: (any(ch in COMMON_MARKS for ch in o), DIGIT in o, len(o), sorted(o)))[:_MARKS]
