"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.gates` only spare patterns that cannot hit.
"""

from __future__ import annotations

import functools
import marshal
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from cleaner.matcher import Hit, Hits
from cleaner.pattern import MAX_LINE
from cleaner.rule import Rule
from cleaner.view import View
from cleaner.words import count_words

# How many characters of a line's beginning, and of a word, are told apart.
HEAD = 4
KEY = 4
DIGIT = "0"  # stands for any decimal digit in a head and among marks
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d")


@functools.cache
def odd() -> re.Pattern[str]:
    """Finds a character that `re` and `regex` do not class alike (a number that is no digit, a young script)."""
    return re.compile(
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
# Lines are told apart by length, so that what cannot fit a line of that length is not looked at: the upper bounds.
LENGTHS = (24, 48, 96, 192, 384, MAX_LINE)

# One pattern of one rule on the tables, as plain data: the rule's place, the pattern's place in the rule, the least and
# the most characters and the most words of the line, the marks one of which it must hold (`DIGIT`: any digit), and the
# texts one of which it must hold if no word led here (empty: not known).
Entry = tuple[int, int, int, int, int, str, tuple[str, ...]]
# A table in parts by the first character of its keys (of beginnings: the first two). A part of it may still be packed (by marshal), and is unpacked in place
# when a line first asks for it: a short run needs few of them.
Parts = dict[str, Any]


class Tables(NamedTuple):
    """What `FastMatcher` looks lines up in; plain data, so that it can be cached.

    Attributes:
        entries: every pattern of every rule.
        heads: beginnings of lines, with the numbers of their entries.
        sizes: the lengths of beginnings.
        words, starts, ends: words (their first, their last `KEY` letters), with texts to look for then, and entries.
        rest: for each of `LENGTHS`, the entries that nothing leads to, by the marks that the line must hold.
        wide: those whose texts stand only in lines with wide characters.
    """

    entries: list[Entry]
    heads: Parts
    sizes: tuple[int, ...]
    words: Parts
    starts: Parts
    ends: Parts
    rest: list[list[tuple[str, tuple[int, ...]]]]
    wide: tuple[int, ...]


class FastMatcher:
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules that have patterns, in the order of `tables`. Only those that may hit are looked at.
        tables: made of those rules by `cleaner.tables`.
    """

    def __init__(self, rules: Sequence[Rule], tables: Tables) -> None:
        self.rules = rules
        self._tables = tables

    def hits(self, view: View, own: int | None = None) -> Hits:
        """See `Matcher.hits`."""
        low = view.low
        if not low or len(low) > MAX_LINE:
            return ()
        if not low.isascii():
            low = odd().sub(_as_seen, low)
        fitting = self._fitting(low)
        if not fitting:
            return ()
        words = count_words(view.text)
        tried = sorted({(e[0], e[1]) for e in fitting if words <= e[4]})
        found: list[Hit] = []
        at = 0
        while at < len(tried):
            r = tried[at][0]
            rule = self.rules[r]
            patterns = []
            while at < len(tried) and tried[at][0] == r:
                patterns.append(rule.match[tried[at][1]])
                at += 1
            if own is None or rule.when.own_hold(own):
                found += [(rule, a, b) for a, b in rule.hits(view, lambda _: words, patterns)]
        return tuple(found)

    def _fitting(self, low: str) -> list[Entry]:
        """The entries whose gates are open for a line, some twice."""
        tables = self._tables
        all_entries = tables.entries
        size = len(low)
        numbers: list[int] = []
        head = low[:HEAD]
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        for length in tables.sizes:
            if (part := _part(tables.heads, head[: min(length, 2)])) and (some := part.get(head[:length])) is not None:
                numbers += some
        out = [e for e in map(all_entries.__getitem__, numbers) if e[2] <= size <= e[3] and _named(e[6], low)]
        for word in set(_WORD.findall(low)):
            for table, key in ((tables.words, word), (tables.starts, word[:KEY]), (tables.ends, word[-KEY:])):
                part = table.get(key[0])
                if part is None:
                    continue
                if part.__class__ is bytes:
                    part = table[key[0]] = marshal.loads(part)
                if (named := part.get(key)) is not None:
                    for text, number in named:
                        if text in low:
                            entry = all_entries[number]
                            if entry[2] <= size <= entry[3]:
                                out.append(entry)
        out = [e for e in out if not e[5] or _marked(e[5], low)]
        for marks, some in tables.rest[bisect_left(LENGTHS, size)]:
            if not marks or _marked(marks, low):
                for number in some:
                    entry = all_entries[number]
                    if entry[2] <= size <= entry[3] and _named(entry[6], low):
                        out.append(entry)
        if not low.isascii() and max(low) >= WIDE:
            for entry in map(all_entries.__getitem__, tables.wide):
                if entry[2] <= size <= entry[3] and _named(entry[6], low) and (not entry[5] or _marked(entry[5], low)):
                    out.append(entry)
        return out


def _part(table: Parts, first: str) -> Any:
    part = table.get(first)
    if part.__class__ is bytes:
        part = table[first] = marshal.loads(part)
    return part


def _named(texts: tuple[str, ...], low: str) -> bool:
    for text in texts:
        if text in low:
            return True
    return not texts


def _marked(marks: str, low: str) -> bool:
    for mark in marks:
        if mark in low:
            return True
    return DIGIT in marks and _DIGITS.search(low) is not None
