"""How far the rules reach that take lines after their own: blocks and rests. Sentences are never among them.

A sentence of the law ends a block; a short one is stepped over, for the titles of links may be finished too.
"""

from __future__ import annotations

from cleaner.evidence.state import State
from cleaner.rules import pattern
from cleaner.rules.rule import SURE, Rule, Scope
from cleaner.text.marks import is_underline
from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

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
            if not rule.reaching or _score(rules) < SURE:
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


def _score(rules: Sequence[Rule]) -> float:
    total = 0.0
    for rule in rules:
        total += rule.score  # not `sum`, which from Python 3.12 on rounds otherwise
    return total


def _block_end(rule: Rule, start: int, state: State) -> int:
    """The index after the last line of the block that `rule` opens at `start`."""
    lines, gaps, bits = state.lines, state.gaps, state.bits
    until = rule.until
    # Where the first line of a block is a heading or an item, all are.
    headed = start + 1 < len(lines) and _is_heading(state, start + 1)
    items = True
    for i in range(start + 1, len(lines)):
        full = i - start > until.lines
        if bits[i] & _NO_MEMBER or state.is_sentence(i):
            # A block of one line that was to be one holds no heading.
            return i if full and i == start + 2 else _end_above(state, start, i, items)
        if full or not headed and _is_heading(state, i):
            return i
        items = items and (i == start + 1 or bits[i - 1] & B["bullet"] != 0)
        text = lines[i].view.text if rule.case else lines[i].view.low
        if until.blank and gaps[i] or until.pattern and pattern.first(until.pattern, rule.case, text, rule.id):
            return i
    return len(lines)


def _end_above(state: State, start: int, i: int, items: bool) -> int:
    """The end of a block that paragraph `i` ends: what stands right above prose is its heading, and stays.

    Unless it hangs on the line before it and a blank line parts it from the prose, or it is long and speaks of other things
    than the document does. Where all lines before it are `items` of a list and it is none, it is a heading in any case.
    """
    bits, gaps, last = state.bits, state.gaps, i - 1
    if last > start + 1 and items and not bits[last] & B["bullet"]:
        return last
    hangs = gaps[i] and not gaps[last]
    teaser = bits[last] & B["medium"] and state.topic(last) & B["foreign"]
    return i if hangs or bits[last] & B["stop"] or teaser else max(start + 1, last)


def _is_heading(state: State, i: int) -> bool:
    """Whether a line is a heading by Markdown: it has its mark, or the next line underlines it (setext)."""
    if state.bits[i] & B["heading"]:
        return True
    return i + 1 < len(state.lines) and is_underline(state.lines[i + 1].view.low)


def _sentences_before(state: State) -> list[int]:
    """How many sentences stand before each line, and before the end."""
    counts = [0]
    for i in range(len(state.lines)):
        counts.append(counts[-1] + state.is_sentence(i))
    return counts
