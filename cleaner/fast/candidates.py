"""Which patterns a line may have, by its beginning, words, marks and size, where no core tells it (`core/lookup.c` does it sooner).

Sets of patterns are integers, one bit for each: to ask all conditions of all patterns at once is to combine a few of them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from operator import concat

from cleaner.fast.char_sets import of_text
from cleaner.fast.lookup import LENGTHS, WORDS
from cleaner.light import Remembered
from cleaner.text.reading import DIGIT, HEAD, KEY

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.fast.lookup import Tables
    from cleaner.text.reading import Reading

    # What a word leads to: the needs that it meets, and those that a text meets besides, with their texts.
    _Led = tuple[int, int, dict[int, tuple[str, ...]]]

# How many words, beginnings and combinations of marks are remembered; then all are forgotten.
_MANY = 100_000
_FEW = 20_000


class Candidates:
    """Tells which patterns are worth trying on a line.

    Args:
        tables: made of the rules by `cleaner.fast.tables`.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._plane = len(tables.loose)
        self._all = (1 << self._plane) - 1
        self._marks = frozenset().union(*(some for some, _ in tables.marks))
        self._marked = frozenset(tables.marked)
        self._by_head = Remembered(self._for_head, _FEW)
        self._by_marks = Remembered(self._for_marks, _FEW)
        self._by_word = Remembered(self._for_word, _MANY)
        # Sets that many words share are held once.
        self._sets: dict[int, int] = {}

    def of(self, reading: Reading, size: int) -> list[int]:
        """The numbers of the entries that a line may have by all that is known of it, in order."""
        seen, words = reading.seen, reading.count
        marks = reading.marks if reading.ascii else frozenset(seen)
        numbers = [*self._loose(reading, size, marks), *self._by_head[seen[:HEAD]]]
        if not numbers:
            return numbers
        spaces, beyond, entries, found = seen.count(" "), not reading.ascii, self._tables.entries, []
        digits = sum(map(str.isdecimal, seen)) if reading.digit else 0
        alphabet, end = of_text(seen), of_text(seen[-1])
        for number in numbers:
            _, _, least, most, fewest, many, narrow, wide, fewest_digits, must, more, only, last = entries[number]
            if not (least <= size <= most and fewest <= words <= many and narrow <= spaces <= wide):
                continue
            if digits < fewest_digits or alphabet & ~only or not end & last or must and not beyond:
                continue
            if not more or entries.more_hold(number, seen, marks, reading.digit):
                found.append(number)
        found.sort()
        return found

    def _loose(self, reading: Reading, size: int, marks: frozenset[str]) -> list[int]:
        """Those of them whose lines may begin in any way."""
        tables = self._tables
        may = tables.lengths[bisect_left(LENGTHS, size)] & tables.counts[bisect_left(WORDS, reading.count)]
        asked = marks & self._marks
        may &= self._by_marks[asked | {DIGIT} if reading.digit else asked]
        if not may:
            return []
        plane = self._plane
        met = tables.needless
        if not (may | may << plane) & ~met:
            return self._numbers(may)
        led = list(filter(None, map(self._by_word.__getitem__, chain(set(reading.words), marks & self._marked))))
        perhaps = 0
        for direct, besides, _ in led:
            met |= direct
            perhaps |= besides
        # Texts are looked for only where that can still decide: both needs of an entry must be met.
        perhaps |= met
        may &= perhaps & perhaps >> plane
        open_ = (may | may << plane) & ~met
        if not open_:
            return self._numbers(may)
        seen = reading.seen
        for _, besides, texts in led:
            if besides:
                besides &= open_
                while besides:
                    # From the highest bit: `bit_length` finds it in one step.
                    need = besides.bit_length()
                    bit = 1 << need - 1
                    besides ^= bit
                    for text in texts[need]:
                        if text in seen:
                            met |= bit
                            break
        return self._numbers(may & met & met >> plane)

    def _numbers(self, places: int) -> list[int]:
        """The numbers of the entries of a set of loose patterns."""
        loose = self._tables.loose
        found = []
        while places:
            # From the highest bit: `bit_length` finds it in one step.
            place = places.bit_length() - 1
            places ^= 1 << place
            found.append(loose[place])
        return found

    def _for_head(self, head: str) -> tuple[int, ...]:
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        tables = self._tables
        numbers: set[int] = set()
        for length in tables.sizes:
            numbers.update(tables.heads[head[: min(length, 2)]].get(head[:length], ()))
        return tuple(numbers)

    def _for_marks(self, present: frozenset[str]) -> int:
        left = self._all
        for marks, entries in self._tables.marks:
            if present.isdisjoint(marks):
                left &= ~entries
        return left

    def _for_word(self, word: str) -> _Led | None:
        tables = self._tables
        pairs: set[tuple[str, int]] = set(tables.marked.get(word, ()))
        for table, key in ((tables.words, word), (tables.starts, word[:KEY]), (tables.ends, word[-KEY:])):
            pairs.update(table[key[:2]].get(key, ()))
        for two in tables.inner.keys() & set(map(concat, word, word[1:])):
            pairs.update((text, need) for inside, text, need in tables.inner[two] if inside in word)
        if not pairs:
            return None
        direct = _set({need for text, need in pairs if text in word})
        texts: dict[int, tuple[str, ...]] = {}
        for text, need in pairs:
            if not direct >> need & 1:
                # By the number that `bit_length` gives.
                texts[need + 1] = (*texts.get(need + 1, ()), text)
        return self._shared(direct), self._shared(_set(need - 1 for need in texts)), texts

    def _shared(self, entries: int) -> int:
        if len(self._sets) > _FEW:
            self._sets.clear()
        return self._sets.setdefault(entries, entries)


def _set(numbers: Iterable[int]) -> int:
    """Numbers as a set in one integer."""
    found = 0
    for number in numbers:
        found |= 1 << number
    return found
