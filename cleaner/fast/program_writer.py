"""One program written: a pattern's tree as instructions for the core, which `core/program.c` carries out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleaner.fast import code_points
from cleaner.fast.instructions import Do
from cleaner.fast.trees import ONE, apart_of, bare, factored, size, starts
from cleaner.rules.syntax import ENDLESS, REPEATS, At, Node, Op, Tree, UnreadError, inner, width

if TYPE_CHECKING:
    from cleaner.fast.code_points import Ranges
    from cleaner.fast.symbols import Symbols

# Repeats of so many nodes in all are written out; larger ones are counted, so many in a pattern.
_SHORT = 12
_MOST_COUNTERS = 32
# A program that would be longer than so many words is not written.
_LONGEST = 20_000
# Of a program's second word: how it begins.
_ANYWHERE, _AT_START = 0, 1
_UNCASED_SYMBOLS, _CASED_TEXT = 2, 4
_AT = {At.START: Do.START, At.END: Do.END, At.LAST: Do.LAST, At.EDGE: Do.EDGE, At.NO_EDGE: Do.NO_EDGE}


class Writer:
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
        kind = _AT_START if starts(tree) else _ANYWHERE
        first, empty = ((), True) if kind else self._firsts(tree)
        # How many words; how it begins; a set of what a hit can begin with, one more than its number; 0: not known.
        self._code += (
            0,
            kind | (not self._case) * _UNCASED_SYMBOLS | cased_text * _CASED_TEXT,
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
        if op in ONE:
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
        elif of[0] < 0 and (trees := apart_of(of[1])):
            # Each alternative has a length of its own.
            apart = [(op, (-1, one)) for one in trees]
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
        trees = factored(trees)
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
            self._choice(by_symbol[symbol])
            ends.append(self._add(Do.JUMP, 0))
        if others:
            self._code[otherwise] = self._here()
            self._choice(others)
        for end in ends:
            self._code[end] = self._here()

    def _may(self, tree: Tree) -> int:
        """What is left out if it does not match; returns the place of the word that tells where to go on then."""
        first, empty = self._firsts(tree)
        if empty:
            return self._add(Do.SPLIT, 0)
        return self._add(Do.OR_SET, self._symbols.number(frozenset(first)), 0)

    def _either(self, tree: Tree, others: Sequence[Tree]) -> int:
        """An alternative; returns the place of the word that tells where the next stands."""
        if not tree or tree[0][0] is not Op.TEXT and tree[0][0] not in ONE:
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
            elif op in ONE:
                return found | self._symbols.of(self._set((op, of))), False
            elif op not in (Op.AT, Op.ASSERT, Op.ASSERT_NOT):
                parts = [self._firsts(one) for one in inner(op, of)]
                for some, _ in parts:
                    found |= some
                if not any(empty for _, empty in parts) and not (op in REPEATS and of[0] == 0):
                    return found, False
        return found, True

    def _repeat(self, op: Op, least: int, most: int, tree: Tree) -> None:
        tree = bare(tree)
        if len(tree) == 1 and (tree[0][0] in ONE or tree[0][0] is Op.TEXT and len(tree[0][1]) == 1):
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
        if most < ENDLESS and most * size(tree) > _SHORT or most >= ENDLESS and least > 1:
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
