"""Sets of code points, as `regex` has the classes of patterns: ranges, one after the other."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from cleaner.rules.syntax import Op, written

# Where each range begins and where it ends, the end not being in it; in order, and none touches the next.
Ranges = tuple[int, ...]
_END = 0x110000
# Letters that are a form of one in ASCII, where `regex` has rules of its own.
_ODD = "İıſK"


def of(node: Op, what: Any, case: bool) -> Ranges:
    """The characters that a node of one character matches, in a pattern that minds case or not."""
    if node is Op.LITERAL:
        return literal(what, case)
    return other_than((10, 11)) if node is Op.ANY else _members(what, case)


@functools.lru_cache(1 << 14)
def literal(code: int, case: bool) -> Ranges:
    """A letter, or all that are the same letter."""
    return (code, code + 1) if case else joined(chain.from_iterable((k, k + 1) for k in kin(code)))


@functools.lru_cache(1 << 12)
def _members(members: tuple[tuple[Op, Any], ...], case: bool) -> Ranges:
    negated = members[0][0] is Op.NEGATE
    some = members[negated:]
    if len(some) == 1 and some[0][0] in (Op.CATEGORY, Op.PROPERTY):
        found = _member(*some[0], case)  # `regex` ignores case in a property only where it stands alone
        return other_than(found) if negated else found
    found = joined(chain.from_iterable(_member(kind, value, True) for kind, value in some))
    if not case:
        found = _closed(found)
    if negated:
        found = other_than(found)
    return found if case else _with_odd(found, members)


def _member(kind: Op, value: Any, case: bool) -> Ranges:
    if kind is Op.LITERAL:
        return value, value + 1
    if kind is Op.RANGE:
        return value[0], value[1] + 1
    if kind is Op.CATEGORY:
        some, other = _asked(rf"\{value.lower()}", case), value.isupper()
    else:
        some, other = _asked(rf"\p{{{value[0]}}}", case), value[1]
    return other_than(some) if other else some


def _with_odd(some: Ranges, members: tuple[tuple[Op, Any], ...]) -> Ranges:
    """A set in which the letters that no rule holds for are as `regex` has them."""
    import regex

    source = "".join(map(written, *zip(*members, strict=True)))
    inside = set(map(ord, regex.findall(f"[{source}]", _ODD, regex.IGNORECASE)))
    wrong = [code for code in map(ord, _ODD) if holds(some, code) != (code in inside)]
    for code in wrong:
        some = (
            joined((*some, code, code + 1))
            if code in inside
            else other_than(joined((*other_than(some), code, code + 1)))
        )
    return some


def joined(pairs: Iterable[int]) -> Ranges:
    """Ranges in any order, as one set."""
    some = list(pairs)
    found: list[int] = []
    for first, end in sorted(zip(some[::2], some[1::2], strict=True)):
        if found and first <= found[-1]:
            found[-1] = max(found[-1], end)
        else:
            found += (first, end)
    return tuple(found)


def other_than(some: Ranges) -> Ranges:
    """All characters that are not in a set."""
    found = [0, *some, _END]
    if found[1] == 0:
        found = found[2:]
    if len(found) > 1 and found[-2] == _END:
        found = found[:-2]
    return tuple(found)


def common(one: Ranges, other: Ranges) -> Ranges:
    """The characters that are in both sets."""
    return other_than(joined((*other_than(one), *other_than(other))))


def holds(some: Ranges, code: int) -> bool:
    """Whether a character is in a set."""
    return bisect_right(some, code) % 2 == 1


@functools.cache
def _asked(source: str, case: bool) -> Ranges:
    """A class as `regex` has it."""
    import regex

    found = regex.finditer(f"(?:{source})+", _everything(), 0 if case else regex.IGNORECASE)
    return tuple(chain.from_iterable(m.span() for m in found))


@functools.cache
def _everything() -> str:
    return "".join(map(chr, range(_END)))


# --- case ------------------------------------------------------------------------------------------------------------


def kin(code: int) -> Sequence[int]:
    """The characters that a letter of a pattern stands for where case is ignored, in order."""
    return _kin().get(code, (code,))


@functools.cache
def _kin() -> dict[int, tuple[int, ...]]:
    """Each letter that has other forms, with all of them, as `regex` has them."""
    import regex

    cased = regex.compile(r"[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]").findall(_everything())
    text = "".join(cased)
    return {ord(ch): tuple(map(ord, regex.findall(f"\\U{ord(ch):08x}", text, regex.IGNORECASE))) for ch in cased}


@functools.cache
def _cased() -> list[int]:
    return sorted(_kin())


def _closed(some: Ranges) -> Ranges:
    """A set with the other forms of its letters."""
    cased, more = _cased(), []
    for first, end in zip(some[::2], some[1::2], strict=True):
        for code in cased[bisect_left(cased, first) : bisect_left(cased, end)]:
            more += [k for k in kin(code) if not first <= k < end]
    return joined((*some, *chain.from_iterable((k, k + 1) for k in more))) if more else some
