"""With what a line that a pattern hits can begin, read from the pattern's nodes."""

from __future__ import annotations

from typing import Any

from cleaner.fast.pattern_tree import Kind, Nodes
from cleaner.text.reading import DIGIT, HEAD

# How many beginnings a pattern may have; if it has more, they are made shorter.
_MOST_HEADS = 300


def heads_of(nodes: Nodes) -> set[str] | None:
    """All beginnings of what `nodes` match, or None if they cannot be told (or are too many)."""
    for size in range(HEAD, 1, -1):
        try:
            heads = _Heads(size).of(nodes)
        except OverflowError:
            continue
        return None if "" in heads else _shortest(heads)
    return None


def _shortest(heads: set[str]) -> set[str]:
    """Spare a head where a shorter one covers it."""
    kept: list[str] = []
    for head in sorted(heads):
        if not kept or not head.startswith(kept[-1]):
            kept.append(head)
    return set(kept)


class _Heads:
    """Follows nodes with all beginnings at once. Raises OverflowError if they become too many.

    Attributes:
        closed: heads that do not grow any more: long enough, or cut off by something unknown.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.closed: set[str] = set()

    def of(self, nodes: Nodes) -> set[str]:
        return self.grow({""}, nodes) | self.closed

    def grow(self, heads: set[str], nodes: Nodes) -> set[str]:
        """Follow `nodes` from `heads`. Returns those that go on behind them."""
        for kind, of in nodes:
            if not heads:
                break
            heads = self.step(heads, kind, of)
            if len(heads) + len(self.closed) > _MOST_HEADS:
                raise OverflowError
        return heads

    def step(self, heads: set[str], kind: Kind, of: Any) -> set[str]:
        if kind is Kind.TEXT:
            text = of[: self.size]
            return self.closing({h + text for h in heads} if text.isalpha() else {h + _digits(text) for h in heads})
        if kind is Kind.CHOICE:
            return set().union(*[self.grow(heads, item) for item in of])
        if kind is Kind.REPEAT:
            return self.repeat(heads, *of)
        if kind is Kind.UNKNOWN or kind is Kind.CHAR and of.folded is None:
            self.closed |= heads
            return set()
        if kind is not Kind.CHAR:
            return heads
        if len(heads) * len(of.folded) > _MOST_HEADS:
            raise OverflowError
        return self.closing({h + ch for h in heads for ch in of.folded})

    def closing(self, grown: set[str]) -> set[str]:
        """Close those that are long enough. Returns the others."""
        full = {h for h in grown if len(h) >= self.size}
        self.closed |= {h[: self.size] for h in full}
        return grown - full

    def repeat(self, heads: set[str], least: int, most: int, body: Nodes) -> set[str]:
        out = set(heads) if least == 0 else set()
        # Each turn makes the heads longer, so `size` turns are all that can matter.
        for turn in range(1, min(int(most), self.size) + 1):
            heads = self.grow(heads, body)
            if turn >= min(least, self.size):
                out |= heads
            if not heads:
                break
        return out


def _digits(text: str) -> str:
    return "".join([DIGIT if ch.isdecimal() else ch for ch in text])
