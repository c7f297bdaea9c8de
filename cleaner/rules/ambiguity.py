"""Whether a repeat can read one text in two ways: alternatives that overlap, as in `(a|aa)+`, take exponential time to fail.

The body of the repeat is taken as an automaton (Glushkov's: a state for each character of the pattern) that begins anew at
its end. It is ambiguous if two different ways through it can begin together, read the same text, and meet again. What only looks
to either side (`(?=a)`) is taken to be so: where that alone tells two ways apart, the pattern can be written without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cleaner.rules.syntax import ENDLESS, REPEATS, Op, Tree, inner

# Characters that stand for all others, besides those that a pattern names.
_OTHERS = "aé0_ \n.!-記"
# Inner repeats up to this many are written out, larger ones taken as endless; and so many pairs of states are looked at.
_WRITTEN_OUT, _MOST = 4, 30_000
_RETRIED = frozenset({Op.MAX_REPEAT, Op.MIN_REPEAT})
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "d": str.isdigit,
    "s": str.isspace,
    "w": lambda ch: ch.isalnum() or ch == "_",
}


def overlaps(tree: Tree, least: int) -> bool:
    """Whether a repeat of more than `least` times in a pattern is ambiguous."""
    return any(_Body(body).ambiguous for body in _repeated(tree, least))


def _repeated(tree: Tree, least: int) -> Iterable[Tree]:
    """The bodies of the outermost large repeats that hold a choice."""
    for op, of in tree:
        if op in _RETRIED and of[1] > least and _has_choice(of[2]):
            yield of[2]
        else:
            for one in _retried(op, of):
                yield from _repeated(one, least)


def _retried(op: Op, of: Any) -> Iterable[Tree]:
    """The trees inside a node; atomic groups and possessive repeats never try again; look-arounds read nothing."""
    return inner(op, of) if op in _RETRIED or op is Op.BRANCH or op is Op.GROUP else ()


def _has_choice(tree: Tree) -> bool:
    return any(op is Op.BRANCH or op in _RETRIED or any(map(_has_choice, _retried(op, of))) for op, of in tree)


class _Body:
    """A repeat's body as an automaton.

    Attributes:
        ambiguous: whether it can read some text in two ways.
    """

    def __init__(self, tree: Tree) -> None:
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

    def _sequence(self, tree: Tree) -> tuple[list[int], list[int], bool]:
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

    def _item(self, op: Op, av: Any) -> tuple[list[int], list[int], bool]:
        if op in REPEATS:
            return self._repeat(*av)
        if op is Op.GROUP or op is Op.ATOMIC:
            return self._sequence(av)
        if op is Op.BRANCH:
            parts = [self._sequence(item) for item in av]
            return [i for a, _, _ in parts for i in a], [i for _, b, _ in parts for i in b], any(e for *_, e in parts)
        if op is Op.TEXT:
            return self._text(av)
        if op in (Op.ANY, Op.IN):
            self._reads.append(sum(1 << n for n, ch in enumerate(self._alphabet) if _fits(op, av, ch)))
            self._next.append(set())
            return [len(self._reads) - 1], [len(self._reads) - 1], False
        return [], [], True

    def _text(self, text: str) -> tuple[list[int], list[int], bool]:
        first = len(self._reads)
        for at, ch in enumerate(text.lower() if len(text.lower()) == len(text) else text):
            self._reads.append(1 << self._alphabet.index(ch))
            self._next.append({first + at + 1} if at + 1 < len(text) else set())
        return [first], [len(self._reads) - 1], False

    def _repeat(self, fewest: int, most: Any, tree: Tree) -> tuple[list[int], list[int], bool]:
        if most >= ENDLESS or most > _WRITTEN_OUT:
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


def _named(tree: Tree) -> Iterable[str]:
    """The characters that a pattern names, the ends of ranges among them."""
    for op, of in tree:
        if op is Op.TEXT:
            yield from of.lower() if len(of.lower()) == len(of) else of
        elif op is Op.IN:
            for kind, value in of:
                if kind is Op.LITERAL or kind is Op.RANGE:
                    yield from (chr(end).lower() for end in (value if kind is Op.RANGE else (value,)))
        elif op not in (Op.ASSERT, Op.ASSERT_NOT):
            for one in inner(op, of):
                yield from _named(one)


def _fits(op: Op, of: Any, ch: str) -> bool:
    """Whether one item of a pattern reads a character, capitals taken for small letters."""
    if op is Op.ANY:
        return ch != "\n"
    negated: bool = of[0][0] is Op.NEGATE
    return any(_in_class(kind, value, ch) for kind, value in of if kind is not Op.NEGATE) != negated


def _in_class(kind: Op, value: Any, ch: str) -> bool:
    if kind is Op.LITERAL:
        return chr(value).lower() == ch
    if kind is Op.RANGE:
        first, last = value
        return any(first <= ord(one) <= last for one in (ch, ch.upper()[0]))
    if kind is Op.PROPERTY:
        return _CATEGORIES["w"](ch)  # as wide as most are
    name: str = value
    return _CATEGORIES[name.lower()](ch) != name.isupper()
