"""What the fast matcher looks lines up in: plain data, made by `cleaner.fast.tables`, kept in the cache."""

from __future__ import annotations

import sys

from cleaner.rules.pattern import MAX_LINE
from cleaner.text.reading import DIGIT
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Final

    Besides = tuple[Sequence[str], Sequence[Sequence[str]]]
    Row = tuple[int, ...]
    Part = dict[str, tuple[Any, ...]]

# Lines are told apart by length in characters: the upper bounds.
LENGTHS = (*range(4, 100, 4), 120, 140, 160, 180, 200, 240, 280, 320, 360, 400, 500, 700, 1000, MAX_LINE)
# And by words.
WORDS = (1, 2, 4, 6, 8, 10, 12, 16, 20, 25, 30, 40, 60, 90, 140, MAX_LINE)


class Parts(dict[str, "Part"]):
    """A table in parts by the first two characters of its keys: a short run needs few.

    Args:
        load: gives a part by those characters when a line first asks for it, or None.
    """

    def __init__(self, load: Callable[[str], Part | None]) -> None:
        super().__init__()
        self._load = load

    def whole(self) -> Part:
        """All parts that were asked for, or made, as one table."""
        found: Part = {}
        for part in self.values():
            found |= part
        return found

    def __missing__(self, first: str) -> Part:
        part = self._load(first)
        if part is None:
            return _NO_PART
        self[first] = part
        return part


_NO_PART: Part = {}


# Entries whose texts and marks are stored together.
GROUP = 16
# Of an entry: eleven numbers of 32 bits, and two sets of characters.
_NUMBERS, _SET = 11, 16
_ROW = 4 * _NUMBERS + 2 * _SET


class Entries:
    """Every pattern of every rule, in their order: what a line must be for it to be tried.

    `entries[number]` gives of one:

    - the rule's place, and the pattern's place in the rule;
    - the characters of the line, its words and its spaces, each at least and at most, and its digits, at least;
    - whether it holds a character beyond ASCII; whether `besides` has more to ask;
    - the characters that it may hold, and those with which it may end, as sets of `cleaner.fast.char_sets`.

    Args:
        rows: all that, as bytes: a run asks for few.
        load: gives `besides` of `GROUP` entries by the group's number.
    """

    def __init__(self, rows: bytes | memoryview, load: Callable[[int], Sequence[Besides]]) -> None:
        self.rows = rows
        self._numbers = memoryview(rows).cast("i")
        self._load = load
        self._made: dict[int, Row] = {}
        self._besides: dict[int, Sequence[Besides]] = {}

    def __len__(self) -> int:
        return len(self.rows) // _ROW

    def __getitem__(self, number: int) -> Row:
        row = self._made.get(number)
        if row is None:
            first, ends = number * (_ROW // 4), (number + 1) * _ROW
            alphabet, last = self.rows[ends - 2 * _SET : ends - _SET], self.rows[ends - _SET : ends]
            row = self._made[number] = (
                *self._numbers[first : first + _NUMBERS].tolist(),
                int.from_bytes(alphabet, sys.byteorder),
                int.from_bytes(last, sys.byteorder),
            )
        return row

    def besides(self, number: int) -> Besides:
        """Of each of what marks one must stand in the line, and of each of what texts."""
        group, place = divmod(number, GROUP)
        if group not in self._besides:
            self._besides[group] = self._load(group)
        return self._besides[group][place]

    def more_hold(self, number: int, seen: str, marks: frozenset[str], digit: bool) -> bool:
        """Whether a line has what `besides` says: its text as it is looked up, its marks, whether it holds a digit."""
        some, needs = self.besides(number)
        if some and marks.isdisjoint(some[0]) and not (digit and DIGIT in some[0]):
            return False
        for texts in needs:
            for text in texts:  # `any` takes twice the time
                if text in seen:
                    break
            else:
                return False
        return True


def entry_row(numbers: Sequence[int], alphabet: int, last: int) -> bytes:
    """An entry as `Entries` keeps it. What a pack may ask for can be more than any line has, and than 32 bits hold."""
    limited = [min(n, MAX_LINE + 1).to_bytes(4, sys.byteorder) for n in numbers]
    return b"".join([*limited, alphabet.to_bytes(_SET, sys.byteorder), last.to_bytes(_SET, sys.byteorder)])


# The tables in parts.
PARTED = ("heads", "words", "starts", "ends")


class Tables(Value):
    """What `FastMatcher` looks lines up in; plain data, so that it can be cached.

    A pattern whose lines begin in few ways is found by these, whatever else the packs hold. The others are *loose*:
    sets of them are integers with one bit for each, in the order of `loose`. A pattern may have two needs: texts of
    which a line must hold one; in sets of needs the second needs of the loose patterns follow on the first.

    Attributes:
        entries: every pattern of every rule.
        heads: beginnings of lines, with the numbers of their entries.
        sizes: the lengths of beginnings.
        loose: the numbers of the entries that any line may begin for.
        words, starts, ends: words (their first, their last `KEY` letters), with texts to look for then, and needs.
        inner: two letters inside a word, with more letters to look for in the word, then texts, and needs. Not in
            parts: it is small, and all of it is asked of each new word.
        marked: marks and wide characters, with texts to look for then, and needs.
        needless: the needs that nothing leads to, since there are none, or none that words could lead to.
        lengths: for each of `LENGTHS`, those for lines so long and all shorter ones down to the one before.
        counts: the same for `WORDS`.
        marks: characters one of which a line must hold, with those that ask for it.
    """

    __match_args__ = (
        "entries", "heads", "sizes", "loose", "words", "starts", "ends", "inner", "marked", "needless", "lengths", "counts", "marks",
    )  # fmt: skip
    __slots__ = __match_args__

    def __init__(
        self,
        entries: Entries,
        heads: Parts,
        sizes: tuple[int, ...],
        loose: tuple[int, ...],
        words: Parts,
        starts: Parts,
        ends: Parts,
        inner: dict[str, tuple[tuple[str, str, int], ...]],
        marked: dict[str, tuple[tuple[str, int], ...]],
        needless: int,
        lengths: tuple[int, ...],
        counts: tuple[int, ...],
        marks: tuple[tuple[str, int], ...],
    ) -> None:
        self.entries: Final = entries
        self.heads: Final = heads
        self.sizes: Final = sizes
        self.loose: Final = loose
        self.words: Final = words
        self.starts: Final = starts
        self.ends: Final = ends
        self.inner: Final = inner
        self.marked: Final = marked
        self.needless: Final = needless
        self.lengths: Final = lengths
        self.counts: Final = counts
        self.marks: Final = marks
