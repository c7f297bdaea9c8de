"""What a pattern says: the part of `regex`'s syntax that packs are written in, read into a tree.

Linter, gates and the core's programs all read the same tree. What is not in this part (back-references, flags, sets of sets,
fuzzy matching) is `UnreadError`: the linter refuses it, since nothing can be said of it.
"""

from __future__ import annotations

import re
from enum import IntEnum, auto
from typing import Any

# The most that a repeat without end is said to take.
ENDLESS = (1 << 32) - 1
# At the head of a pattern: it ignores case, whatever its rule says.
UNCASED = "(?i)"
_DEEPEST = 50


class Op(IntEnum):
    """What a node is; beside it, what comes with it."""

    TEXT = auto()  # a text of one character or more
    ANY = auto()  # any character but a line feed; None
    IN = auto()  # one character of a class: a tuple of members, `NEGATE` first if it is one of the others
    BRANCH = auto()  # the trees of its alternatives
    GROUP = auto()  # a tree
    ATOMIC = auto()  # a tree, whose first reading is kept
    MAX_REPEAT = auto()  # least, most, tree: as often as can be
    MIN_REPEAT = auto()  # as seldom
    POSSESSIVE_REPEAT = auto()  # as often as can be, and that is kept
    AT = auto()  # an `At`
    ASSERT = auto()  # 1 (ahead) or -1 (behind), tree
    ASSERT_NOT = auto()
    # Members of a class.
    LITERAL = auto()  # a code point
    NEGATE = auto()  # None
    RANGE = auto()  # first and last code point
    CATEGORY = auto()  # one of `dswDSW`
    PROPERTY = auto()  # the name in `\p{…}`, and whether it is `\P{…}`


Node = tuple[Op, Any]
Tree = list[Node]


class At(IntEnum):
    """A place that takes no character."""

    START = auto()  # of the text
    END = auto()  # of the text, or before the line feed that ends it
    LAST = auto()  # the very end
    EDGE = auto()  # of a word
    NO_EDGE = auto()


REPEATS = frozenset({Op.MAX_REPEAT, Op.MIN_REPEAT, Op.POSSESSIVE_REPEAT})
_CHARACTERS = frozenset({Op.ANY, Op.IN})
_PLACES = {"A": At.START, "b": At.EDGE, "B": At.NO_EDGE, "Z": At.LAST}
_CONTROLS = {"a": 7, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_SPECIAL = frozenset("\\^$.|?*+()[]{}-&~# ")
_NAME = re.compile(r"\?P?<\w+>")
_HEX = {"x": 2, "u": 4, "U": 8}
# Characters that stand for themselves, and are not repeated.
_PLAIN = re.compile(r"[^\\\[(){}|.^$*+?]+(?![*+?{])")
_COUNTED = re.compile(r"\{(?:(\d+)|(\d*)(,)(\d*))\}")
_POSIX = re.compile(r":\^?\w+:\]")
_NAMED = re.compile(r"\{(\^?)(\w+)\}")
_OPENINGS = {"?:": (Op.GROUP, 0), "?>": (Op.ATOMIC, 0), "?=": (Op.ASSERT, 1), "?!": (Op.ASSERT_NOT, 1), "?<=": (Op.ASSERT, -1), "?<!": (Op.ASSERT_NOT, -1)}  # fmt: skip


class UnreadError(ValueError):
    """A pattern holds something that is not in the part of the syntax that is read. The text says what, to a person."""


class BackReferenceError(UnreadError):
    """A pattern refers to what a group of it matched."""


def read(source: str) -> Tree:
    """The tree of a pattern that compiles under `regex`; whether it begins with `UNCASED` is not in it.

    Raises:
        UnreadError: it is not well-formed, or holds what is not read here.
    """
    reader = _Reader(source)
    if source.startswith(UNCASED):
        reader.at = len(UNCASED)
    tree = reader.alternatives(0)
    if reader.at < len(source):
        raise UnreadError("a parenthesis closes nothing")
    return tree


def width(tree: Tree) -> tuple[int, int]:
    """How many characters what `tree` matches has: at least, at most (`ENDLESS` or more: no limit)."""
    least = most = 0
    for op, of in tree:
        if op is Op.TEXT:
            a = b = len(of)
        elif op in _CHARACTERS:
            a, b = 1, 1
        elif op is Op.BRANCH:
            ends = [width(one) for one in of]
            a, b = min(a for a, _ in ends), max(b for _, b in ends)
        elif op in REPEATS:
            a, b = width(of[2])
            a, b = a * of[0], min(b * of[1], ENDLESS)
        elif op in (Op.GROUP, Op.ATOMIC):
            a, b = width(of)
        else:
            a, b = 0, 0
        least, most = least + a, min(most + b, ENDLESS)
    return least, most


def written(kind: Op, value: Any) -> str:
    """A member of a class, as a pattern has it."""
    if kind is Op.NEGATE:
        return "^"
    if kind is Op.CATEGORY:
        return f"\\{value}"
    if kind is Op.PROPERTY:
        return rf"\{'P' if value[1] else 'p'}{{{value[0]}}}"
    return "-".join(map(escaped, value if kind is Op.RANGE else (value,)))


def escaped(code: int) -> str:
    """A character that stands for itself, in a class or out of one, whatever it is."""
    ch = chr(code)
    return f"\\{ch}" if ch in _SPECIAL else ch


def inner(op: Op, of: Any) -> list[Tree]:
    """The trees inside a node."""
    if op in REPEATS:
        return [of[2]]
    if op in (Op.GROUP, Op.ATOMIC):
        return [of]
    if op in (Op.ASSERT, Op.ASSERT_NOT):
        return [of[1]]
    return list(of) if op is Op.BRANCH else []


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self.at = 0

    def alternatives(self, depth: int) -> Tree:
        """Alternatives up to a closing parenthesis, or the end."""
        if depth > _DEEPEST:
            raise UnreadError(f"groups stand more than {_DEEPEST} deep in one another")
        found = [self._row(depth)]
        while self._next("|"):
            found.append(self._row(depth))
        return found[0] if len(found) == 1 else [(Op.BRANCH, found)]

    def _row(self, depth: int) -> Tree:
        found: Tree = []
        while self.at < len(self._source) and self._source[self.at] not in "|)":
            if m := _PLAIN.match(self._source, self.at):
                self.at = m.end()
                found.append((Op.TEXT, m[0]))
            else:
                found.append(self._repeated(self._one(depth)))
            if len(found) > 1 and found[-1][0] is found[-2][0] is Op.TEXT:
                found[-2:] = [(Op.TEXT, found[-2][1] + found[-1][1])]
        return found

    def _one(self, depth: int) -> Node:
        ch = self._take()
        if ch == "(":
            return self._group(depth)
        if ch == "[":
            return self._class()
        if ch == "\\":
            return self._escape()
        if ch in "*+?":
            raise UnreadError(f"`{ch}` repeats nothing")
        if ch == "{" and self._source[self.at : self.at + 1].isalpha():
            raise UnreadError("fuzzy matching is not read")
        return {".": (Op.ANY, None), "^": (Op.AT, At.START), "$": (Op.AT, At.END)}.get(ch) or (Op.TEXT, ch)

    def _group(self, depth: int) -> Node:
        op, direction = Op.GROUP, 0
        if name := _NAME.match(self._source, self.at):
            self.at = name.end()
        elif self._source.startswith("?", self.at):
            opening = next((o for o in _OPENINGS if self._source.startswith(o, self.at)), None)
            if self._source.startswith("?P=", self.at):
                raise BackReferenceError("a back-reference cannot be bounded in time")
            if opening is None:
                raise UnreadError(f"a group that begins with `({self._source[self.at : self.at + 2]}` is not read")
            op, direction = _OPENINGS[opening]
            self.at += len(opening)
        tree = self.alternatives(depth + 1)
        if not self._next(")"):
            raise UnreadError("a parenthesis is not closed")
        return op, (direction, tree) if direction else tree

    def _repeated(self, node: Node) -> Node:
        while True:
            least, most = self._count()
            if most < 0:
                return node
            if node[0] is Op.AT or node[0] in REPEATS:
                raise UnreadError("what is repeated there cannot be")
            op = Op.MIN_REPEAT if self._next("?") else Op.POSSESSIVE_REPEAT if self._next("+") else Op.MAX_REPEAT
            node = op, (least, most, node[1] if node[0] is Op.GROUP else [node])

    def _count(self) -> tuple[int, int]:
        """How often what stands before is repeated; a most below 0: it is not."""
        for sign, least, most in (("*", 0, ENDLESS), ("+", 1, ENDLESS), ("?", 0, 1)):
            if self._next(sign):
                return least, most
        m = _COUNTED.match(self._source, self.at)
        if not m or m[0] == "{,}":
            if self._source.startswith("{", self.at) and self._source[self.at + 1 : self.at + 2].isalpha():
                raise UnreadError("fuzzy matching is not read")
            return 0, -1
        self.at = m.end()
        least, most = (int(m[1]), int(m[1])) if m[1] else (int(m[2] or 0), int(m[4]) if m[4] else ENDLESS)
        if least > most:
            raise UnreadError(f"`{m[0]}` asks for more than it allows")
        return least, most

    def _escape(self) -> Node:
        ch = self._take()
        if ch in _PLACES:
            return Op.AT, _PLACES[ch]
        op, of = self._member(ch)
        return (Op.TEXT, chr(of)) if op is Op.LITERAL else (Op.IN, ((op, of),))

    def _member(self, ch: str) -> Node:
        """What an escape stands for, inside a class or out of it."""
        if ch in "dswDSW":
            return Op.CATEGORY, ch
        if ch in "pP":
            m = _NAMED.match(self._source, self.at)
            if not m:
                raise UnreadError(rf"`\{ch}` has no name in braces")
            self.at = m.end()
            return Op.PROPERTY, (m[2], (ch == "P") != bool(m[1]))
        if ch in _HEX:
            digits = self._source[self.at : self.at + _HEX[ch]]
            if len(digits) < _HEX[ch] or not re.fullmatch("[0-9a-fA-F]+", digits) or int(digits, 16) > 0x10FFFF:
                raise UnreadError(rf"`\{ch}` is not followed by {_HEX[ch]} digits")
            self.at += _HEX[ch]
            return Op.LITERAL, int(digits, 16)
        if ch in _CONTROLS:
            return Op.LITERAL, _CONTROLS[ch]
        if ch in "123456789":
            raise BackReferenceError("a back-reference cannot be bounded in time")
        if ch.isascii() and ch.isalnum():
            raise UnreadError(rf"`\{ch}` is not read")
        return Op.LITERAL, ord(ch)

    def _class(self) -> Node:
        found: Tree = []
        if self._next("^"):
            found.append((Op.NEGATE, None))
        first = True
        while first or not self._next("]"):
            first = False
            op, of = self._of_class()
            if (
                op is Op.LITERAL
                and self._source.startswith("-", self.at)
                and self._source[self.at + 1 : self.at + 2] != "]"
            ):
                self.at += 1
                kind, last = self._of_class()
                if kind is not Op.LITERAL or last < of:
                    raise UnreadError("a range in brackets has no end, or ends before it begins")
                op, of = Op.RANGE, (of, last)
            found.append((op, of))
        return Op.IN, tuple(found)

    def _of_class(self) -> Node:
        ch = self._take()
        if ch == "\\":
            ch = self._take()
            return (Op.LITERAL, 8) if ch == "b" else self._member(ch)
        # Sets of sets, as `regex` has them in its newer version: it warns of them.
        if ch == "[" and _POSIX.match(self._source, self.at) or ch in "-&|~" and self._source.startswith(ch, self.at):
            raise UnreadError("sets of sets are not read")
        return Op.LITERAL, ord(ch)

    def _take(self) -> str:
        if self.at >= len(self._source):
            raise UnreadError("it ends where more is to come")
        self.at += 1
        return self._source[self.at - 1]

    def _next(self, sign: str) -> bool:
        """Whether that stands here; then it is taken."""
        found = self._source.startswith(sign, self.at)
        self.at += found
        return found
