"""With what a line that a pattern hits can begin, read from the pattern's parse tree."""

from __future__ import annotations

from re import _constants as c  # type: ignore[attr-defined]
from typing import Any

from cleaner.fast.pattern_tree import REPEATS, chars, group
from cleaner.text.reading import DIGIT, HEAD

# How many beginnings a pattern may have; if it has more, they are made shorter.
_MOST_HEADS = 1200


def heads_of(tree: Any) -> set[str] | None:
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
        if (inner := group(op, av)) is not None:
            return self.grow(heads, inner)
        if op is c.BRANCH:
            return set().union(*[self.grow(heads, item) for item in av[1]])
        if op in REPEATS:
            return self.repeat(heads, av)
        some = chars(op, av, digits=True)
        if some is None:
            self.closed |= heads
            return set()
        folded = {DIGIT if ch.isdecimal() else ch for ch in some}
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
