"""The pattern linter: refuses what could take long on a hostile line, or does not mean what it says."""

from __future__ import annotations

import re
import warnings
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser as p  # type: ignore[attr-defined]
from typing import Any

from cleaner.rules.ambiguity import overlaps

# A bounded repeat up to this many is as cheap as text; wider ones multiply when they meet in one pattern.
NARROW = 40
MAX_WIDE = 4
# So often alternatives that overlap may be repeated: each time the ways to read a text may be twice as many.
MAX_CHOICES = 20
_PROPERTY = re.compile(r"\\[pP]\{[^}]*\}")
_REPEATS = {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}
_ANCHORS = {c.AT_BEGINNING, c.AT_END, c.AT_BEGINNING_STRING, c.AT_END_STRING}


def problems(pattern: str, tree: Any = None) -> list[str]:
    """What is wrong with `pattern` (which must compile under `regex`), each as a reason for a person; empty if safe.

    The check reads the tree that the standard library's parser makes. `\\p{..}` is read as one character; a pattern
    that uses more of `regex` than that parser knows is refused, since nothing can be said of it.

    Args:
        pattern: its source.
        tree: that tree, if it is there already, with a class or a character for each `\\p{..}`.
    """
    if tree is None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = p.parse(_as_class(pattern))
        except (re.error, OverflowError, RecursionError) as e:
            return [f"uses syntax that cannot be checked for safety ({e})"]
    found: list[str] = []
    if _ungrouped(tree):
        found.append("an alternation beside an anchor is not grouped: write ^(?:a|b)$")
    unbounded, wide = _walk(tree, found)
    if not found and overlaps(_as_class(pattern), MAX_CHOICES):
        found.append(
            "alternatives under a repeat overlap, as in (?:a|aa)+: make each begin otherwise, or leave out what others make up"
        )
    if unbounded > 1:
        found.append(f"{unbounded} unbounded repeats; at most one may stand in a pattern: bound them, as in .{{0,80}}")
    if unbounded + wide > MAX_WIDE:
        found.append(f"{unbounded + wide} wide repeats in a row (over {NARROW}); at most {MAX_WIDE}")
    return found


def _as_class(pattern: str) -> str:
    """`\\p{..}` as a class that the standard parser reads: inside brackets too, so without brackets of its own."""
    return _PROPERTY.sub(r"\\w", pattern)


def _ungrouped(tree: Any) -> bool:
    if len(tree) != 1 or tree[0][0] is not c.BRANCH:
        return False
    anchors = [frozenset(av for op, av in item if op is c.AT and av in _ANCHORS) for item in tree[0][1][1]]
    return len(set(anchors)) > 1


def _walk(tree: Any, found: list[str], depth: int = 0) -> tuple[int, int]:
    """Count (unbounded, wide) repeats on the worst path through `tree`; `depth` is how many repeats enclose it."""
    unbounded = wide = 0
    for op, av in tree.data:  # a list: to walk through `tree` itself takes several times as long
        if op in _REPEATS:
            _, most, body = av
            if most <= 1:
                u, w = _walk(body, found, depth)
                unbounded, wide = unbounded + u, wide + w
                continue
            u, w = _walk(body, found, depth + 1)
            # The view folds spaces, so a run of them is one character however it is written.
            is_unbounded = most is c.MAXREPEAT and not _is_space(body)
            if (is_unbounded or most > 8) and (u or w):
                found.append("a repeat inside a repeat can take exponential time")
            if is_unbounded and _can_be_empty(body):
                found.append("an unbounded repeat of something that may be empty")
            unbounded += u + is_unbounded
            wide += w + (most is not c.MAXREPEAT and most > NARROW)
        elif op is c.BRANCH:
            worst = [_walk(item, found, depth) for item in av[1]]
            unbounded += max(u for u, _ in worst)
            wide += max(w for _, w in worst)
        elif op is c.SUBPATTERN:
            u, w = _walk(av[3], found, depth)
            unbounded, wide = unbounded + u, wide + w
        elif op is c.ATOMIC_GROUP:
            u, w = _walk(av, found, depth)
            unbounded, wide = unbounded + u, wide + w
        elif op in (c.ASSERT, c.ASSERT_NOT):
            u, w = _walk(av[1], found, depth)
            unbounded, wide = unbounded + u, wide + w
        elif op in (c.GROUPREF, c.GROUPREF_EXISTS, c.GROUPREF_IGNORE):
            found.append("a back-reference cannot be bounded in time")
    return unbounded, wide


def _can_be_empty(tree: Any) -> bool:
    return bool(tree.getwidth()[0] == 0)


def _is_space(tree: Any) -> bool:
    return len(tree) == 1 and tree[0] in ((c.IN, [(c.CATEGORY, c.CATEGORY_SPACE)]), (c.LITERAL, 32))
