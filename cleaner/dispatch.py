"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.gates` only spare patterns that cannot hit. Sets of
patterns are integers, one bit for each: to ask all conditions of all patterns at once is to combine a few of them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from operator import concat

from cleaner import pattern
from cleaner.lookup import LENGTHS, WORDS
from cleaner.matcher import Matcher
from cleaner.own import own_signals
from cleaner.pattern import MAX_LINE
from cleaner.plain import fits
from cleaner.reading import DIGIT, HEAD, KEY, Reading
from cleaner.remembered import Remembered
from cleaner.rule import Scope
from cleaner.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.lookup import Tables
    from cleaner.matcher import Hit, Hits
    from cleaner.rule import Rule

    # What a word leads to: the needs that it meets, and those that a text meets besides, with their texts.
    _Led = tuple[int, int, dict[int, tuple[str, ...]]]
    # A pattern as `re` searches it, whether in ASCII texts alone, and whether in the text as cased; None: ask the rule.
    Search = tuple[Callable[[str], re.Match[str] | None] | None, bool, bool]

# How many words, beginnings and combinations of signals and of marks are remembered; then all are forgotten.
_MANY = 100_000
_FEW = 20_000


class FastMatcher(Matcher):
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules that have patterns, in the order of `tables`. Only those that may hit are looked at.
        tables: made of those rules by `cleaner.tables`.
        load: gives the pattern of an entry, by its number, where that is to be had without making its rule.
    """

    def __init__(self, rules: Sequence[Rule], tables: Tables, load: Callable[[int], Search] | None = None) -> None:
        self.rules = rules
        self._tables = tables
        self._load = load or self._of_rule
        self._count = len(tables.entries)
        self._all = (1 << self._count) - 1
        self._searches: list[Search | None] = [None] * self._count
        self._marks = frozenset().union(*(some for some, _ in tables.marks))
        self._marked = frozenset(tables.marked)
        self._by_head = Remembered(self._for_head, _FEW)
        self._by_signals = Remembered(self._for_signals, _FEW)
        self._by_marks = Remembered(self._for_marks, _FEW)
        self._by_word = Remembered(self._for_word, _MANY)
        # Sets that many words share are held once.
        self._sets: dict[int, int] = {}

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        low, text = view.low, view.text
        size = len(low)
        if not low or size > MAX_LINE:
            return ()
        if reading is None:
            reading = Reading(view)
        if own is None:
            own = own_signals(view, reading)
        words = reading.count
        may = self._fitting(reading, own, size)
        if not may:
            return ()
        # By pattern in `re`: whether it reads the text (lower-cased, cased) as `regex` does. ASCII is read alike.
        plain = low.isascii(), text.isascii()
        alike: list[bool | None] = [plain[0] or None, plain[1] or None]
        hits: list[Hit] = []
        entries, searches, seen = self._tables.entries, self._searches, reading.seen
        done = -1  # the rule that the last hit is of: one of its patterns is enough
        for number in _members(may):
            r, p, least, most, fewest, many, texts = entries[number]
            if (
                r == done
                or not (least <= size <= most and fewest <= words <= many)
                or (texts and not _named(texts, seen))
            ):
                continue
            found = searches[number]
            if found is None:
                found = searches[number] = self._load(number)
            search, ascii_only, case = found
            span = None
            if search is not None:
                good = plain[case] if ascii_only else alike[case]
                if good is None:
                    good = alike[case] = fits(text if case else low, False)
                if good:
                    hit = search(text if case else low)
                    if hit is None:
                        continue
                    span = hit.span()
            rule = self.rules[r]
            if rule.scope is Scope.SPAN:
                done = r
                spans = rule.hits(view, lambda _: words, None, own)
            elif span is None:
                spans = rule.hits(view, lambda _: words, [rule.match[p]], own)
            else:
                spans = [] if rule.unless and rule.spared(text if rule.case else low) else [span]
                done = r
            if spans:
                done = r
                hits += [(rule, a, b) for a, b in spans]
        return tuple(hits)

    def _of_rule(self, number: int) -> Search:
        r, p = self._tables.entries[number][:2]
        rule = self.rules[r]
        quick = pattern.quick(rule.match[p], rule.case)
        return (*quick[1:], rule.case) if quick else (None, False, rule.case)

    def _fitting(self, reading: Reading, own: int, size: int) -> int:
        """The entries that a line may have by all that is known of it."""
        tables = self._tables
        head = reading.seen[:HEAD]
        may: int = (
            self._by_signals[own]
            & self._by_head[head]
            & tables.lengths[bisect_left(LENGTHS, size)]
            & tables.counts[bisect_left(WORDS, reading.count)]
        )
        seen = reading.seen
        marks = reading.marks if reading.ascii else frozenset(seen)
        asked = marks & self._marks
        may &= self._by_marks[asked | {DIGIT} if reading.digit else asked]
        if not may:
            return 0
        count = self._count
        met = tables.needless
        if not (may | may << count) & ~met:
            return may
        led = list(filter(None, map(self._by_word.__getitem__, chain(reading.words, marks & self._marked))))
        perhaps = 0
        for direct, besides, _ in led:
            met |= direct
            perhaps |= besides
        # Texts are looked for only where that can still decide: both needs of an entry must be met.
        perhaps |= met
        may &= perhaps & perhaps >> count
        open_ = (may | may << count) & ~met
        if not open_:
            return may
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
        return may & met & met >> count

    def _for_head(self, head: str) -> int:
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        tables = self._tables
        found = 0
        for length in tables.sizes:
            found |= _set(tables.heads[head[: min(length, 2)]].get(head[:length], ()))
        return found | tables.headless if found else tables.headless

    def _for_signals(self, own: int) -> int:
        left = self._all
        for bit, never, must in self._tables.signals:
            left &= ~(never if own & bit else must)
        return left

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
            pairs.update(table[key[0]].get(key, ()))
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
        return self._shared(direct), self._shared(_set(number - 1 for number in texts)), texts

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


def _members(entries: int) -> list[int]:
    """The numbers in a set in one integer, in order."""
    found = []
    while entries:
        # From the highest bit: `bit_length` finds it in one step.
        number = entries.bit_length() - 1
        entries ^= 1 << number
        found.append(number)
    found.reverse()
    return found


def _named(texts: tuple[str, ...], low: str) -> bool:
    for text in texts:  # noqa: SIM110  # `any` takes twice the time
        if text in low:
            return True
    return False
