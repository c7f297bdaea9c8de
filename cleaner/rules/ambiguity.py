"""Whether a repeat can read one text in two ways: alternatives that overlap, as in `(a|aa)+`, take exponential time to fail.

The body of the repeat is taken as an automaton (Glushkov's: a state for each character of the pattern) that begins anew at
its end. It is ambiguous if two different ways through it can begin together, read the same text, and meet again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as p  # type: ignore[attr-defined]
from typing import Any

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\|", re.DOTALL)
# A group that is repeated more than a few times: most patterns have none, and need not be looked at.
_LARGE = re.compile(r"\)(?:[*+]|\{(?:\d*,|\d\d))")
# Stands before each alternative but the first, so that the parser does not merge those that begin alike; read as nothing.
_MARK = "\ue000"
# Characters that stand for all others, besides those that a pattern names.
_OTHERS = "aé0_ \n.!-記"
# Inner repeats up to this many are written out, larger ones taken as endless; and so many pairs of states are looked at.
_WRITTEN_OUT, _MOST = 4, 30_000
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT}
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    c.CATEGORY_DIGIT: str.isdigit,
    c.CATEGORY_SPACE: str.isspace,
    c.CATEGORY_WORD: lambda ch: ch.isalnum() or ch == "_",
}
_OPPOSITE = {c.CATEGORY_NOT_DIGIT: c.CATEGORY_DIGIT, c.CATEGORY_NOT_SPACE: c.CATEGORY_SPACE, c.CATEGORY_NOT_WORD: c.CATEGORY_WORD}  # fmt: skip


def overlaps(pattern: str, least: int) -> bool:
    """Whether a repeat of more than `least` times in `pattern`, which the standard library can parse, is ambiguous."""
    if not _LARGE.search(pattern):
        return False
    marked = _TOKEN.sub(lambda m: f"|{_MARK}" if m[0] == "|" else m[0], pattern)
    return any(_Body(body).ambiguous for body in _repeated(p.parse(marked), least))


def _repeated(tree: Any, least: int) -> Iterable[Any]:
    """The bodies of the outermost large repeats that hold a choice."""
    for op, av in tree:
        if op in _REPEATS and av[1] > least and _has_choice(av[2]) and not _looks_around(av[2]):
            yield av[2]
        else:
            for inner in _inner(op, av):
                yield from _repeated(inner, least)


def _inner(op: Any, av: Any) -> Iterable[Any]:
    if op in _REPEATS:
        return (av[2],)
    if op is c.BRANCH:
        return tuple(av[1])
    if op is c.SUBPATTERN:
        return (av[3],)
    return ()  # atomic groups and possessive repeats never try again; look-arounds read nothing


def _has_choice(tree: Any) -> bool:
    return any(op is c.BRANCH or op in _REPEATS or any(map(_has_choice, _inner(op, av))) for op, av in tree)


def _looks_around(tree: Any) -> bool:
    """Whether a look to either side has a word in which way is taken: then nothing is said of it."""
    return any(op in (c.ASSERT, c.ASSERT_NOT) or any(map(_looks_around, _inner(op, av))) for op, av in tree)


class _Body:
    """A repeat's body as an automaton.

    Attributes:
        ambiguous: whether it can read some text in two ways.
    """

    def __init__(self, tree: Any) -> None:
        self._alphabet = sorted({*_OTHERS, *_named(tree)})
        self._reads: list[int] = []  # of each state the characters that lead to it, as bits
        self._next: list[set[int]] = []
        self._twice = False
        first, last, _ = self._sequence(tree)
        self._link(last, first)
        self.ambiguous = self._twice or self._meets()

    def _link(self, last: Iterable[int], first: Iterable[int]) -> None:
        for a in last:
            for b in first:
                self._twice = self._twice or b in self._next[a]
                self._next[a].add(b)

    def _sequence(self, tree: Any) -> tuple[list[int], list[int], bool]:
        """The states that some items in a row may begin and end with, and whether they may read nothing."""
        first: list[int] = []
        last: list[int] = []
        empty = True
        for op, av in tree:
            a, b, skips = self._item(op, av)
            self._link(last, a)
            first += a if empty else []
            last = [*last, *b] if skips else b
            empty = empty and skips
        return first, last, empty

    def _item(self, op: Any, av: Any) -> tuple[list[int], list[int], bool]:
        if op in _REPEATS or op is c.POSSESSIVE_REPEAT:
            return self._repeat(*av)
        if op is c.SUBPATTERN:
            return self._sequence(av[3])
        if op is c.ATOMIC_GROUP:
            return self._sequence(av)
        if op is c.BRANCH:
            parts = [self._sequence(item) for item in av[1]]
            return [i for a, _, _ in parts for i in a], [i for _, b, _ in parts for i in b], any(e for *_, e in parts)
        if op in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN) and not (op is c.LITERAL and chr(av) == _MARK):
            self._reads.append(sum(1 << n for n, ch in enumerate(self._alphabet) if _fits(op, av, ch)))
            self._next.append(set())
            return [len(self._reads) - 1], [len(self._reads) - 1], False
        return [], [], True

    def _repeat(self, fewest: int, most: Any, tree: Any) -> tuple[list[int], list[int], bool]:
        if most is c.MAXREPEAT or most > _WRITTEN_OUT:
            first, last, empty = self._sequence(tree)
            self._link(last, first)
            return first, last, empty or fewest == 0
        # Written out as `a(?:a(?:a)?)?`: each can be left out only with those after it.
        first, last, empty = [], [], True
        before: list[int] = []
        for n in range(most):
            a, b, skips = self._sequence(tree)
            self._link(before, a)
            first += a if empty else []
            before = [*before, *b] if skips else b
            last = [*last, *b] if n >= fewest or skips else b
            empty = empty and skips
        return first, last, empty or fewest == 0

    def _meets(self) -> bool:
        """Whether two ways that part can meet again."""
        states = range(len(self._reads))
        after: dict[tuple[int, int], list[tuple[int, int]]] = {}
        new = [(i, i) for i in states]
        while new:
            pair = new.pop()
            if pair in after:
                continue
            if len(after) > _MOST:
                return False  # not to be told in time: the limit on each line's time is left
            a, b = pair
            after[pair] = found = [
                (x, y) for x in self._next[a] for y in self._next[b] if x <= y and self._reads[x] & self._reads[y]
            ] + [(y, x) for x in self._next[a] for y in self._next[b] if y < x and self._reads[x] & self._reads[y]]
            new += found
        before: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for pair, found in after.items():
            for one in found:
                before.setdefault(one, []).append(pair)
        back: set[tuple[int, int]] = set()
        new = [(i, i) for i in states]
        while new:
            pair = new.pop()
            if pair in back:
                continue
            back.add(pair)
            new += before.get(pair, [])
        return any(a != b for a, b in back)


def _named(tree: Any) -> Iterable[str]:
    """The characters that a pattern names, the ends of ranges among them."""
    for op, av in tree:
        if op in (c.LITERAL, c.NOT_LITERAL):
            yield chr(av).lower()
        elif op is c.IN:
            yield from _named(item for item in av if item[0] is c.LITERAL)
            for kind, value in av:
                if kind is c.RANGE:
                    yield from (chr(end).lower() for end in value)
        elif op is c.POSSESSIVE_REPEAT:
            yield from _named(av[2])
        elif op is c.ATOMIC_GROUP:
            yield from _named(av)
        for inner in _inner(op, av):
            yield from _named(inner)


def _fits(op: Any, av: Any, ch: str) -> bool:
    """Whether one item of a pattern reads a character, capitals taken for small letters."""
    if op is c.ANY:
        return ch != "\n"
    if op in (c.LITERAL, c.NOT_LITERAL):
        return bool((chr(av).lower() == ch) == (op is c.LITERAL))
    negated = bool(av) and av[0][0] is c.NEGATE
    return any(_in_class(kind, value, ch) for kind, value in av if kind is not c.NEGATE) != negated


def _in_class(kind: Any, value: Any, ch: str) -> bool:
    if kind is c.LITERAL:
        return chr(value).lower() == ch
    if kind is c.RANGE:
        return any(value[0] <= ord(one) <= value[1] for one in (ch, ch.upper()[0]))
    if value in _OPPOSITE:
        return not _CATEGORIES[_OPPOSITE[value]](ch)
    return _CATEGORIES[value](ch)
