"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.gates` only spare patterns that cannot hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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


class _Entry:
    """One pattern of one rule on the table.

    Attributes:
        order: the place of the rule among the rules, and of the pattern in the rule.
        least, most: the bounds of the line's length.
        texts: one of these stands in the line; empty: not known.
        marks: one of these characters stands in the line; empty: not known.
    """

    __slots__ = ("least", "marks", "most", "order", "texts")

    def __init__(self, order: tuple[int, int], gate: Gate) -> None:
        self.order, self.least, self.most = order, gate.least, min(gate.most, MAX_LINE)
        self.texts = tuple(t.strip(EDGE) for t in gate.needs)
        self.marks = gate.marks

    def may_hit(self, low: str) -> bool:
        """Whether the gate is open for a line, its beginning aside."""
        if not self.least <= len(low) <= self.most:
            return False
        if self.marks and not any(m in low for m in self.marks) and not (DIGIT in self.marks and _DIGITS.search(low)):
            return False
        return not self.texts or any(t in low for t in self.texts)


class FastMatcher:
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules; those without a pattern are passed over.
        gates: the gate of each pattern, if they are at hand.
    """

    def __init__(self, rules: Sequence[Rule], gates: dict[str, Gate] | None = None) -> None:
        self.rules = [r for r in rules if r.match]
        self._heads: list[dict[str, list[_Entry]]] = [{} for _ in range(HEAD + 1)]
        self._words: dict[str, list[_Entry]] = {}
        self._texts: list[tuple[str, _Entry]] = []
        self._open: list[_Entry] = []
        if gates is None:
            gates = gates_of(pattern for rule in self.rules for pattern in rule.match)
        for r, rule in enumerate(self.rules):
            for p, pattern in enumerate(rule.match):
                self._enter((r, p), gates[pattern])

    def _enter(self, order: tuple[int, int], gate: Gate) -> None:
        entry = _Entry(order, gate)
        for head in gate.heads:
            self._heads[len(head)].setdefault(head, []).append(entry)
        if gate.heads:
            return
        if not gate.needs:
            self._open.append(entry)
        for need in gate.needs:
            if key := key_of(need):
                entries = self._words.setdefault(key, [])
                if entry not in entries:
                    entries.append(entry)
            else:
                self._texts.append((need.strip(EDGE), entry))

    def hits(self, view: View) -> Hits:
        """See `Matcher.hits`."""
        low = view.low
        if not low or len(low) > MAX_LINE:
            return ()
        if not low.isascii() and _ODD.search(low):
            return tuple((rule, a, b) for rule in self.rules for a, b in rule.hits(view))
        tried = sorted({e.order for e in self._fitting(low) if e.may_hit(low)})
        if not tried:
            return ()
        found: list[Hit] = []
        at = 0
        while at < len(tried):
            r = tried[at][0]
            rule = self.rules[r]
            patterns = []
            while at < len(tried) and tried[at][0] == r:
                patterns.append(rule.match[tried[at][1]])
                at += 1
            found += [(rule, a, b) for a, b in rule.hits(view, count_words, patterns)]
        return tuple(found)

    def _fitting(self, low: str) -> Iterable[_Entry]:
        """The entries whose beginning or words fit the line, some twice."""
        out = list(self._open)
        head = low[:HEAD]
        if not head.isalpha():
            head = "".join([DIGIT if ch.isdecimal() else ch for ch in head])
        for size, table in enumerate(self._heads):
            if table and (entries := table.get(head[:size])) and len(head) >= size:
                out += entries
        words = self._words
        for word in _WORD.findall(low):
            if (entries := words.get(word[:KEY])) is not None:
                out += entries
        out += [entry for text, entry in self._texts if text in low]
        return out
