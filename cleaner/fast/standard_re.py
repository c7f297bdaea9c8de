"""Patterns written for the standard library's `re`, which applies them with the same result as `regex`, only sooner.

`regex` stays the definition: a pattern or a text of which it is not certain that both agree goes to `regex`. Where there is a core,
it does without (`cleaner.fast.programs`).
"""

from __future__ import annotations

import functools

from cleaner.text import patterns
from cleaner.text.fold import lower

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

    from cleaner.rules.syntax import Tree

# Characters that both class alike and fold alike (see tests/fast/test_standard_re.py). Not among them: numbers that are no
# digits, combining marks, scripts that are younger than one of the two, and the letters whose case they disagree on.
_ALIKE = (
    "\t-\r -\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u017e\u0180-\u0235\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u1e00-\u1e95\u1ea0-\u1ef9\u0400-\u045f\u0490\u0491\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2116\u2122\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
    "\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u05d0-\u05ea\u060c\u061b\u061f\u27e6-\u27ff\u2b00-\u2bff\uff01-\uff3e\uff40-\uffdc\u3001-\u3006\u3008-\u3020\u3031-\u3037\u303b-\u3096\u309b-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\U0001f300-\U0001f6ff\U0001f900-\U0001f9ff"
)
_CASED = frozenset({"Lu", "Ll", "Lt"})
_SPECIAL = frozenset("\\^$.|?*+()[]{}-&~# ")


@patterns.late
def unlike() -> re.Pattern[str]:
    """Finds a character that the two may not agree on. (Made late: texts in ASCII do without.)"""
    return patterns.compiled(f"[^{_ALIKE}]")


def fits(text: str) -> bool:
    """Whether both libraries agree on every character of `text`."""
    return text.isascii() or unlike().search(text) is None


def equal(source: str, case: bool) -> tuple[re.Pattern[str], Callable[[str], bool]] | None:
    """A pattern for `re`, and which texts that is certain of; None if it is for `regex` alone."""
    import re

    from cleaner.rules.syntax import UNCASED, UnreadError, read  # late, as all that the core does without

    try:
        found = None if source.startswith(UNCASED) else written(read(source), case)
    except UnreadError:
        return None
    return None if found is None else (re.compile(found), fits)


def written(tree: Tree, case: bool) -> str | None:
    """A pattern as `re` takes it, without flags; None if there is no such.

    It is for texts that `fits` holds for, in lower case (`fold.lower`) unless the pattern minds case.
    """
    return None if _differs(tree, case) else _row(tree, case)


def _differs(tree: Tree, case: bool) -> bool:
    """Whether what is to stand behind may have several lengths: `re` does not know that. Or asks for a case that texts do not have."""
    from cleaner.rules.syntax import Op, inner, width

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
    from cleaner.rules.syntax import REPEATS, Op

    if op is Op.TEXT:
        return "".join([_letter(ord(ch), case) for ch in of])
    if op is Op.IN:
        return _one(of, case)
    if op is Op.ANY:
        return "."
    if op is Op.AT:
        return _places()[of]
    if op is Op.BRANCH:
        return f"(?:{'|'.join([_row(one, case) for one in of])})"
    if op in REPEATS:
        least, most, inner = of
        return f"(?:{_row(inner, case)}){{{least},{most if most < 1 << 31 else ''}}}{_kinds()[op]}"
    if op is Op.GROUP:
        return f"(?:{_row(of, case)})"
    if op is Op.ATOMIC:
        return f"(?>{_row(of, case)})"
    direction, inner = of
    return f"(?{'<' * (direction < 0)}{'=' if op is Op.ASSERT else '!'}{_row(inner, case)})"


@functools.cache
def _places() -> dict[Any, str]:
    from cleaner.rules.syntax import At

    return {At.START: "^", At.END: "$", At.LAST: r"\Z", At.EDGE: r"\b", At.NO_EDGE: r"\B"}


@functools.cache
def _kinds() -> dict[Any, str]:
    from cleaner.rules.syntax import Op

    return {Op.MAX_REPEAT: "", Op.MIN_REPEAT: "?", Op.POSSESSIVE_REPEAT: "+"}


@functools.lru_cache(1 << 12)
def _letter(code: int, case: bool) -> str:
    kin = [code] if case else _forms(code)
    return _escaped(kin[0]) if len(kin) == 1 else f"[{''.join(map(_escaped, kin))}]"


@functools.lru_cache(1 << 12)
def _one(of: Any, case: bool) -> str:
    """A class."""
    from cleaner.fast import code_points
    from cleaner.rules.syntax import Op

    kin = [] if case else _kin(of)
    if any(kind is Op.PROPERTY for kind, _ in of):
        found = code_points.of(Op.IN, (*of, *((Op.LITERAL, code) for code in kin)), True)
        return f"[{_ranges(code_points.common(found, _alike()))}]"
    members = [_member(kind, value) for kind, value in of]
    return f"[{''.join(members)}{''.join(map(_escaped, kin))}]"


def _kin(members: Any) -> list[int]:
    """What the letters of a class stand for besides themselves."""
    from cleaner.rules.syntax import Op

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


def _member(kind: Any, value: Any) -> str:
    from cleaner.rules.syntax import Op

    if kind is Op.NEGATE:
        return "^"
    if kind is Op.CATEGORY:
        return f"\\{value}"
    return _escaped(value) if kind is Op.LITERAL else f"{_escaped(value[0])}-{_escaped(value[1])}"


def _escaped(code: int) -> str:
    ch = chr(code)
    return f"\\{ch}" if ch in _SPECIAL else ch


@functools.cache
def _alike() -> tuple[int, ...]:
    from cleaner.fast import code_points
    from cleaner.rules.syntax import Op, read

    # All of ASCII besides: `re` is asked about any text of that, control characters too.
    [(_, members)] = read(rf"[\x00-\x7f{_ALIKE}]")
    return code_points.of(Op.IN, members, True)


def _ranges(some: tuple[int, ...]) -> str:
    """A set of characters, as a class writes it; nothing is in an empty one."""
    pairs = zip(some[::2], some[1::2], strict=True)
    return "".join(_escaped(a) + (f"-{_escaped(end - 1)}" if end > a + 1 else "") for a, end in pairs) or r"^\s\S"
