"""Texts of which a line that a pattern hits must hold one, read from the pattern's nodes."""

from __future__ import annotations

import functools
import math
import re
from itertools import product

from cleaner.fast.pattern_tree import Kind, Node, Nodes, edge_after, edge_after_all, edge_before_all
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import KEY, WIDE

# How many texts one of which must occur, and how long each is made.
_MOST_NEEDS = 600
_MOST_GROWN = 120
_LONGEST_NEED = 12
EDGE = "\0"  # stands for a word boundary in a need

_WORD = re.compile(r"\w+")
COMMON_MARKS = " .,'-"  # in too many lines to be worth a look
_LIGHT = dict.fromkeys(map(ord, COMMON_MARKS + EDGE))
# Texts of the exact language of a stretch of the pattern; the best stretches are what a line needs.
_Texts = frozenset[str]
_NOTHING: _Texts = frozenset([""])


@functools.lru_cache(1 << 16)
def key_of(text: str) -> str:
    """What of a need to look for first: the longest word whose ends are sure to be a word's ends in the line too.

    Returns the word itself if both its ends are sure; its first `KEY` letters and `*` if only its beginning is, `*`
    and its last `KEY` letters if only its end is. If there is no such word, or a very common one, a mark or a wide
    character of the text; empty if there is none.
    """
    core = text.strip(EDGE)
    best, size = "", 0.0
    for m in _WORD.finditer(core):
        begins = m.start() > 0 or text[0] == EDGE
        ends = m.end() < len(core) or text[-1] == EDGE
        length = len(m[0])
        if begins and ends and (known := 1.0 if m[0] in FUNCTION_WORDS else length) > size:
            best, size = m[0], known
        elif begins and length >= KEY and (known := min(length, KEY + 2) - 0.5) > size:
            best, size = m[0][:KEY] + "*", known
        elif ends and length >= KEY and (known := min(length, KEY + 1) - 0.5) > size:
            best, size = "*" + m[0][-KEY:], known
    if size > 1:
        return best
    marks = [ch for ch in core if not ch.isalnum() and ch not in " _" or ch >= WIDE]
    rare = min(marks, key=lambda ch: (ch in COMMON_MARKS, ch.isascii()), default="")
    return best if not rare or rare in COMMON_MARKS and (best or inside(text)) else rare


def inside(text: str) -> str:
    """The longest part of a need that stands in one word of the line, if it has two letters; else empty."""
    part = max(_WORD.findall(text.strip(EDGE)), key=len, default="")
    return part if len(part) > 1 else ""


def needs_of(nodes: Nodes, most: int) -> tuple[tuple[str, ...], ...]:
    """Up to two sets of at most `most` texts, of each of which one stands wherever `nodes` match; the best first."""
    found = dict.fromkeys(o for o in _needs(nodes, False, False, min(most, _MOST_GROWN)) if len(o) <= most)
    values = {o: value for o in found if (value := _value(o)) > 0}
    options = sorted(values, key=values.__getitem__)
    if not options:
        return ()
    best = options.pop()
    keys = set(map(key_of, best))
    others = [o for o in options if keys.isdisjoint(map(key_of, o))]
    return tuple(map(_shortest, [best, *others[-1:]]))


def _best(options: list[_Texts]) -> _Texts | None:
    best, most = None, 0.0
    for texts in options:
        if (value := _value(texts)) > most:
            best, most = texts, value
    return best


def _value(texts: _Texts) -> float:
    """How much a need spares: more where its texts are rarer together, and where all can be looked for by a key."""
    if not texts or len(texts) > _MOST_NEEDS:
        return 0.0
    keyed = all(map(key_of, texts))
    weakest = min(map(_weight, texts))
    if not weakest or weakest < 2 and not all(key_of(text) or inside(text) for text in texts):
        return 0.0
    return max(0.1, 10 - math.log2(sum(map(_share, texts)))) + 4 * keyed


@functools.lru_cache(1 << 16)
def _share(text: str) -> float:
    """About how many lines of a thousand hold a text."""
    weight = _weight(text)
    if not key_of(text):  # inside of words too
        return float(16000 * 8.0**-weight)
    return 150.0 if weight == 1 else float(40 * 2.0**-weight)


@functools.lru_cache(1 << 16)
def _weight(text: str) -> float:
    """About how rare a text is: letters count, common marks do not, a letter of thousands counts more."""
    if key_of(text) in FUNCTION_WORDS:
        return 1.0
    if text.isascii():
        return len(text.translate(_LIGHT)) + 2 * ("..." in text)
    weight = sum(
        2 if ord(ch) > 0x2000 or (ord(ch) > 127 and not ch.isalnum()) else ch.isalnum() or ch not in COMMON_MARKS + EDGE
        for ch in text
    )
    return weight + 2 * ("..." in text)


def _exact(node: Node) -> _Texts | None:
    """The whole language of one node, if it is small."""
    kind, of = node
    if kind is Kind.TEXT:
        # A NUL that a pattern asks for would be taken for an edge.
        return frozenset([of]) if EDGE not in of else None
    if kind is Kind.CHAR:
        some: _Texts | None = of.some
        return some if some is not None and len(some) <= 12 and EDGE not in some else None
    if kind in (Kind.START, Kind.END, Kind.EDGE):
        return frozenset([EDGE])
    if kind is Kind.CHOICE:
        out: _Texts = frozenset()
        for item in of:
            part = _exact_all(item)
            if part is None or len(out) + len(part) > _MOST_NEEDS:
                return None
            out |= part
        return out
    if kind is Kind.REPEAT:
        least, most, body = of
        one = _exact_all(body) if most <= 4 else None
        if one is None or len(one) ** int(most) > _MOST_GROWN:
            return None
        turns = range(max(1, least), int(most) + 1)
        out = frozenset("".join(x) for n in turns for x in product(one, repeat=n))
        return out | _NOTHING if least == 0 else out
    return None if kind is Kind.UNKNOWN else _NOTHING


def _exact_all(nodes: Nodes) -> _Texts | None:
    out = _NOTHING
    for node in nodes:
        part = _exact(node)
        if part is None or len(out) * len(part) > _MOST_GROWN:
            return None
        out = frozenset(a + b for a in out for b in part)
    return out


def _needs(nodes: Nodes, edge: bool, after: bool, most: int) -> list[_Texts]:
    """Sets of texts, of each of which one stands wherever `nodes` match.

    `edge` says whether a word that they begin with is sure to begin there, `after` whether one that they end with is
    sure to end there; `most` how many texts are put together from parts.
    """
    found: list[_Texts] = []
    run = start = frozenset([EDGE]) if edge else _NOTHING
    for at, node in enumerate(nodes):
        part = _exact(node)
        edge_next = edge_after(node, edge)
        if node[0] is Kind.LOOK:
            found += _needs(node[1], edge, False, most)
        elif part is None:
            if edge_before_all(nodes[at:]):
                run = frozenset(t + EDGE for t in run)
            ends = edge_before_all(nodes[at + 1 :])
            found += [run, *_within(node, edge, after if ends is None else ends, most)]
            run = start = frozenset([EDGE]) if edge_next else _NOTHING
        else:
            if run is not start and (len(run) * len(part) > most or min(map(len, run)) > _LONGEST_NEED):
                found.append(run)
                run = start = frozenset([EDGE]) if edge else _NOTHING
            run = frozenset(a + b for a in run for b in part)
        edge = edge_next
    found.append(frozenset(t + EDGE for t in run) if after else run)
    return [frozenset(_trim(t) for t in texts) for texts in found]


def _trim(text: str) -> str:
    """Word boundaries inside are implied by what stands around them, or not worth asking for."""
    core = text.strip(EDGE).replace(EDGE, "")
    return (EDGE if text.startswith(EDGE) else "") + core + (EDGE if text.endswith(EDGE) and core else "")


def _within(node: Node, edge: bool, after: bool, most: int) -> list[_Texts]:
    """The needs of a node whose language is not small."""
    kind, of = node
    if kind is Kind.REPEAT and of[0] >= 1:
        once = of[1] == 1
        return _needs(of[2], edge and (once or edge_after_all(of[2], edge)), after and once, most)
    if kind is Kind.CHOICE:
        found: set[str] = set()
        for item in of:
            best = _best(_needs(item, edge, after, most))
            if best is None:
                return []
            found |= best
        return [frozenset(found)]
    return []


def _shortest(needs: frozenset[str]) -> tuple[str, ...]:
    """Spare a need where another is a part of it and can be looked for in the same way."""
    by_key: dict[str, list[str]] = {}
    for text in needs:
        by_key.setdefault(key_of(text), []).append(text)
    kept: list[str] = []
    for texts in by_key.values():
        group: list[str] = []
        for text in sorted(texts, key=lambda t: (len(t), t)):
            if not any(t.strip(EDGE) in text for t in group):
                group.append(text)
        kept += group
    return tuple(sorted(kept))
