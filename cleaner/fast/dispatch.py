"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.fast.gates` only spare patterns that cannot hit. Sets of
patterns are integers, one bit for each: to ask all conditions of all patterns at once is to combine a few of them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from operator import concat

from cleaner.fast.char_sets import of_text
from cleaner.fast.lookup import LENGTHS, WORDS
from cleaner.fast.remembered import Remembered
from cleaner.fast.standard_re import fits
from cleaner.rules import pattern
from cleaner.rules.matcher import Matcher
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Scope
from cleaner.text.form import own_signals
from cleaner.text.reading import DIGIT, HEAD, KEY, Reading
from cleaner.text.signals import OWN_MASK
from cleaner.text.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from cleaner.evidence.facts import Facts
    from cleaner.fast.binding import Looker as CoreLooker
    from cleaner.fast.lookup import Tables
    from cleaner.fast.packed import Packed
    from cleaner.rules.matcher import Hit, Hits, Look
    from cleaner.rules.rule import Rule

    # What a word leads to: the needs that it meets, and those that a text meets besides, with their texts.
    _Led = tuple[int, int, dict[int, tuple[str, ...]]]
    # A pattern as `re` searches it, whether in ASCII texts alone, and whether in the text as cased; None: ask the rule.
    Search = tuple[Callable[[str], re.Match[str] | None] | None, bool, bool]
    # The rule of an entry, its place among all before it; its `unless`, each as it is searched and whether in ASCII texts alone
    # (None: ask the rule), and which own signals it asks for and forbids.
    Rest = tuple[int, Rule, tuple[tuple[Callable[[str], re.Match[str] | None], bool], ...] | None, int, int]
    # A `Search`, with the rule's place.
    _Try = tuple[Callable[[str], re.Match[str] | None] | None, bool, bool, int]

# How many words, beginnings and combinations of marks are remembered; then all are forgotten.
_MANY = 100_000
_FEW = 20_000
# The compiled core is made ready for a run of more lines than this: it takes as long as to look at some of them.
_WORTH = 100


class FastMatcher(Matcher):
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules that have patterns, in the order of `tables`. Only those that may hit are looked at.
        tables: made of those rules by `cleaner.fast.tables`.
        load: gives the pattern of an entry, by its number, where that is to be had without making its rule.
        packed: gives the tables as the compiled core wants them, where they are ready.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        tables: Tables,
        load: Callable[[int], Search] | None = None,
        packed: Callable[[], Packed] | None = None,
    ) -> None:
        self.rules = rules
        self._tables = tables
        self._packed = packed or self._pack
        self._load = load or self._of_rule
        self._plane = len(tables.loose)
        self._all = (1 << self._plane) - 1
        self._tries: list[_Try | None] = [None] * len(tables.entries)
        self._marks = frozenset().union(*(some for some, _ in tables.marks))
        self._marked = frozenset(tables.marked)
        self._by_head = Remembered(self._for_head, _FEW)
        self._by_marks = Remembered(self._for_marks, _FEW)
        self._by_word = Remembered(self._for_word, _MANY)
        # Sets that many words share are held once.
        self._sets: dict[int, int] = {}
        self._looks_before_core = _WORTH
        self._core: CoreLooker | None = None

    @property
    def core(self) -> CoreLooker | None:
        """What looks at lines by the compiled core; None if there is none, or if it is not ready yet."""
        return self._core

    def look(self, raw: str) -> Look | None:
        """See `Matcher.look`: by the compiled core, once a run has many lines."""
        if self._core is None:
            self._looks_before_core -= 1
            # Where there is no core it is asked for once.
            if self._looks_before_core != -1:
                return None
            from cleaner.fast import binding  # late: a small run does without

            self._core = binding.looker(
                self._packed, len(self._tables.entries), self._load, self._rest, self._asked, self._facts
            )
        return self._core.look(raw) if self._core else None

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        low, text = view.low, view.text
        if not low or len(low) > MAX_LINE:
            return ()
        if reading is None:
            reading = Reading(view)
        numbers = self._may(reading, len(low))
        if not numbers:
            return ()
        # By pattern in `re`: whether it reads the text (lower-cased, cased) as `regex` does. ASCII is read alike.
        plain = low.isascii(), text.isascii()
        alike: list[bool | None] = [plain[0] or None, plain[1] or None]
        hits: list[Hit] = []
        tries = self._tries
        done = -1  # the rule that the last hit is of: one of its patterns is enough
        for number in numbers:
            known = tries[number]
            if known is None:
                known = tries[number] = self._try(number)
            search, ascii_only, case, r = known
            if r == done:
                continue
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
            if own is None:
                own = own_signals(view, reading)
            spans = self._hit(number, span, view, own, reading.count)
            if spans:
                done = r
                rule = self.rules[r]
                hits += [(rule, a, b) for a, b in spans]
        return tuple(hits)

    def _hit(
        self, number: int, span: tuple[int, int] | None, view: View, own: int, words: int
    ) -> list[tuple[int, int]]:
        """Where the rule of an entry hits. `span`: where its pattern does; None if that is not known."""
        r, p, _, _, fewest, many = self._tables.entries[number][:6]
        rule: Rule = self.rules[r]
        if rule.scope is Scope.SPAN:
            return rule.hits(view, lambda _: words, None, own)
        if span is None:
            return rule.hits(view, lambda _: words, [rule.match[p]], own)
        if not fewest <= words <= many or rule.when.names and not rule.when.own_hold(own):
            return []
        return [] if rule.unless and rule.spared(view.text if rule.case else view.low) else [span]

    def _rest(self, number: int) -> Rest:
        r = self._tables.entries[number][0]
        rule = self.rules[r]
        unless = [pattern.quick(p, rule.case) for p in rule.unless]
        if rule.scope is Scope.SPAN or not all(unless):
            return r, rule, None, 0, 0
        spared = tuple((find, fit is not fits) for _, find, fit in filter(None, unless))
        return r, rule, spared, rule.must & OWN_MASK, rule.never & OWN_MASK

    def _asked(self, number: int, raw: str, text: str, low: str, own: int, words: int) -> list[tuple[int, int]]:
        """Where the rule of an entry hits, as it says itself."""
        return self._hit(number, None, View.of(raw, text, low), own, words)

    def _facts(self, raw: str) -> Facts:
        """What is found of a line that the core leaves to Python."""
        from cleaner.evidence.facts import Facts  # late: what makes rules ready has no say in it

        return Facts(raw, self)

    def _try(self, number: int) -> _Try:
        return (*self._load(number), self._tables.entries[number][0])

    def _of_rule(self, number: int) -> Search:
        r, p = self._tables.entries[number][:2]
        rule = self.rules[r]
        quick = pattern.quick(rule.match[p], rule.case)
        return (quick[1], quick[2] is not fits, rule.case) if quick else (None, False, rule.case)

    def _pack(self) -> Packed:
        from cleaner.fast.packed import packed  # late: what is stored is packed already

        return packed(self._tables)

    def _may(self, reading: Reading, size: int) -> list[int]:
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
