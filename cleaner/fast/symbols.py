"""The characters that some patterns do not tell apart, as one symbol each.

What a pattern asks of a character is then a bit of the symbol's, whatever the character. The symbols are the coarsest that
keep each set of characters whole: two characters are one symbol if they are in the same sets.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from itertools import chain

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.fast.code_points import Ranges

_END = 0x110000
# Characters of a page: those of a page that has one symbol throughout share one row.
_PAGE = 256


class Symbols:
    """The symbols for some sets of characters.

    Args:
        sets: the sets; equal ones count once.

    Attributes:
        count: how many symbols there are.
        pages: the row of each page of characters (16 bits each).
        rows: the symbols of a page's characters (16 bits each), row by row.
        bytes: how many a set takes.
    """

    def __init__(self, sets: Iterable[Ranges]) -> None:
        self._sets = dict.fromkeys(sets)
        self._begins = sorted({0, *chain.from_iterable(self._sets)} - {_END})
        self._symbols = self._told_apart()
        self.count = max(self._symbols) + 1
        if self.count > 0xFFFF:
            raise OverflowError("more symbols than 16 bits hold")
        self.bytes = (self.count + 63) // 64 * 8
        self._of = {one: self._in(one) for one in self._sets}
        self._numbers: dict[int, int] = {}
        self.pages, self.rows = self._by_page()

    def _told_apart(self) -> array[int]:
        """The symbol of each stretch of characters that no set parts."""
        # In which sets a stretch is, as a number with a bit for each: where a set begins or ends, its bit changes.
        place = {begin: i for i, begin in enumerate(self._begins)}
        changes = [0] * (len(self._begins) + 1)
        end = len(self._begins)
        for number, one in enumerate(self._sets):
            bit = 1 << number
            for begin in one[::2]:
                changes[place[begin]] ^= bit
            for begin in one[1::2]:
                changes[place.get(begin, end)] ^= bit
        found: dict[int, int] = {}
        inside = 0
        symbols = array("H")
        for change in changes[:-1]:
            inside ^= change
            symbols.append(found.setdefault(inside, min(len(found), 0xFFFF)))
        return symbols

    def _in(self, some: Ranges) -> int:
        found: set[int] = set()
        for first, end in zip(some[::2], some[1::2], strict=True):
            found.update(self._symbols[bisect_left(self._begins, first) : bisect_left(self._begins, end)])
        digits = bytearray(b"0") * self.count
        for symbol in found:
            digits[~symbol] = ord("1")
        return int(digits, 2)

    def of(self, some: Ranges) -> int:
        """The symbols of a set, as one bit each."""
        return self._of[some]

    def number(self, symbols: int) -> int:
        """The number of a set of symbols, in the order in which they are asked for."""
        return self._numbers.setdefault(symbols, len(self._numbers))

    def only(self, some: Ranges) -> int | None:
        """The symbol that a set is; None if it is several."""
        found = self._of[some]
        return None if found & found - 1 else found.bit_length() - 1

    def bits(self) -> bytes:
        """Of each set that has a number the bits of its symbols, in words of 64 bits as this machine has them."""
        words = array("Q", b"".join(one.to_bytes(self.bytes, "little") for one in self._numbers))
        if sys.byteorder == "big":  # pragma: no cover
            words.byteswap()
        return words.tobytes()

    def _by_page(self) -> tuple[array[int], array[int]]:
        whole = array("H")
        ends = [*self._begins[1:], _END]
        for begin, end, symbol in zip(self._begins, ends, self._symbols, strict=True):
            whole.extend(array("H", [symbol]) * (end - begin))
        rows: dict[bytes, int] = {}
        pages = array("H")
        for at in range(0, _END, _PAGE):
            pages.append(rows.setdefault(whole[at : at + _PAGE].tobytes(), len(rows)))
        return pages, array("H", b"".join(rows))
