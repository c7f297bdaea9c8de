"""Patterns written as `re` takes them: for texts of which `standard_re.fits` says that it agrees with `regex`."""

from __future__ import annotations

import functools
from typing import Any

from cleaner.fast import code_points
from cleaner.fast.standard_re import ALIKE
from cleaner.rules.syntax import REPEATS, At, Op, Tree, escaped, inner, read, width
from cleaner.rules.syntax import written as member
from cleaner.text.fold import lower

_PLACES = {At.START: "^", At.END: "$", At.LAST: r"\Z", At.EDGE: r"\b", At.NO_EDGE: r"\B"}
_KINDS = {Op.MAX_REPEAT: "", Op.MIN_REPEAT: "?", Op.POSSESSIVE_REPEAT: "+"}
_CASED = frozenset({"Lu", "Ll", "Lt"})


def written(tree: Tree, case: bool) -> str | None:
    """A pattern as `re` takes it, without flags; None if there is no such.

    It is for texts that `fits` holds for, in lower case (`fold.lower`) unless the pattern minds case.
    """
    return None if _differs(tree, case) else _row(tree, case)


def _differs(tree: Tree, case: bool) -> bool:
    """Whether what is to stand behind may have several lengths: `re` does not know that. Or asks for a case that texts do not have."""
    for op, of in tree:
        if op is Op.IN and not case and any(kind is Op.PROPERTY and value[0] in _CASED for kind, value in of):
            return True
        if op in (Op.ASSERT, Op.ASSERT_NOT) and of[0] < 0 and len(set(width(of[1]))) > 1:
            return True
        if any(_differs(one, case) for one in inner(op, of)):
            return True
    return False


def _row(tree: Tree, case: bool) -> str:
    return "".join([_node(op, of, case) for op, of in tree])


def _node(op: Any, of: Any, case: bool) -> str:
    if op is Op.TEXT:
        return "".join([_letter(ord(ch), case) for ch in of])
    if op is Op.IN:
        return _one(of, case)
    if op is Op.ANY:
        return "."
    if op is Op.AT:
        return _PLACES[of]
    if op is Op.BRANCH:
        return f"(?:{'|'.join([_row(one, case) for one in of])})"
    if op in REPEATS:
        least, most, part = of
        return f"(?:{_row(part, case)}){{{least},{most if most < 1 << 31 else ''}}}{_KINDS[op]}"
    if op is Op.GROUP:
        return f"(?:{_row(of, case)})"
    if op is Op.ATOMIC:
        return f"(?>{_row(of, case)})"
    direction, part = of
    return f"(?{'<' * (direction < 0)}{'=' if op is Op.ASSERT else '!'}{_row(part, case)})"


@functools.lru_cache(1 << 12)
def _letter(code: int, case: bool) -> str:
    kin = [code] if case else _forms(code)
    return escaped(kin[0]) if len(kin) == 1 else f"[{''.join(map(escaped, kin))}]"


@functools.lru_cache(1 << 12)
def _one(of: Any, case: bool) -> str:
    """A class."""
    kin = [] if case else _kin(of)
    if any(kind is Op.PROPERTY for kind, _ in of):
        found = code_points.of(Op.IN, (*of, *((Op.LITERAL, code) for code in kin)), True)
        return f"[{_ranges(code_points.common(found, _alike()))}]"
    members = [member(kind, value) for kind, value in of]
    return f"[{''.join(members)}{''.join(map(escaped, kin))}]"


def _kin(members: Any) -> list[int]:
    """What the letters of a class stand for besides themselves."""
    codes: set[int] = set()
    for kind, value in members:
        if kind is Op.LITERAL:
            codes.add(value)
        elif kind is Op.RANGE:
            codes.update(range(value[0], value[1] + 1))
    return sorted({k for code in codes for k in _forms(code)} - codes)


def _forms(code: int) -> list[int]:
    """The alike small letters that are one with that one where case is ignored: text has no others."""
    return _by_capital().get(chr(code).upper(), [code])


@functools.cache
def _by_capital() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    some = _alike()
    for first, end in zip(some[::2], some[1::2], strict=True):
        for code in range(first, end):
            ch = chr(code)
            if (ch.upper() != ch or ch.lower() != ch) and lower(ch) == ch:
                found.setdefault(ch.upper(), []).append(code)
    return found


@functools.cache
def _alike() -> tuple[int, ...]:
    # All of ASCII besides: `re` is asked about any text of that, control characters too.
    [(_, members)] = read(rf"[\x00-\x7f{ALIKE}]")
    return code_points.of(Op.IN, members, True)


def _ranges(some: tuple[int, ...]) -> str:
    """A set of characters, as a class writes it; nothing is in an empty one."""
    pairs = zip(some[::2], some[1::2], strict=True)
    return "".join(escaped(a) + (f"-{escaped(end - 1)}" if end > a + 1 else "") for a, end in pairs) or r"^\s\S"
