"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.gates` only spare patterns that cannot hit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import concat

from cleaner import pattern, ready
from cleaner.matcher import Matcher
from cleaner.pattern import MAX_LINE
from cleaner.plain import fits
from cleaner.value import Value
from cleaner.view import View
from cleaner.words import count_words

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Final

    from cleaner.matcher import Hit, Hits
    from cleaner.rule import Rule

    Part = dict[str, tuple[Any, ...]]
    # What a word leads to: entries at once, and texts that the line must hold besides, each with its entry.
    _Led = tuple[tuple[int, ...], tuple[tuple[str, int], ...]]
    # A pattern as `re` searches it, whether in ASCII texts alone, and whether in the text as cased; None: ask the rule.
    Search = tuple[Callable[[str], re.Match[str] | None] | None, bool, bool]

# How many characters of a line's beginning, and of a word, are told apart.
HEAD = 4
KEY = 4
DIGIT = "0"  # stands for any decimal digit in a head and among marks
_WORD = ready.compiled(r"\w+")
_DIGITS = ready.compiled(r"\d")


@ready.late
def odd() -> re.Pattern[str]:
    """Finds a character that `re` and `regex` do not class alike (a number that is no digit, a young script)."""
    return ready.compiled(
        "[\u00b2\u00b3\u00b9\u00bc-\u00be\u09f4-\u09f9\u0b72-\u0b77\u0bf0-\u0bf2\u0c78-\u0c7e\u0d58-\u0d5e\u0d70-\u0d78"
        "\u0f2a-\u0f33\u1369-\u137c\u17f0-\u17f9\u19da\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b"
        "\u24ea-\u24ff\u2776-\u2793\u2cfd\u3192-\u3195\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
        "\ua830-\ua835\U00010000-\U0001efff\U0001f100-\U0001f10c]"
    )


def _as_seen(odd: re.Match[str]) -> str:
    """What stands for an odd character while a line is looked up, so that `re` classes it as `regex` does."""
    import regex

    if regex.match(r"\d", odd[0]):
        return DIGIT
    return odd[0] if regex.match(r"\w", odd[0]) else " "


# Scripts without spaces begin here: most of the texts looked for in them cannot stand in other lines.
WIDE = "\u2e80"
# Lines are told apart by length in characters, so that what cannot fit a line of that length is not looked at: the upper bounds.
LENGTHS = (24, 48, 96, 192, 384, MAX_LINE)
# And by words.
WORDS = (4, 8, 12, 16, 20, 25, 30, 40, 60, 90, 140)
_WORD_KINDS = len(WORDS) + 1
# How many words are remembered with what they lead to; then all are forgotten.
_MEMORY = 100_000
_ASCII_DIGITS = frozenset("0123456789")


class Parts(dict[str, "Part"]):
    """A table in parts by the first character of its keys (of beginnings: the first two): a short run needs few.

    Args:
        load: gives a part by those characters when a line first asks for it, or None.
    """

    def __init__(self, load: Callable[[str], Part | None]) -> None:
        super().__init__()
        self._load = load

    def __missing__(self, first: str) -> Part:
        part = self._load(first)
        if part is None:
            return _NO_PART
        self[first] = part
        return part


_NO_PART: Part = {}


class Tables(Value):
    """What `FastMatcher` looks lines up in; plain data, so that it can be cached.

    Attributes:
        entries: every pattern of every rule, in their order, as the fields of `tables.Entry`.
        heads: beginnings of lines, with the numbers of their entries.
        sizes: the lengths of beginnings.
        words, starts, ends: words (their first, their last `KEY` letters), with texts to look for then, and entries.
        inner: two letters inside a word, with more letters to look for in the word, then texts, and entries. Not in
            parts: it is small, and all of it is asked of each new word.
        rest: the entries that nothing leads to, by a mark that the line must hold (empty: none).
        wide: those whose texts stand only in lines with wide characters.
    """

    __match_args__ = ("entries", "heads", "sizes", "words", "starts", "ends", "inner", "rest", "wide")
    __slots__ = __match_args__

    def __init__(
        self,
        entries: list[tuple[Any, ...]],
        heads: Parts,
        sizes: tuple[int, ...],
        words: Parts,
        starts: Parts,
        ends: Parts,
        inner: dict[str, tuple[tuple[str, str, int], ...]],
        rest: dict[str, tuple[int, ...]],
        wide: tuple[int, ...],
    ) -> None:
        self.entries: Final = entries
        self.heads: Final = heads
        self.sizes: Final = sizes
        self.words: Final = words
        self.starts: Final = starts
        self.ends: Final = ends
        self.inner: Final = inner
        self.rest: Final = rest
        self.wide: Final = wide


class _Group:
    """Lines of about the same length, and what can hit them.

    Attributes:
        fits: the entries that lines so long may have.
        rest: those that nothing leads to.
        marked: those that only a mark leads to, by the mark.
        led: what words lead to.
        dull: words that lead nowhere here (those that lead nowhere at all aside): most do, so they are taken away in
            one operation.
    """

    __slots__ = ("dull", "fits", "led", "marked", "rest")

    def __init__(self, fits: frozenset[int], rest: tuple[int, ...], marked: dict[str, tuple[int, ...]]) -> None:
        self.fits, self.rest, self.marked = fits, rest, marked
        self.dull: set[str] = set()
        self.led: dict[str, _Led] = {}


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
        self._searches: list[Search | None] = [None] * len(tables.entries)
        self._words: dict[str, frozenset[tuple[str, int]]] = {}
        self._nowhere: set[str] = set()
        self._groups: list[_Group | None] = [None] * (len(LENGTHS) * _WORD_KINDS)

    def hits(self, view: View, own: int | None = None) -> Hits:
        """See `Matcher.hits`."""
        low, text = view.low, view.text
        size = len(low)
        if not low or size > MAX_LINE:
            return ()
        seen = low if low.isascii() else odd().sub(_as_seen, low)
        chars = set(seen)
        if not chars.isdisjoint(_ASCII_DIGITS) or (seen is not low and _DIGITS.search(seen)):
            chars.add(DIGIT)
        words = count_words(text)
        numbers = self._fitting(seen, chars, words)
        if not numbers:
            return ()
        # By pattern in `re`: whether it reads the text (lower-cased, cased) as `regex` does. ASCII is read alike.
        alike: list[bool | None] = [low.isascii() or None, text.isascii() or None]
        plain = alike[0], alike[1]
        entries, searches = self._tables.entries, self._searches
        may: dict[int, list[int]] = {}
        for number in sorted(numbers):
            r, p, least, most, fewest, many, must, never, marks, _ = entries[number]
            if (
                not least <= size <= most
                or not fewest <= words <= many
                or (own is not None and (own & must != must or own & never))
                or (marks and chars.isdisjoint(marks))
            ):
                continue
            found = searches[number]
            if found is None:
                found = searches[number] = self._load(number)
            search, ascii_only, case = found
            if search is not None:
                good = plain[case] if ascii_only else alike[case]
                if good is None and not ascii_only:
                    good = alike[case] = fits(text if case else low, False)
                if good and search(text if case else low) is None:
                    continue
            may.setdefault(r, []).append(p)
        hits: list[Hit] = []
        for r, places in may.items():
            rule = self.rules[r]
            spans = rule.hits(view, lambda _: words, [rule.match[p] for p in places], own)
            hits += [(rule, a, b) for a, b in spans]
        return tuple(hits)

    def _of_rule(self, number: int) -> Search:
        r, p = self._tables.entries[number][:2]
        rule = self.rules[r]
        quick = pattern.quick(rule.match[p], rule.case)
        return (*quick[1:], rule.case) if quick else (None, False, rule.case)

    def _fitting(self, low: str, chars: set[str], words: int) -> set[int]:
        """The entries that anything in a line leads to, by number."""
        kind = bisect_left(LENGTHS, len(low)) * _WORD_KINDS + bisect_left(WORDS, words)
        group = self._groups[kind] or self._group(kind)
        tables = self._tables
        entries = tables.entries
        numbers: set[int] = set()
        loose: list[int] = []
        head = low[:HEAD]
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        for length in tables.sizes:
            if (some := tables.heads[head[: min(length, 2)]].get(head[:length])) is not None:
                loose += some
        loose += group.rest
        for mark in group.marked.keys() & chars:
            loose += group.marked[mark]
        if not low.isascii() and max(chars) >= WIDE:
            loose += tables.wide
        for number in loose:
            texts = entries[number][-1]
            if not texts or _named(texts, low):
                numbers.add(number)
        for word in set(_WORD.findall(low)) - self._nowhere - group.dull:
            led = group.led.get(word) or self._learnt(word, group)
            if led is not None:
                numbers.update(led[0])
                for text, number in led[1]:
                    if text in low:
                        numbers.add(number)
        return numbers

    def _group(self, kind: int) -> _Group:
        lengths, words = divmod(kind, _WORD_KINDS)
        least, most = (LENGTHS[lengths - 1] + 1 if lengths else 1), LENGTHS[lengths]
        fewest, many = (WORDS[words - 1] + 1 if words else 0), [*WORDS, MAX_LINE][words]
        fits = frozenset(
            number
            for number, e in enumerate(self._tables.entries)
            if e[2] <= most and e[3] >= least and e[4] <= many and e[5] >= fewest
        )
        rest = self._tables.rest
        marked = {mark: tuple(n for n in some if n in fits) for mark, some in rest.items() if mark}
        made = _Group(fits, tuple(n for n in rest.get("", ()) if n in fits), {m: x for m, x in marked.items() if x})
        self._groups[kind] = made
        return made

    def _learnt(self, word: str, group: _Group) -> _Led | None:
        """What a word that was not seen before in such lines leads to; None if nothing."""
        if len(group.dull) + len(group.led) > _MEMORY:
            group.dull.clear()
            group.led.clear()
        pairs = [pair for pair in self._pairs(word) if pair[1] in group.fits]
        if not pairs:
            if word not in self._nowhere:
                group.dull.add(word)
            return None
        direct = {number for text, number in pairs if text in word}
        led = tuple(direct), tuple((t, n) for t, n in pairs if n not in direct)
        group.led[word] = led
        return led

    def _pairs(self, word: str) -> frozenset[tuple[str, int]]:
        """The texts that a word leads to, each with its entry."""
        known = self._words.get(word)
        if known is None:
            if len(self._words) > _MEMORY:
                self._words.clear()
                self._nowhere.clear()
            tables = self._tables
            pairs: set[tuple[str, int]] = set()
            for table, key in ((tables.words, word), (tables.starts, word[:KEY]), (tables.ends, word[-KEY:])):
                pairs.update(table[key[0]].get(key, ()))
            for two in tables.inner.keys() & set(map(concat, word, word[1:])):
                pairs.update((text, number) for inside, text, number in tables.inner[two] if inside in word)
            known = self._words[word] = frozenset(pairs)
            if not pairs:
                self._nowhere.add(word)
        return known


def _named(texts: tuple[str, ...], low: str) -> bool:
    for text in texts:  # noqa: SIM110  # `any` takes twice the time
        if text in low:
            return True
    return False
