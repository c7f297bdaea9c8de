"""What must be true of a line before a pattern can hit it, read from the pattern's parse tree.

A gate never says that a pattern hits: it only spares the pattern the lines that it cannot hit. Where the tree says
nothing certain, the gate is open. All of it is plain data (texts and numbers), so that it can be cached.
"""

from __future__ import annotations

import functools
import re
import warnings
from itertools import product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as p  # type: ignore[attr-defined]
from typing import Any, NamedTuple
from unicodedata import category

from cleaner.dispatch import DIGIT, HEAD, KEY, odd
from cleaner.fold import lower
from cleaner.plain import PROPERTY, foreign

# How many beginnings a pattern may have; if it has more, they are made shorter.
_MOST_HEADS = 1200
# How many texts one of which must occur, and how long each is made.
_MOST_NEEDS = 600
_MOST_GROWN = 120
_FEW = 8
_BROAD = 0.05  # beginnings that so large a share of lines would have are not worth a look
_LONGEST_NEED = 12
EDGE = "\0"  # stands for a word boundary in a need
NO_LIMIT = 1 << 30

_WORD = re.compile(r"\w+")
_COMMON = " .,'-"  # in too many lines to be worth a look
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
    if foreign(pattern) or odd().search(pattern):
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
    heads = _heads(tree) if _bound(tree, start=True) else None
    needs = _best(_needs(tree, False, False)) or frozenset()
    if heads and needs and sum(26.0 ** -len(h) for h in heads) > _BROAD:
        heads = None
    elif heads and len(needs) > _FEW:
        needs = frozenset()  # the pattern itself fails as fast
    if not _bound(tree, start=True) or not _bound(tree, start=False):
        most = NO_LIMIT
    return Gate(
        tuple(sorted(heads)) if heads else (),
        _shortest(needs),
        "".join(sorted(_rarest(_single(tree)))),
        max(1, int(least)),
        min(int(most), NO_LIMIT),
    )


def _shortest(needs: frozenset[str]) -> tuple[str, ...]:
    """Spare a need where another is a part of it and can be looked for in the same way."""
    by_key: dict[str, list[str]] = {}
    for text in needs:
        by_key.setdefault(key_of(text), []).append(text)
    kept: list[str] = []
    for texts in by_key.values():
        group: list[str] = []
        for text in sorted(texts, key=len):
            if not any(t.strip(EDGE) in text for t in group):
                group.append(text)
        kept += group
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


def _heads(tree: Any) -> set[str] | None:
    """All beginnings of what `tree` matches, or None if they cannot be told (or are too many)."""
    for size in range(HEAD, 1, -1):
        try:
            heads = _Heads(size).of(tree)
        except OverflowError:
            continue
        # A head is spared where a shorter one covers it.
        return None if "" in heads else {h for h in heads if not any(h[:k] in heads for k in range(1, len(h)))}
    return None


class _Heads:
    """Follows a tree with all beginnings at once. Raises OverflowError if they become too many.

    Attributes:
        closed: heads that do not grow any more: long enough, or cut off by something unknown.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.closed: set[str] = set()

    def of(self, tree: Any) -> set[str]:
        return self.grow({""}, tree) | self.closed

    def grow(self, heads: set[str], tree: Any) -> set[str]:
        """Follow `tree` from `heads`. Returns those that go on behind it."""
        for op, av in tree:
            if not heads:
                break
            heads = self.step(heads, op, av)
            if len(heads) + len(self.closed) > _MOST_HEADS:
                raise OverflowError
        return heads

    def step(self, heads: set[str], op: Any, av: Any) -> set[str]:
        if op in (c.AT, c.ASSERT, c.ASSERT_NOT):
            return heads
        if op is c.SUBPATTERN:
            return self.grow(heads, av[3])
        if op is c.ATOMIC_GROUP:
            return self.grow(heads, av)
        if op is c.BRANCH:
            return set().union(*[self.grow(heads, item) for item in av[1]])
        if op in _REPEATS:
            return self.repeat(heads, av)
        chars = _chars(op, av)
        if chars is None and op is c.IN and set(av) == {(c.CATEGORY, c.CATEGORY_DIGIT)}:
            chars = frozenset(DIGIT)
        if chars is None:
            self.closed |= heads
            return set()
        folded = {DIGIT if ch.isdecimal() else ch for ch in chars}
        if len(heads) * len(folded) > _MOST_HEADS:
            raise OverflowError
        grown = {h + ch for h in heads for ch in folded}
        full = {h for h in grown if len(h) >= self.size}
        self.closed |= full
        return grown - full

    def repeat(self, heads: set[str], av: Any) -> set[str]:
        least, most, body = av
        out = set(heads) if least == 0 else set()
        # Each turn makes the heads longer, so `size` turns are all that can matter.
        for turn in range(1, min(int(most), self.size) + 1):
            heads = self.grow(heads, body)
            if turn >= min(least, self.size):
                out |= heads
            if not heads:
                break
        return out


# --- needs -----------------------------------------------------------------------------------------------------------
# Texts of the exact language of a stretch of the pattern; the best stretch is what a line needs.

_Texts = frozenset[str]
_NOTHING: _Texts = frozenset([""])


def _best(options: list[_Texts]) -> _Texts | None:
    best, most = None, 0.0
    for texts in options:
        if (value := _value(texts)) > most:
            best, most = texts, value
    return best


def _value(texts: _Texts) -> float:
    """How much a need spares: by its weakest text, less for many texts, more where all can be looked for by a word."""
    if not texts or len(texts) > _MOST_NEEDS:
        return 0.0
    keyed = all(map(key_of, texts))
    weakest = min(map(_weight, texts))
    return min(weakest, 8) + 4 * keyed - len(texts) / 300 if weakest >= 2 or (keyed and weakest) else 0.0


@functools.lru_cache(1 << 16)
def _weight(text: str) -> float:
    """About how rare a text is: letters count, common marks do not, a letter of thousands counts more."""
    weight = sum(2 if ord(ch) > 0x2000 or (ord(ch) > 127 and not ch.isalnum()) else ch.isalnum() or ch not in _COMMON + EDGE for ch in text)
    return weight + 2 * ("..." in text)


def key_of(text: str) -> str:
    """The word of a need to look for first: the longest whose ends are sure to be a word's ends in the line too.

    Returns the word itself if both its ends are sure; its first `KEY` letters and `*` if only its beginning is, `*`
    and its last `KEY` letters if only its end is; empty if there is none.
    """
    core = text.strip(EDGE)
    best, size = "", 0.0
    for m in _WORD.finditer(core):
        begins = m.start() > 0 or text[0] == EDGE
        ends = m.end() < len(core) or text[-1] == EDGE
        length = len(m[0])
        if begins and ends and length > size:
            best, size = m[0], length
        elif begins and length >= KEY and (known := min(length, KEY + 2) - 0.5) > size:
            best, size = m[0][:KEY] + "*", known
        elif ends and length >= KEY and (known := min(length, KEY + 1) - 0.5) > size:
            best, size = "*" + m[0][-KEY:], known
    return best


def _exact(op: Any, av: Any) -> _Texts | None:
    """The whole language of one node, if it is small."""
    if op is c.AT:
        return _NOTHING if av is c.AT_NON_BOUNDARY else frozenset([EDGE])
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
        one = _exact_all(body) if most <= 4 else None
        if one is None or len(one) ** int(most) > _MOST_GROWN:
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
        if part is None or len(out) * len(part) > _MOST_GROWN:
            return None
        out = frozenset(a + b for a in out for b in part)
    return out


def _needs(tree: Any, edge: bool, after: bool) -> list[_Texts]:
    """Sets of texts, of each of which one stands wherever `tree` matches.

    `edge` says whether a word that `tree` begins with is sure to begin there, `after` whether one that it ends with is
    sure to end there.
    """
    found: list[_Texts] = []
    run = start = frozenset([EDGE]) if edge else _NOTHING
    nodes = list(tree)
    for at, (op, av) in enumerate(nodes):
        part = _exact(op, av)
        edge_after = _edge_after(op, av, edge)
        if part is None:
            if _edge_before_all(nodes[at:]):
                run = frozenset(t + EDGE for t in run)
            ends = _edge_before_all(nodes[at + 1 :])
            found += [run, *_inside(op, av, edge, after if ends is None else ends)]
            run = start = frozenset([EDGE]) if edge_after else _NOTHING
        else:
            if run is not start and (len(run) * len(part) > _MOST_GROWN or min(map(len, run)) > _LONGEST_NEED):
                found.append(run)
                run = start = frozenset([EDGE]) if edge else _NOTHING
            run = frozenset(a + b for a in run for b in part)
        edge = edge_after
    found.append(frozenset(t + EDGE for t in run) if after else run)
    return [frozenset(_trim(t) for t in texts) for texts in found]


def _trim(text: str) -> str:
    """Word boundaries inside are implied by what stands around them, or not worth asking for."""
    core = text.strip(EDGE).replace(EDGE, "")
    return (EDGE if text.startswith(EDGE) else "") + core + (EDGE if text.endswith(EDGE) and core else "")


def _inside(op: Any, av: Any, edge: bool, after: bool) -> list[_Texts]:
    """The needs of a node whose language is not small."""
    if op is c.SUBPATTERN:
        return _needs(av[3], edge, after)
    if op is c.ATOMIC_GROUP:
        return _needs(av, edge, after)
    if op is c.ASSERT:
        return _needs(av[1], edge, False) if av[0] > 0 else []
    if op in _REPEATS and av[0] >= 1:
        once = av[1] == 1
        return _needs(av[2], edge and (once or _edge_after_all(av[2], edge)), after and once)
    if op is c.BRANCH:
        best = [_best(_needs(item, edge, after)) for item in av[1]]
        if all(b is not None for b in best):
            return [frozenset().union(*[b for b in best if b is not None])]
    return []


def _edge_after(op: Any, av: Any, edge: bool) -> bool:
    """Whether a word that follows what the node matched is sure to begin there."""
    if op is c.AT:
        return edge or av in (c.AT_BEGINNING, c.AT_BEGINNING_STRING, c.AT_BOUNDARY)
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
    return chars is not None and all(category(ch)[0] in "PSZ" and ch != "_" for ch in chars)


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
    good = [o for o in options if not any(ch.isalpha() or ch == " " for ch in o)]
    return min(good, key=lambda o: (any(ch in _COMMON for ch in o), DIGIT in o, len(o)), default=frozenset())


def _edge_before(op: Any, av: Any) -> bool | None:
    """Whether a word that stands before the node is sure to end there; None if the node may be empty."""
    if op is c.AT:
        return True if av in (c.AT_END, c.AT_END_STRING, c.AT_BOUNDARY) else None
    if op in (c.ASSERT, c.ASSERT_NOT):
        return None
    if op is c.SUBPATTERN:
        return _edge_before_all(av[3])
    if op is c.ATOMIC_GROUP:
        return _edge_before_all(av)
    if op is c.BRANCH:
        parts = [_edge_before_all(item) for item in av[1]]
        return False if False in parts else None if None in parts else True
    if op in _REPEATS:
        inside = _edge_before_all(av[2])
        return None if inside and av[0] == 0 else inside
    chars = _chars(op, av)
    return chars is not None and all(category(ch)[0] in "PSZ" and ch != "_" for ch in chars)


def _edge_before_all(tree: Any) -> bool | None:
    for op, av in tree:
        edge = _edge_before(op, av)
        if edge is not None:
            return edge
    return None
