"""The tables of the fast matcher as the compiled core wants them: numbers as bytes, texts by number. Plain data, to be stored."""

from __future__ import annotations

import sys
from array import array

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from cleaner.fast.lookup import Tables

    Table = tuple[str, bytes]
    # What is led to stands from a first place on, so many.
    Ranges = Mapping[str, tuple[int, int]]
    Packed = tuple[Any, ...]

# What the core reads begins at such places, where it stands in one piece.
ALIGNED = 16
NUMBER, _SIGNED = "I", "i"  # 32 bits wherever CPython runs


def packed(tables: Tables) -> Packed:
    """`tables` for the core, in the order in which `facts.c` takes them."""
    return _Packer(tables).all()


# How many pairs of characters are told apart, and of how many in a text the hash is kept; sets of marks of an entry.
PAIRS, SOME_PAIRS, _MARKS = 4096, 4, 3
# FNV-1a (Fowler, Noll and Vo), by code points.
_HASH, _PRIME, _BITS = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


def from_pieces(sizes: Iterable[int], whole: memoryview, *rest: object) -> Packed:
    """What was packed, of the sizes of its bytes, these in one piece, and the rest."""
    parts, at = [], 0
    for size in sizes:
        parts.append(whole[at : at + size])
        at += size + -size % ALIGNED
    return (*parts, *rest)


def table(ranges: Ranges) -> Table:
    """Texts and what each leads to, a first number and a count: the texts in one, and of each its size and the two."""
    return "".join(ranges), array(NUMBER, [n for text, two in ranges.items() for n in (len(text), *two)]).tobytes()


class _Packer:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._texts: dict[str, int] = {}
        self._sets: dict[str, int] = {}
        self._pairs, self._headed, self._needed = array(NUMBER), array(NUMBER), array(NUMBER)
        self._plane = len(tables.loose)
        # Those of loose entries are in a table of their own.
        self._marks: dict[int, list[int]] = {}
        for marks, some in tables.marks:
            for place in _places(some):
                self._marks.setdefault(tables.loose[place], []).append(self._set(marks) + 1)

    def all(self) -> Packed:
        """In the order in which `facts.c` takes them."""
        tables = self._tables
        entries = b"".join(map(self._entry, range(len(tables.entries))))
        keyed = [self._keyed(table) for table in (tables.words.whole(), tables.starts.whole(), tables.ends.whole())]
        heads = _index({head: _extended(self._headed, numbers) for head, numbers in tables.heads.whole().items()})
        inner = self._keyed({two: [pair[1:] for pair in some] for two, some in tables.inner.items()})
        marked = self._keyed(tables.marked)
        needless = sum(1 << self._need(need) for need in _places(tables.needless))
        always = [number for place, number in enumerate(tables.loose) if needless >> 2 * place & 3 == 3]
        return (
            entries,
            array(NUMBER, tables.loose).tobytes(),
            array(NUMBER, always).tobytes(),
            self._headed.tobytes(),
            self._needed.tobytes(),
            self._pairs.tobytes(),
            array("Q", [needless >> at & _BITS for at in range(0, 2 * self._plane + 1, 64)]).tobytes(),
            *heads,
            *[some for index in keyed for some in index],
            *inner,
            *marked,
            self._known(),
            "".join(self._texts).encode(f"utf-32-{sys.byteorder[0]}e"),
            tuple(self._sets),
        )

    def _entry(self, number: int) -> bytes:
        _, _, *limits, beyond, _, alphabet, last = self._tables.entries[number]
        marks, needs = self._tables.entries.besides(number)
        texts = [n for some in needs for n in _extended(self._needed, [self._text(text) for text in some])]
        of_marks = [self._set(some) + 1 for some in marks] or self._marks.get(number, [])
        numbers = [*limits, *[*texts, 0, 0, 0, 0][:4], *[*of_marks, 0, 0, 0][:_MARKS], beyond]
        return array(_SIGNED, numbers).tobytes() + b"".join(
            array(NUMBER, [some >> at & 0xFFFFFFFF for at in range(0, 128, 32)]).tobytes() for some in (alphabet, last)
        )

    def _keyed(self, keyed: Mapping[str, Iterable[tuple[str, int]]]) -> tuple[bytes, bytes]:
        found = {}
        for key, pairs in keyed.items():
            first, count = _extended(
                self._pairs, [number for text, need in pairs for number in (self._text(text), self._need(need))]
            )
            found[key] = first // 2, count // 2
        return _index(found)

    def _known(self) -> bytes:
        """Of each text where it stands among all letters, its size, and some pairs of neighbours that it has."""
        numbers, at = array(NUMBER), 0
        for text in self._texts:
            last = len(text) - 2
            starts = [last * i // (SOME_PAIRS - 1) for i in range(SOME_PAIRS)] if last >= 0 else []
            pairs = [_pair(*map(ord, text[start : start + 2])) for start in starts]
            numbers.extend([at, len(text), *(pairs or [0] * SOME_PAIRS)])
            at += len(text)
        return numbers.tobytes()

    def _need(self, need: int) -> int:
        """The number of a need where those of an entry stand side by side."""
        return need % self._plane * 2 + need // self._plane

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))

    def _set(self, marks: str) -> int:
        return self._sets.setdefault("".join(sorted(marks)), len(self._sets))


def _places(some: int) -> Iterator[int]:
    """What a set in one integer holds."""
    return (place for place, bit in enumerate(reversed(f"{some:b}")) if bit == "1")


def _pair(a: int, b: int) -> int:
    return a * 67 + b * 5 + (a >> 5) & PAIRS - 1


def _hash(text: str) -> int:
    found = _HASH
    for ch in text:
        found = (found ^ ord(ch)) * _PRIME & _BITS
    return found ^ found >> 29


def _index(ranges: Ranges) -> tuple[bytes, bytes]:
    """What texts lead to, as an open-addressed table by their hashes, and a filter of these (`Index` in `lookup.h`)."""
    from struct import pack_into  # late: who only reads what is packed does without

    room = 16
    while room < 2 * len(ranges):
        room *= 2
    places, taken, filter_ = bytearray(16 * room), bytearray(room), array("Q", bytes(room))
    for text, (first, count) in ranges.items():
        if not count:
            continue
        found = _hash(text)
        at = found & room - 1
        while taken[at]:
            at = at + 1 & room - 1
        taken[at] = 1
        pack_into("=QII", places, 16 * at, found, first, count)
        bit = found >> 32 & 8 * room - 1
        filter_[bit >> 6] |= 1 << (bit & 63)
    return bytes(places), filter_.tobytes()


def _extended(numbers: array[int], more: Iterable[int]) -> tuple[int, int]:
    """Where in `numbers` `more` stands, after it was put there, and how many it is."""
    first = len(numbers)
    numbers.extend(more)
    return first, len(numbers) - first
