"""One program written: a pattern's tree as instructions for the core, which `core/program.c` carries out.

It is written as if it stood alone: where it goes on is counted from its own beginning, and its sets are numbered by themselves.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.fast import code_points
from cleaner.fast.instructions import Do
from cleaner.fast.trees import ONE, apart_of, bare, factored, size, starts
from cleaner.light import Remembered
from cleaner.rules.syntax import ENDLESS, REPEATS, At, Node, Op, Tree, UnreadError, inner, width

if TYPE_CHECKING:
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


class Program(NamedTuple):
    """One program, to be put among others. Plain data.

    Attributes:
        code: its words (32 bits).
        jumps: which of them are places in it (32 bits each).
        numbered: which of them are numbers of its sets (the same).
        sets: these, as `Symbols.of` has them.
    """

    code: bytes
    jumps: bytes
    numbered: bytes
    sets: tuple[int, ...]

    def joined(self, code: array[int], symbols: Symbols) -> None:
        """Put it at the end of `code`."""
        words, base = array("I", self.code), len(code)
        numbers = list(map(symbols.number, self.sets))
        for place in array("I", self.jumps):
            words[place] += base
        for place in array("I", self.numbered):
            words[place] = numbers[words[place]]
        words[2] = numbers[words[2] - 1] + 1 if words[2] else 0
        code.extend(words)


class Writer:
    """Writes programs.

    Args:
        symbols: those of all patterns that mind case as these do.
        case: whether they do.
    """

    def __init__(self, symbols: Symbols, case: bool) -> None:
        self._symbols, self._case = symbols, case
        # Of a letter and of a node of one character: its symbols, as bits.
        self._letters = Remembered(lambda ch: symbols.of(code_points.literal(ord(ch), case)), 1 << 16)
        self._ones = Remembered(lambda node: symbols.of(code_points.of(node[0], node[1], case)), 1 << 16)

    def program(self, tree: Tree, cased_text: bool) -> Program:
        """The program of a pattern. Raises UnreadError if it cannot be written."""
        self._code: list[int] = []
        self._jumps, self._numbered = array("I"), array("I")
        self._sets: dict[int, int] = {}
        self._counters = 0
        kind = _AT_START if starts(tree) else _ANYWHERE
        first, empty = (0, True) if kind else self._firsts(tree)
        # How many words; how it begins; a set of what a hit can begin with, one more than its number; 0: not known.
        kind |= (not self._case) * _UNCASED_SYMBOLS | cased_text * _CASED_TEXT
        self._code += (0, kind, 0 if empty else self._number(first) + 1)
        self._row(tree)
        self._add(Do.MATCH)
        self._code[0] = len(self._code)
        found = array("I", self._code)
        return Program(found.tobytes(), self._jumps.tobytes(), self._numbered.tobytes(), tuple(self._sets))

    def _add(self, *words: int) -> int:
        """Append an instruction; returns where its last word stands."""
        self._code += words
        if len(self._code) > _LONGEST:
            raise UnreadError("its program would be too long")
        return len(self._code) - 1

    def _ask(self, do: Do, symbols: int, *words: int) -> int:
        """Append an instruction whose first word is a set; returns where its last word stands."""
        self._numbered.append(len(self._code) + 1)
        return self._add(do, self._number(symbols), *words)

    def _number(self, symbols: int) -> int:
        return self._sets.setdefault(symbols, len(self._sets))

    def _lead(self, *places: int) -> None:
        """Have it go on here from words that were left open."""
        for place in places:
            self._code[place] = len(self._code)
        self._jumps.extend(places)

    def _back(self, place: int) -> None:
        """Have it go on where it was before."""
        self._jumps.append(self._add(Do.JUMP, place))

    def _row(self, tree: Sequence[tuple[Op, Any]]) -> None:
        for op, of in tree:
            if op is Op.TEXT:
                self._text(of)
            else:
                self._node(op, of)

    def _text(self, text: str) -> None:
        letters = [self._letters[ch] for ch in text]
        symbols = [some.bit_length() - 1 for some in letters if not some & some - 1]
        if len(symbols) < len(letters):
            for some in letters:
                if some & some - 1:
                    self._ask(Do.SET, some)
                else:
                    self._add(Do.CHAR, some.bit_length() - 1)
        elif len(symbols) == 1:
            self._add(Do.CHAR, *symbols)
        elif symbols:
            self._add(Do.TEXT, len(symbols), *symbols)

    def _node(self, op: Op, of: Any) -> None:
        if op in ONE:
            self._ask(Do.SET, self._ones[op, of])
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
        self._lead(end)

    def _choice(self, trees: Sequence[Tree]) -> None:
        if len(trees) == 1:
            self._row(trees[0])
            return
        by_symbol, others = self._by_symbol(trees)
        if len(by_symbol) > 2:
            self._switch(by_symbol, others)
            return
        trees = factored(trees)
        ends = []
        for n, tree in enumerate(trees[:-1]):
            otherwise = self._either(tree, trees[n + 1 :])
            ends.append(self._add(Do.JUMP, 0))
            self._lead(otherwise)
        self._row(trees[-1])
        self._lead(*ends)

    def _by_symbol(self, trees: Sequence[Tree]) -> tuple[dict[int, list[Tree]], list[Tree]]:
        """Alternatives by the symbol that each begins with, what is left of them behind it; and the others, none of which begins so."""
        begins, first = [], 0
        for tree in trees:
            symbol = self._letters[tree[0][1][0]] if tree and tree[0][0] is Op.TEXT and tree[0][1] else 0
            if not symbol or symbol & symbol - 1:
                some, empty = self._firsts(tree)
                if empty:
                    return {}, []
                first, symbol = first | some, 0
            begins.append(symbol)
        found: dict[int, list[Tree]] = {}
        others: list[Tree] = []
        for tree, symbol in zip(trees, begins, strict=True):
            if not symbol or symbol & first:
                others.append(tree)
            else:
                rest = tree[0][1][1:]
                found.setdefault(symbol, []).append([(Op.TEXT, rest), *tree[1:]] if rest else tree[1:])
        return found, others

    def _switch(self, by_symbol: Mapping[int, Sequence[Tree]], others: Sequence[Tree]) -> None:
        otherwise = self._add(Do.SWITCH, len(by_symbol), 0)
        table = len(self._code)
        self._add(*(word for symbol in sorted(by_symbol) for word in (symbol.bit_length() - 1, 0)))
        ends = []
        for n, symbol in enumerate(sorted(by_symbol)):
            self._lead(table + 2 * n + 1)
            self._choice(by_symbol[symbol])
            ends.append(self._add(Do.JUMP, 0))
        if others:
            self._lead(otherwise)
            self._choice(others)
        self._lead(*ends)

    def _may(self, tree: Tree) -> int:
        """What is left out if it does not match; returns the place of the word that tells where to go on then."""
        first, empty = self._firsts(tree)
        if empty:
            return self._add(Do.SPLIT, 0)
        return self._ask(Do.OR_SET, first, 0)

    def _either(self, tree: Tree, others: Sequence[Tree]) -> int:
        """An alternative; returns the place of the word that tells where the next stands."""
        if not tree or tree[0][0] is not Op.TEXT and tree[0][0] not in ONE:
            otherwise = self._may(tree)
            self._row(tree)
            return otherwise
        op, of = tree[0]
        some = self._letters[of[0]] if op is Op.TEXT else self._ones[op, of]
        if some & some - 1:
            otherwise = self._ask(Do.OR_SET, some, 0)
            self._row(tree)
            return otherwise
        alone = not any(empty or some & first for first, empty in map(self._firsts, others))
        otherwise = self._add(Do.CASE if alone else Do.OR_CHAR, some.bit_length() - 1, 0)
        self._row([(Op.TEXT, of[1:]), *tree[1:]] if op is Op.TEXT else tree[1:])
        return otherwise

    def _firsts(self, tree: Sequence[Node]) -> tuple[int, bool]:
        """The symbols that what `tree` matches can begin with, as bits, and whether it may match nothing."""
        found = 0
        for op, of in tree:
            if op is Op.TEXT:
                if of:
                    return found | self._letters[of[0]], False
            elif op in ONE:
                return found | self._ones[op, of], False
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
            some = self._letters[tree[0][1]] if tree[0][0] is Op.TEXT else self._ones[tree[0]]
            do = {Op.MAX_REPEAT: Do.RUN, Op.MIN_REPEAT: Do.RUN_LAZY}.get(op, Do.RUN_KEPT)
            self._ask(do, some, least, min(most, ENDLESS))
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
            again = len(self._code)
            end = self._may(tree) if greedy else self._add(Do.SPLIT_LATER, 0)
            self._row(tree)
            self._back(again)
            self._lead(end)
            return
        ends = []
        for _ in range(most - least):
            ends.append(self._may(tree) if greedy else self._add(Do.SPLIT_LATER, 0))
            self._row(tree)
        self._lead(*ends)

    def _counted(self, op: Op, least: int, most: int, tree: Tree) -> None:
        self._add(Do.COUNT, self._counters)
        again = len(self._code)
        end = self._add(Do.AGAIN if op is Op.MAX_REPEAT else Do.AGAIN_LAZY, self._counters, least, most, 0)
        self._counters += 1
        if self._counters > _MOST_COUNTERS:
            raise UnreadError("too many repeats are counted")
        self._row(tree)
        self._back(again)
        self._lead(end)
