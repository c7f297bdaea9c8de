"""Patterns as programs for the core (`core/program.c`, where it is said what each instruction does).

A program reads symbols (`cleaner.fast.symbols`), not characters. What `regex` would find first is what the program finds: it
tries the same ways in the same order. Patterns that cannot be written so have none, and `regex` applies them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum, auto
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.fast import code_points
from cleaner.fast.symbols import Symbols
from cleaner.rules.syntax import (
    ENDLESS,
    REPEATS,
    UNCASED,
    At,
    Node,
    Op,
    Tree,
    UnreadError,
    in_common,
    inner,
    read,
    width,
)

if TYPE_CHECKING:
    from cleaner.fast.code_points import Ranges

# Repeats of so many nodes in all are written out; larger ones are counted, so many in a pattern.
_SHORT = 12
_MOST_COUNTERS = 32
# A program that would be longer than so many words is not written.
_LONGEST = 20_000
# Every pattern's sets begin with these.
_WORD = code_points.of(Op.IN, ((Op.CATEGORY, "w"),), True)
_LINE_FEED = (10, 11)
_ALWAYS = (_WORD, _LINE_FEED)
_ONE = frozenset({Op.ANY, Op.IN})
# Of a program's second word: how it begins.
ANYWHERE, AT_START = 0, 1
UNCASED_SYMBOLS, CASED_TEXT = 2, 4


class Do(IntEnum):
    """Instructions. Checked against `core/program.c` by tests/fast/test_programs.py."""

    MATCH = 0
    CHAR = auto()  # symbol
    TEXT = auto()  # how many, symbols
    SET = auto()  # set
    SPLIT = auto()  # where to go on if what follows fails
    SPLIT_LATER = auto()  # where to go on; if that fails, here
    JUMP = auto()  # where to
    RUN = auto()  # set, least, most: as many as can be
    RUN_LAZY = auto()  # as few
    RUN_KEPT = auto()  # as many, for good
    START = auto()
    END = auto()
    LAST = auto()
    EDGE = auto()
    NO_EDGE = auto()
    LOOK = auto()  # 1: it must not match; how many symbols back; where to go on. What is looked for follows
    KEEP = auto()  # where to go on. What is matched for good follows
    CASE = auto()  # symbol, where to go on if that is not here; if it is, for good
    OR_CHAR = auto()  # symbol, where to go on if it is not here, or what follows fails
    OR_SET = auto()  # set, the same; the character is not taken
    SWITCH = auto()  # how many, where to go on if none of them is here, and of each a symbol and where to go on, in the order of symbols: the one that is here is taken, for good
    COUNT = auto()  # counter: it begins at none
    AGAIN = auto()  # counter, least, most, where to go on: once more if need be or if it can be, as often as can be
    AGAIN_LAZY = auto()  # the same, as seldom


_AT = {At.START: Do.START, At.END: Do.END, At.LAST: Do.LAST, At.EDGE: Do.EDGE, At.NO_EDGE: Do.NO_EDGE}


class Programs(NamedTuple):
    """Programs of some patterns, as the core reads them: numbers of 32 bits, symbols of 16, sets in words of 64.

    Attributes:
        code: all programs, one after the other.
        starts: where each begins, one for each pattern; 0: there is none.
        cased_pages: of patterns that mind case (see `Symbols`).
        cased_rows: the same.
        cased_sets: the same.
        pages: of others.
        rows: the same.
        sets: the same.
        sizes: bytes of a set, of either.
    """

    code: bytes
    starts: bytes
    cased_pages: bytes
    cased_rows: bytes
    cased_sets: bytes
    pages: bytes
    rows: bytes
    sets: bytes
    sizes: tuple[int, int]


def programs_of(patterns: Iterable[tuple[str, bool]], tree_of: Callable[[str], Tree | None] | None = None) -> Programs:
    """The programs of patterns, in their order, given the source of each and whether it minds case.

    Args:
        patterns: the patterns.
        tree_of: gives the tree of a source, or None if it is not read; by default it is read here.
    """
    given = tree_of or _tree
    return programs([(given(source), case, case and not source.startswith(UNCASED)) for source, case in patterns])


def _tree(source: str) -> Tree | None:
    try:
        return read(source)
    except UnreadError:
        return None


def programs(trees: Sequence[tuple[Tree | None, bool, bool]]) -> Programs:
    """The programs of patterns, in their order: given the tree of each (None: it was not read), whether it is for the text as cased,
    and whether it minds case."""
    asked: tuple[dict[Node, None], dict[Node, None]] = {}, {}
    for tree, _, case in trees:
        _collect(tree or (), asked[not case])
    symbols = tuple(
        Symbols([*_ALWAYS, *(code_points.of(*node, case) for node in nodes)])
        for nodes, case in zip(asked, (True, False), strict=True)
    )
    for some in symbols:
        for one in _ALWAYS:
            some.number(some.of(one))
    code = array("I", [Do.MATCH])
    starts = array("I")
    for tree, cased_text, case in trees:
        at = 0
        if tree is not None:
            try:
                written = _Writer(symbols[not case], case, len(code)).program(tree, cased_text)
            except UnreadError:
                pass
            else:
                at = len(code)
                code.extend(written)
        starts.append(at)
    cased, others = [(s.pages.tobytes(), s.rows.tobytes(), s.bits()) for s in symbols]
    return Programs(code.tobytes(), starts.tobytes(), *cased, *others, (symbols[0].bytes, symbols[1].bytes))


def _collect(tree: Iterable[Node], found: dict[Node, None]) -> None:
    """Add all nodes of one character to `found`."""
    for node in tree:
        if node[0] is Op.TEXT:
            found.update({(Op.LITERAL, ord(ch)): None for ch in node[1]})
        elif node[0] in _ONE:
            found[node] = None
        else:
            for one in inner(*node):
                _collect(one, found)


class _Writer:
    """Writes one program.

    Args:
        symbols: those of all patterns that mind case as this does.
        case: whether it does.
        base: where the program will stand.
    """

    def __init__(self, symbols: Symbols, case: bool, base: int) -> None:
        self._symbols, self._case, self._base = symbols, case, base
        self._code: list[int] = []
        self._counters = 0

    def program(self, tree: Tree, cased_text: bool) -> list[int]:
        """The program of a pattern. Raises UnreadError if it cannot be written."""
        kind = AT_START if starts(tree) else ANYWHERE
        first, empty = ((), True) if kind else self._firsts(tree)
        # How many words; how it begins; a set of what a hit can begin with, one more than its number; 0: not known.
        self._code += (
            0,
            kind | (not self._case) * UNCASED_SYMBOLS | cased_text * CASED_TEXT,
            0 if empty else self._symbols.number(frozenset(first)) + 1,
        )
        self._row(tree)
        self._add(Do.MATCH)
        self._code[0] = len(self._code)
        return self._code

    def _add(self, *words: int) -> int:
        """Append an instruction; returns where its last word stands."""
        self._code += words
        if len(self._code) > _LONGEST:
            raise UnreadError("its program would be too long")
        return len(self._code) - 1

    def _here(self) -> int:
        return self._base + len(self._code)

    def _set(self, node: tuple[Op, Any]) -> Ranges:
        return code_points.of(*node, self._case)

    def _letter(self, code: int) -> int | None:
        return self._symbols.only(code_points.literal(code, self._case))

    def _number(self, some: Ranges) -> int:
        return self._symbols.number(self._symbols.of(some))

    def _row(self, tree: Sequence[tuple[Op, Any]]) -> None:
        for op, of in tree:
            if op is Op.TEXT:
                self._text(of)
            else:
                self._node(op, of)

    def _text(self, text: str) -> None:
        symbols = [self._letter(ord(ch)) for ch in text]
        if None in symbols:
            for ch, symbol in zip(text, symbols, strict=True):
                if symbol is None:
                    self._add(Do.SET, self._number(code_points.literal(ord(ch), self._case)))
                else:
                    self._add(Do.CHAR, symbol)
        elif len(symbols) == 1:
            self._add(Do.CHAR, *symbols)  # type: ignore[arg-type]
        elif symbols:
            self._add(Do.TEXT, len(symbols), *symbols)  # type: ignore[arg-type]

    def _node(self, op: Op, of: Any) -> None:
        if op in _ONE:
            self._add(Do.SET, self._number(self._set((op, of))))
        elif op is Op.GROUP:
            self._row(of)
        elif op is Op.BRANCH:
            self._choice(of)
        elif op in REPEATS:
            self._repeat(op, *of)
        elif op is Op.AT:
            self._add(_AT[of])
        elif op is Op.ATOMIC:
            self._apart((Do.KEEP,), of)
        elif of[0] < 0 and len(of[1]) == 1 and of[1][0][0] is Op.BRANCH:
            # Each alternative has a length of its own.
            apart = [(op, (-1, one)) for one in of[1][0][1]]
            if op is Op.ASSERT:
                self._choice([[one] for one in apart])
            else:
                self._row(apart)
        else:
            direction, tree = of
            least, most = width(tree)
            if direction < 0 and least != most:
                raise UnreadError("what stands behind may have several lengths")
            self._apart((Do.LOOK, op is Op.ASSERT_NOT, least if direction < 0 else 0), tree)

    def _apart(self, words: Sequence[int], tree: Tree) -> None:
        """A part that is matched by itself."""
        end = self._add(*words, 0)
        self._row(tree)
        self._add(Do.MATCH)
        self._code[end] = self._here()

    def _choice(self, trees: Sequence[Tree]) -> None:
        by_symbol, others = self._by_symbol(trees)
        if len(by_symbol) > 2:
            self._switch(by_symbol, others)
            return
        trees = _factored(trees)
        ends = []
        for n, tree in enumerate(trees[:-1]):
            otherwise = self._either(tree, trees[n + 1 :])
            ends.append(self._add(Do.JUMP, 0))
            self._code[otherwise] = self._here()
        self._row(trees[-1])
        for end in ends:
            self._code[end] = self._here()

    def _by_symbol(self, trees: Sequence[Tree]) -> tuple[dict[int, list[Tree]], list[Tree]]:
        """Alternatives by the symbol that each begins with, what is left of them behind it; and the others, none of which begins so."""
        begins = [
            self._letter(ord(tree[0][1][0])) if tree and tree[0][0] is Op.TEXT and tree[0][1] else None
            for tree in trees
        ]
        first: set[int] = set()
        for tree, symbol in zip(trees, begins, strict=True):
            if symbol is None:
                some, empty = self._firsts(tree)
                if empty:
                    return {}, []
                first |= some
        found: dict[int, list[Tree]] = {}
        others: list[Tree] = []
        for tree, symbol in zip(trees, begins, strict=True):
            if symbol is None or symbol in first:
                others.append(tree)
            else:
                rest = tree[0][1][1:]
                found.setdefault(symbol, []).append([(Op.TEXT, rest), *tree[1:]] if rest else tree[1:])
        return found, others

    def _switch(self, by_symbol: Mapping[int, Sequence[Tree]], others: Sequence[Tree]) -> None:
        otherwise = self._add(Do.SWITCH, len(by_symbol), 0)
        table = len(self._code)
        self._add(*(word for symbol in sorted(by_symbol) for word in (symbol, 0)))
        ends = []
        for n, symbol in enumerate(sorted(by_symbol)):
            self._code[table + 2 * n + 1] = self._here()
            self._some(by_symbol[symbol])
            ends.append(self._add(Do.JUMP, 0))
        if others:
            self._code[otherwise] = self._here()
            self._some(others)
        for end in ends:
            self._code[end] = self._here()

    def _some(self, trees: Sequence[Tree]) -> None:
        if len(trees) == 1:
            self._row(trees[0])
        else:
            self._choice(trees)

    def _may(self, tree: Tree) -> int:
        """What is left out if it does not match; returns the place of the word that tells where to go on then."""
        first, empty = self._firsts(tree)
        if empty:
            return self._add(Do.SPLIT, 0)
        return self._add(Do.OR_SET, self._symbols.number(frozenset(first)), 0)

    def _either(self, tree: Tree, others: Sequence[Tree]) -> int:
        """An alternative; returns the place of the word that tells where the next stands."""
        if not tree or tree[0][0] is not Op.TEXT and tree[0][0] not in _ONE:
            otherwise = self._may(tree)
            self._row(tree)
            return otherwise
        op, of = tree[0]
        some = code_points.literal(ord(of[0]), self._case) if op is Op.TEXT else self._set((op, of))
        symbol = self._symbols.only(some)
        if symbol is None:
            otherwise = self._add(Do.OR_SET, self._number(some), 0)
            self._row(tree)
            return otherwise
        alone = not any(empty or symbol in first for first, empty in map(self._firsts, others))
        otherwise = self._add(Do.CASE if alone else Do.OR_CHAR, symbol, 0)
        self._row([(Op.TEXT, of[1:]), *tree[1:]] if op is Op.TEXT else tree[1:])
        return otherwise

    def _firsts(self, tree: Sequence[Node]) -> tuple[set[int], bool]:
        """The symbols that what `tree` matches can begin with, and whether it may match nothing."""
        found: set[int] = set()
        for op, of in tree:
            if op is Op.TEXT:
                if of:
                    return found | self._symbols.of(code_points.literal(ord(of[0]), self._case)), False
            elif op in _ONE:
                return found | self._symbols.of(self._set((op, of))), False
            elif op not in (Op.AT, Op.ASSERT, Op.ASSERT_NOT):
                parts = [self._firsts(one) for one in inner(op, of)]
                for some, _ in parts:
                    found |= some
                if not any(empty for _, empty in parts) and not (op in REPEATS and of[0] == 0):
                    return found, False
        return found, True

    def _repeat(self, op: Op, least: int, most: int, tree: Tree) -> None:
        while len(tree) == 1 and tree[0][0] is Op.GROUP:
            tree = tree[0][1]
        if len(tree) == 1 and (tree[0][0] in _ONE or tree[0][0] is Op.TEXT and len(tree[0][1]) == 1):
            if tree[0][0] is Op.TEXT:
                tree = [(Op.LITERAL, ord(tree[0][1]))]
            do = {Op.MAX_REPEAT: Do.RUN, Op.MIN_REPEAT: Do.RUN_LAZY}.get(op, Do.RUN_KEPT)
            self._add(do, self._number(self._set(tree[0])), least, min(most, ENDLESS))
            return
        if most > 1 and width(tree)[0] == 0:
            raise UnreadError("what is repeated may be nothing")
        if op is Op.POSSESSIVE_REPEAT:
            self._apart((Do.KEEP,), [(Op.MAX_REPEAT, (least, most, tree))])
            return
        if most < ENDLESS and most * _size(tree) > _SHORT or most >= ENDLESS and least > 1:
            self._counted(op, least, most, tree)
            return
        for _ in range(least):
            self._row(tree)
        greedy = op is Op.MAX_REPEAT
        if most >= ENDLESS:
            again = self._here()
            end = self._may(tree) if greedy else self._add(Do.SPLIT_LATER, 0)
            self._row(tree)
            self._add(Do.JUMP, again)
            self._code[end] = self._here()
            return
        ends = []
        for _ in range(most - least):
            ends.append(self._may(tree) if greedy else self._add(Do.SPLIT_LATER, 0))
            self._row(tree)
        for end in ends:
            self._code[end] = self._here()

    def _counted(self, op: Op, least: int, most: int, tree: Tree) -> None:
        self._add(Do.COUNT, self._counters)
        again = self._here()
        end = self._add(Do.AGAIN if op is Op.MAX_REPEAT else Do.AGAIN_LAZY, self._counters, least, most, 0)
        self._counters += 1
        if self._counters > _MOST_COUNTERS:
            raise UnreadError("too many repeats are counted")
        self._row(tree)
        self._add(Do.JUMP, again)
        self._code[end] = self._here()


def starts(tree: Tree) -> bool:
    """Whether a hit can begin at the start of the text alone."""
    for op, of in tree:
        if op is Op.AT and of is At.START:
            return True
        if op is Op.BRANCH:
            return all(map(starts, of))
        if op is Op.GROUP or op is Op.ATOMIC:
            return starts(of)
        if op not in (Op.AT, Op.ASSERT, Op.ASSERT_NOT):
            return False
    return False


def _size(tree: Tree) -> int:
    """How many nodes there are in `tree`."""
    return sum(len(of) if op is Op.TEXT else 1 + sum(map(_size, inner(op, of))) for op, of in tree)


def _factored(trees: Sequence[Tree]) -> list[Tree]:
    """Alternatives with what neighbours have in common at their beginning written once: they are tried in the same order."""
    found: list[Tree] = []
    at = 0
    while at < len(trees):
        end, begins = at + 1, _beginning(trees[at])
        while begins and end < len(trees) and _beginning(trees[end]) == begins:
            end += 1
        if end == at + 1:
            found.append(trees[at])
        else:
            before, rest = in_common(list(trees[at:end]))
            rest = _factored(rest)
            found.append([*before, *(rest[0] if len(rest) == 1 else [(Op.BRANCH, rest)])])
        at = end
    return found


def _beginning(tree: Tree) -> Node | None:
    """The first character that is asked for."""
    if not tree:
        return None
    op, of = tree[0]
    return (Op.TEXT, of[0]) if op is Op.TEXT else (op, of) if op in _ONE else None
