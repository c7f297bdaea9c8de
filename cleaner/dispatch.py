"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.gates` only spare patterns that cannot hit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from cleaner.gate_store import gates_of
from cleaner.gates import DIGIT, EDGE, HEAD, KEY, Gate, key_of
from cleaner.matcher import Hit, Hits
from cleaner.pattern import MAX_LINE
from cleaner.rule import Rule
from cleaner.view import View
from cleaner.words import count_words

_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d")
# Characters that `re` and `regex` do not class alike (numbers that are no digits, scripts that one of them does not
# know yet). The gates are made with `re`'s classes; for a line with any of these all of them stand open.
_ODD = re.compile(
    "[\u00b2\u00b3\u00b9\u00bc-\u00be\u09f4-\u09f9\u0b72-\u0b77\u0bf0-\u0bf2\u0c78-\u0c7e\u0d58-\u0d5e\u0d70-\u0d78"
    "\u0f2a-\u0f33\u1369-\u137c\u17f0-\u17f9\u19da\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189\u2460-\u249b"
    "\u24ea-\u24ff\u2776-\u2793\u2cfd\u3192-\u3195\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
    "\ua830-\ua835\U00010000-\U0001efff\U0001f100-\U0001f10c]"
)


# Scripts without spaces: most of the texts looked for in them cannot stand in other lines.
_WIDE = re.compile("[\u2e80-\uffff]")
# Lines are told apart by length, so that what cannot fit a line of that length is not looked at: the upper bounds.
_LENGTHS = (24, 48, 96, 192, 384, MAX_LINE)

_Order = tuple[int, int]


class _Entry:
    """One pattern of one rule on the table.

    Attributes:
        order: the place of the rule among the rules, and of the pattern in the rule.
        least, most: the bounds of the line's length.
        words: the bound of the line's words.
        marks: one of these characters stands in the line (`digit`: or a digit); empty: not known.
        texts: one of these stands in the line, or one that a word leads to; empty: not known.
    """

    __slots__ = ("digit", "least", "marks", "most", "order", "texts", "words")

    def __init__(self, order: _Order, rule: Rule, gate: Gate) -> None:
        self.order, self.least, self.most = order, gate.least, min(gate.most, MAX_LINE)
        self.words = MAX_LINE if rule.max_words is None else rule.max_words
        self.texts = tuple(t.strip(EDGE) for t in gate.needs if gate.heads or not key_of(t))
        self.digit = DIGIT in gate.marks
        self.marks = gate.marks.replace(DIGIT, "")

    def marked(self, low: str) -> bool:
        """Whether the line holds one of the marks that it must."""
        for mark in self.marks:
            if mark in low:
                return True
        return _DIGITS.search(low) is not None if self.digit else not self.marks

    def named(self, low: str) -> bool:
        """Whether the line has a length that fits, and one of the texts that it must."""
        if not self.least <= len(low) <= self.most:
            return False
        for text in self.texts:
            if text in low:
                return True
        return not self.texts


_Named = dict[str, list[tuple[str, _Entry]]]


class FastMatcher:
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules; those without a pattern are passed over.
        gates: the gate of each pattern, if they are at hand.
    """

    def __init__(self, rules: Sequence[Rule], gates: dict[str, Gate] | None = None) -> None:
        self.rules = [r for r in rules if r.match]
        self._heads: dict[str, list[_Entry]] = {}
        self._words: _Named = {}
        self._starts: _Named = {}
        self._ends: _Named = {}
        # What neither a beginning nor a word leads to, by the length of the line, then by the marks that it must hold;
        # apart from it what only lines with wide characters can hold.
        self._rest: list[dict[str, list[_Entry]]] = [{} for _ in _LENGTHS]
        self._wide: list[_Entry] = []
        if gates is None:
            gates = gates_of(pattern for rule in self.rules for pattern in rule.match)
        for r, rule in enumerate(self.rules):
            for p, pattern in enumerate(rule.match):
                self._enter(_Entry((r, p), rule, gates[pattern]), gates[pattern])
        self._head_sizes = sorted({len(h) for h in self._heads})

    def _enter(self, entry: _Entry, gate: Gate) -> None:
        for head in gate.heads:
            self._heads.setdefault(head, []).append(entry)
        if gate.heads:
            return
        keys = [(key_of(need), need.strip(EDGE)) for need in gate.needs]
        for key, text in keys:
            if key.endswith("*"):
                self._starts.setdefault(key[:-1], []).append((text, entry))
            elif key.startswith("*"):
                self._ends.setdefault(key[1:], []).append((text, entry))
            elif key:
                self._words.setdefault(key, []).append((text, entry))
        unkeyed = [text for key, text in keys if not key]
        if unkeyed and all(map(_WIDE.search, unkeyed)):
            self._wide.append(entry)
        elif unkeyed or not keys:
            low = 0
            for high, groups in zip(_LENGTHS, self._rest, strict=True):
                if entry.least <= high and entry.most > low:
                    groups.setdefault(gate.marks, []).append(entry)
                low = high

    def hits(self, view: View, own: int | None = None) -> Hits:
        """See `Matcher.hits`."""
        low = view.low
        if not low or len(low) > MAX_LINE:
            return ()
        if not low.isascii() and _ODD.search(low):
            return tuple((rule, a, b) for rule in self.rules for a, b in rule.hits(view))
        fitting = self._fitting(low)
        if not fitting:
            return ()
        words = count_words(view.text)
        tried = sorted({e.order for e in fitting if words <= e.words})
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

    def _fitting(self, low: str) -> list[_Entry]:
        """The entries whose gates are open for a line, some twice."""
        out: list[_Entry] = []
        head = low[:HEAD]
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        for size in self._head_sizes:
            if (entries := self._heads.get(head[:size])) is not None:
                out += [e for e in entries if e.named(low) and e.marked(low)]
        words, starts, ends = self._words, self._starts, self._ends
        for word in set(_WORD.findall(low)):
            if (named := words.get(word)) is not None:
                out += [e for text, e in named if text in low and e.least <= len(low) <= e.most and e.marked(low)]
            if (named := starts.get(word[:KEY])) is not None:
                out += [e for text, e in named if text in low and e.least <= len(low) <= e.most and e.marked(low)]
            if (named := ends.get(word[-KEY:])) is not None:
                out += [e for text, e in named if text in low and e.least <= len(low) <= e.most and e.marked(low)]
        for entries in self._rest[bisect_left(_LENGTHS, len(low))].values():
            if entries[0].marked(low):
                out += [e for e in entries if e.named(low)]
        if not low.isascii() and _WIDE.search(low):
            out += [e for e in self._wide if e.named(low) and e.marked(low)]
        return out
