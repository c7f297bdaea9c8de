"""What must be true of a line before a pattern can hit it, read from the pattern's parse tree.

A gate never says that a pattern hits: it only spares the pattern the lines that it cannot hit. Where the tree says
nothing certain, the gate is open. All of it is plain data (texts and numbers), so that it can be cached.
"""

from __future__ import annotations

import re
import warnings
from itertools import product
from re import _constants as c, _parser as p  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from cleaner.fold import lower

# How many characters of a line's beginning are told apart, and how many beginnings a pattern may have.
HEAD = 4
_MOST_HEADS = 3000
# How many texts one of which must occur, and how long each is made.
_MOST_NEEDS = 200
_LONGEST_NEED = 12
# How much of a word is told apart when looking for needs.
KEY = 4
DIGIT = "0"  # stands for any decimal digit in a head
EDGE = "\0"  # stands for a word boundary in a need
NO_LIMIT = 1 << 30
# `regex` reads these differently from the standard parser, or the standard parser knows nothing of them.
_FOREIGN = re.compile(r"\[:\^?\w+:\]|\{[a-z]|\\[pP](?!\{)|\\[GKRXLNhmM]")
_WORD = re.compile(r"\w+")
_COMMON = " .,'-"  # in too many lines to be worth a look
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}


class Gate(NamedTuple):
    """The conditions for one pattern; all texts are as `fold.lower` makes them.

    Attributes:
        heads: the line begins with one of these (at most `HEAD` characters, digits as `DIGIT`); empty: any beginning.
        needs: one of these stands in the line (`EDGE` at either end: at a word boundary); empty: no such thing.
        marks: one of these characters stands in the line (`DIGIT` for any digit); empty: no such thing.
        least, most: the line's length in characters lies between these, inclusive.
    """

    heads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    marks: str = ""
    least: int = 1
    most: int = NO_LIMIT


def gate(pattern: str) -> Gate:
    """The gate of a pattern that compiles under `regex`; an open one if nothing certain can be read from it."""
    if _FOREIGN.search(_PROPERTY.sub("", pattern)):
        return Gate()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = p.parse(_PROPERTY.sub(r"\\w", pattern))
    except (re.error, OverflowError, RecursionError):
        return Gate()
    if tree.state.flags & (c.SRE_FLAG_MULTILINE | c.SRE_FLAG_VERBOSE):
        return Gate()
    least, most = tree.getwidth()
    heads = _heads(tree) if _bound(tree, start=True) else None
    needs = _best(_needs(tree, False))
    if not _bound(tree, start=True) or not _bound(tree, start=False):
        most = NO_LIMIT
    return Gate(
        tuple(sorted(heads)) if heads else (),
        _shortest(needs) if needs else (),
        "".join(sorted(_rarest(_single(tree)))),
        max(1, int(least)),
        min(int(most), NO_LIMIT),
    )


def _shortest(needs: frozenset[str]) -> tuple[str, ...]:
    """Spare a need where another is a part of it and can be looked for in the same way."""
    bare = {t.strip(EDGE): key_of(t) for t in needs}
    kept = [
        t
        for t in needs
        if not any(o != t.strip(EDGE) and o in t and key == bare[t.strip(EDGE)] for o, key in bare.items())
    ]
    return tuple(sorted(kept))


def _bound(tree: Any, start: bool) -> bool:
    """Whether every way through `tree` is tied to the start (or the end) of the line."""
    kinds = (c.AT_BEGINNING, c.AT_BEGINNING_STRING) if start else (c.AT_END, c.AT_END_STRING)
    for op, av in tree if start else reversed(list(tree)):
        if op is c.AT:
            if av in kinds:
                return True
            continue
        if op in (c.ASSERT, c.ASSERT_NOT):
            continue
        if op is c.SUBPATTERN:
            return _bound(av[3], start)
        if op is c.ATOMIC_GROUP:
            return _bound(av, start)
        if op is c.BRANCH:
            return all(_bound(item, start) for item in av[1])
        return False
    return False


def _chars(op: Any, av: Any) -> frozenset[str] | None:
    """The characters (lower-cased) that one node of a single character can be, or None if they are too many."""
    if op is c.LITERAL:
        return frozenset(lower(chr(av)))
    if op is not c.IN or av[0][0] is c.NEGATE:
        return None
    out: set[str] = set()
    for kind, value in av:
        if kind is c.LITERAL:
            out.add(lower(chr(value)))
        elif kind is c.RANGE and value[1] - value[0] < 70:
            out |= {lower(chr(k)) for k in range(value[0], value[1] + 1)}
        elif kind is c.CATEGORY and value is c.CATEGORY_SPACE:
            out.add(" ")  # the view has no other
        else:
            return None
    return frozenset(out)


# --- heads -----------------------------------------------------------------------------------------------------------
# A head that may grow is kept in `open_`; one that is cut off by something unknown, or long enough, in `closed`.


def _heads(tree: Any) -> set[str] | None:
    """All beginnings of what `tree` matches, or None if they cannot be told (or are too many)."""
    closed: set[str] = set()
    open_ = _grow({""}, tree, closed)
    heads = (closed | open_) if open_ is not None else None
    if heads is None or "" in heads:
        return None
    # A head is spared where a shorter one covers it.
    return {h for h in heads if not any(h[:k] in heads for k in range(1, len(h)))}


def _grow(open_: set[str], tree: Any, closed: set[str]) -> set[str] | None:
    """Follow `tree` from the heads in `open_`. Returns those that go on behind it; None if there are too many."""
    for op, av in tree:
        if not open_:
            return open_
        grown = _step(open_, op, av, closed)
        if grown is None or len(grown) + len(closed) > _MOST_HEADS:
            return None
        full = {h for h in grown if len(h) >= HEAD}
        closed |= {h[:HEAD] for h in full}
        open_ = grown - full
    return open_


def _step(open_: set[str], op: Any, av: Any, closed: set[str]) -> set[str] | None:
    if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
        return open_
    if op is c.SUBPATTERN:
        return _grow(open_, av[3], closed)
    if op is c.ATOMIC_GROUP:
        return _grow(open_, av, closed)
    if op is c.BRANCH:
        out: set[str] = set()
        for item in av[1]:
            grown = _grow(open_, item, closed)
            if grown is None:
                return None
            out |= grown
        return out
    if op in _REPEATS:
        return _repeat(open_, av, closed)
    chars = _chars(op, av)
    if chars is None and op is c.IN and set(av) == {(c.CATEGORY, c.CATEGORY_DIGIT)}:
        chars = frozenset(DIGIT)
    if chars is None:
        closed |= open_
        return set()
    folded = {DIGIT if ch.isdecimal() else ch for ch in chars}
    if len(open_) * len(folded) > _MOST_HEADS:
        closed |= open_
        return set()
    return {h + ch for h in open_ for ch in folded}


def _repeat(open_: set[str], av: Any, closed: set[str]) -> set[str] | None:
    least, most, body = av
    out = set(open_) if least == 0 else set()
    now: set[str] | None = open_
    # Each turn makes the heads longer, so HEAD turns are all that can matter.
    for turn in range(1, min(int(most), HEAD) + 1):
        before = set(now or ())
        now = _grow(before, body, closed)
        if now is None or len(now) + len(out) > _MOST_HEADS:
            return None
        if turn >= min(least, HEAD):
            out |= now
        if not now:
            break
    return out


# --- needs -----------------------------------------------------------------------------------------------------------
# Texts of the exact language of a stretch of the pattern; the best stretch is what a line needs.

_Texts = frozenset[str]
_NOTHING: _Texts = frozenset([""])


def _best(options: list[_Texts]) -> _Texts | None:
    good = [o for o in options if _value(o) > 0]
    return max(good, key=_value) if good else None


def _value(texts: _Texts) -> float:
    """How much a need spares: by its shortest text, less for many texts, more where all begin words."""
    if not texts or len(texts) > _MOST_NEEDS:
        return 0.0
    shortest = min(len(t.strip(EDGE)) for t in texts)
    keyed = all(key_of(t) for t in texts)
    return min(shortest, 8) + 4 * keyed - len(texts) / 50 if shortest >= 2 else 0.0


def key_of(text: str) -> str:
    """The first `KEY` letters of that word in a need whose beginning (and end, if it is shorter) is sure to be a
    word's in the line too; empty if there is none. Of several the longest word's."""
    core = text.strip(EDGE)
    best = ""
    for m in _WORD.finditer(core):
        begins = m.start() > 0 or text[0] == EDGE
        ends = m.end() < len(core) or text[-1] == EDGE
        if begins and (ends or len(m[0]) >= KEY) and len(m[0]) > len(best):
            best = m[0]
    return best[:KEY]


def _exact(op: Any, av: Any) -> _Texts | None:
    """The whole language of one node, if it is small."""
    if op is c.AT:
        return frozenset([EDGE]) if av is c.AT_BOUNDARY else _NOTHING
    if op in (c.ASSERT, c.ASSERT_NOT):
        return _NOTHING
    if op is c.SUBPATTERN:
        return _exact_all(av[3])
    if op is c.ATOMIC_GROUP:
        return _exact_all(av)
    if op is c.BRANCH:
        out: _Texts = frozenset()
        for item in av[1]:
            part = _exact_all(item)
            if part is None or len(out) + len(part) > _MOST_NEEDS:
                return None
            out |= part
        return out
    if op in _REPEATS:
        least, most, body = av
        one = _exact_all(body) if most <= 2 else None
        if one is None or len(one) ** int(most) > _MOST_NEEDS:
            return None
        turns = range(max(1, least), int(most) + 1)
        out = frozenset("".join(x) for n in turns for x in product(one, repeat=n))
        return out | _NOTHING if least == 0 else out
    chars = _chars(op, av)
    return chars if chars is not None and len(chars) <= 12 else None


def _exact_all(tree: Any) -> _Texts | None:
    out = _NOTHING
    for op, av in tree:
        part = _exact(op, av)
        if part is None or len(out) * len(part) > _MOST_NEEDS:
            return None
        out = frozenset(a + b for a in out for b in part)
    return out


def _needs(tree: Any, edge: bool) -> list[_Texts]:
    """Sets of texts, of each of which one stands wherever `tree` matches.

    `edge` says whether what comes before is sure to be no part of a word.
    """
    found: list[_Texts] = []
    run = start = frozenset([EDGE]) if edge else _NOTHING
    for op, av in tree:
        part = _exact(op, av)
        after = _edge_after(op, av, edge)
        if part is None:
            found += [run, *_inside(op, av, edge)]
            run = start = frozenset([EDGE]) if after else _NOTHING
        else:
            if run is not start and (len(run) * len(part) > _MOST_NEEDS or min(map(len, run)) > _LONGEST_NEED):
                found.append(run)
                run = start = frozenset([EDGE]) if edge else _NOTHING
            run = frozenset(a + b for a in run for b in part)
        edge = after
    found.append(run)
    return [frozenset(_trim(t) for t in texts) for texts in found]


def _trim(text: str) -> str:
    """Word boundaries inside are implied by what stands around them, or not worth asking for."""
    core = text.strip(EDGE).replace(EDGE, "")
    return (EDGE if text.startswith(EDGE) else "") + core + (EDGE if text.endswith(EDGE) and core else "")


def _inside(op: Any, av: Any, edge: bool) -> list[_Texts]:
    """The needs of a node whose language is not small."""
    if op is c.SUBPATTERN:
        return _needs(av[3], edge)
    if op is c.ATOMIC_GROUP:
        return _needs(av, edge)
    if op is c.ASSERT:
        return _needs(av[1], edge) if av[0] > 0 else []
    if op in _REPEATS and av[0] >= 1:
        return _needs(av[2], edge and (av[1] == 1 or _edge_after_all(av[2], edge)))
    if op is c.BRANCH:
        best = [_best(_needs(item, edge)) for item in av[1]]
        if all(b is not None for b in best):
            return [frozenset().union(*[b for b in best if b is not None])]
    return []


def _edge_after(op: Any, av: Any, edge: bool) -> bool:
    """Whether the character before the end of what a node matched is sure to be no part of a word."""
    if op is c.AT:
        return edge or av in (c.AT_BEGINNING, c.AT_BEGINNING_STRING)
    if op in (c.ASSERT, c.ASSERT_NOT):
        return edge
    if op is c.SUBPATTERN:
        return _edge_after_all(av[3], edge)
    if op is c.ATOMIC_GROUP:
        return _edge_after_all(av, edge)
    if op is c.BRANCH:
        return all(_edge_after_all(item, edge) for item in av[1])
    if op in _REPEATS:
        least, _, body = av
        return (edge or least > 0) and _edge_after_all(body, False)
    chars = _chars(op, av)
    return chars is not None and not any(ch == "_" or ch.isalnum() or ord(ch) > 127 for ch in chars)


def _edge_after_all(tree: Any, edge: bool) -> bool:
    for op, av in tree:
        edge = _edge_after(op, av, edge)
    return edge


def _single(tree: Any) -> list[frozenset[str]]:
    """Sets of characters, of each of which one stands wherever `tree` matches (`DIGIT` for any digit)."""
    found: list[frozenset[str]] = []
    for op, av in tree:
        if op is c.SUBPATTERN:
            found += _single(av[3])
        elif op is c.ATOMIC_GROUP:
            found += _single(av)
        elif op in _REPEATS and av[0] >= 1:
            found += _single(av[2])
        elif op is c.BRANCH:
            best = [_rarest(_single(item)) for item in av[1]]
            if all(best):
                found.append(frozenset().union(*best))
        elif op is c.IN and set(av) == {(c.CATEGORY, c.CATEGORY_DIGIT)}:
            found.append(frozenset(DIGIT))
        elif (chars := _chars(op, av)) is not None:
            found.append(frozenset(DIGIT if ch.isdecimal() else ch for ch in chars))
    return found


def _rarest(options: list[frozenset[str]]) -> frozenset[str]:
    good = [o for o in options if not any(ch.isalpha() or ch in _COMMON for ch in o)]
    return min(good, key=lambda o: (DIGIT in o, len(o)), default=frozenset())
