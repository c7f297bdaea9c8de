"""How far the rules reach that take lines after their own: blocks and rests. Sentences are never among them.

A sentence of the law ends a block; a short one is stepped over, for the titles of links may be finished too.
"""

from __future__ import annotations

from cleaner.evidence.state import State
from cleaner.rules import pattern
from cleaner.rules.rule import Rule, Scope
from cleaner.text.signals import BITS as B

_SURE = 1.0
_UNDERLINE = 3
# Lines that no block takes, besides sentences: long lines, and the rows of tables and price lists.
_NO_MEMBER = B["prose"] | B["words-30"] | B["table"] | B["money"]


def extend(state: State, found: dict[int, list[Rule]]) -> None:
    """Let block and rest rules among `found` reach the lines after their own; each rule takes a line once."""
    before: list[int] | None = None
    # How far each rule has reached: a line within has it already. Each line counts with its own rules only, since one
    # that was reached from above must not reach on.
    ends: dict[Rule, int] = {}
    for i, rules in [(i, tuple(found[i])) for i in sorted(found)]:
        for rule in rules:
            if not rule.reaching or sum([r.score for r in rules]) < _SURE:
                continue
            if rule.scope is Scope.BLOCK:
                end = _block_end(rule, i, state)
            else:
                if before is None:
                    before = _sentences_before(state)
                end = len(state.lines) if before[i] > before[-1] - before[i] else i + 1
            for k in range(max(i + 1, ends.get(rule, 0)), end):
                if not state.is_sentence(k) and not state.lines[k].facts.is_short_sentence:
                    found.setdefault(k, []).append(rule)
            ends[rule] = max(end, ends.get(rule, 0))


def _block_end(rule: Rule, start: int, state: State) -> int:
    """The index after the last line of the block that `rule` opens at `start`."""
    lines, gaps, bits, topic = state.lines, state.gaps, state.bits, state.topic
    until = rule.until
    # Where the first line is a heading or an item, all are.
    headed = bits[start + 1] & B["heading"] if start + 1 < len(lines) else 0
    listed = True
    i = start + 1
    while i < len(lines):
        if bits[i] & _NO_MEMBER or state.is_sentence(i):
            # What stands right above prose is its heading, and stays: unless it hangs on the line before it and a
            # blank line parts it from the prose, or it is long and speaks of other things than the document does.
            last = i - 1
            if last == start + 1 and i - start > until.lines:
                return i
            if _is_underline(lines[last].view.low) and last - 1 > start:
                return last - 1
            if last > start + 1 and listed and not bits[last] & B["bullet"]:
                return last
            hangs = gaps[i] and not gaps[last]
            teaser = bits[last] & B["medium"] and topic(last) & B["foreign"]
            member = hangs or bits[last] & B["stop"] or teaser
            return i if member else max(start + 1, last)
        if i - start > until.lines or bits[i] & B["heading"] and not headed:
            return i
        listed = listed and (i == start + 1 or bits[i - 1] & B["bullet"] != 0)
        text = lines[i].view.text if rule.case else lines[i].view.low
        if until.blank and gaps[i] or until.pattern and pattern.first(until.pattern, rule.case, text, rule.id):
            return i
        i += 1
    return i


def _is_underline(text: str) -> bool:
    """Whether a line underlines the one above it, and makes that a heading (setext)."""
    return len(text) >= _UNDERLINE and (text.strip("-") == "" or text.strip("=") == "")


def _sentences_before(state: State) -> list[int]:
    """How many sentences stand before each line, and before the end."""
    counts = [0]
    for i in range(len(state.lines)):
        counts.append(counts[-1] + state.is_sentence(i))
    return counts
