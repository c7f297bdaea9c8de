"""What is known of a document's lines before any is decided: their signals, and the rules with patterns that hit them."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.evidence.state import State
from cleaner.rules import pattern
from cleaner.rules.rule import Rule, Scope
from cleaner.text.signals import BITS as B

SURE = 1.0
# A document where this many lines go for sure is a whole page, not what an extractor made of one.
WHOLE_PAGE = 8
_PAGE, _GUARDED, _HINT = B["page"], B["guarded"], B["hint"]
_STRONG = _HINT | B["strong-hint"]
_PREV, _NEXT = B["prev-hint"], B["next-hint"]
# Lines that no block takes: paragraphs, whatever ends them, and the rows of tables and price lists.
_NO_MEMBER = B["prose"] | B["words-30"] | B["table"] | B["money"]


class Findings:
    """The evidence for one state of a document, by index into the lines of its state.

    Args:
        bits: the signals of each line before; taken over, and what `rules` tell is added to them.
        rules: see below.

    Attributes:
        bits: the signals of each line, those of topic and of neighbours' verdicts not among them.
        rules: those that hit a line here, where any do.
        scores: what these weigh together.
        sure: the lines that one of them drops alone.
    """

    __slots__ = ("bits", "rules", "scores", "sure")

    def __init__(self, bits: list[int], rules: dict[int, list[Rule]]) -> None:
        self.bits, self.rules = bits, rules
        self.scores: dict[int, float] = {}
        self.sure: set[int] = set()
        last = len(bits) - 1
        for i, some in rules.items():
            score = 0.0
            sure = False
            for rule in some:
                score += rule.score
                sure = sure or rule.sure
            self.scores[i] = score
            if sure:
                self.sure.add(i)
            if score < 0:
                bits[i] |= _GUARDED
                continue
            bits[i] |= _STRONG if score >= SURE / 2 else _HINT
            if score > 0:
                if i:
                    bits[i - 1] |= _NEXT
                if i < last:
                    bits[i + 1] |= _PREV
        if len(self.sure) >= WHOLE_PAGE:
            bits[:] = [b | _PAGE for b in bits]


class Finder:
    """Gathers the evidence.

    Args:
        conditional: the rules that have no pattern but ask for `near` or `repeat`.
    """

    def __init__(self, conditional: Sequence[Rule]) -> None:
        self._conditional = conditional

    def find(self, state: State, weak: bool) -> Findings:
        """The evidence in `state`; `weak`: whether fractions count; if not, only sure rules and those that protect do."""
        bits = state.bits.copy()
        rules = self._placed(state, bits, weak)
        if any(rule.reaching for some in rules.values() for rule in some):
            _extend(state, rules)
        return Findings(bits, rules)

    def _placed(self, state: State, bits: Sequence[int], weak: bool) -> dict[int, list[Rule]]:
        """The rules that hit each line, with the conditions that concern its place."""
        lines = state.lines
        found: dict[int, list[Rule]] = {}
        near: list[tuple[int, Rule]] = []
        sure: dict[int, set[str]] = {}
        for i in state.hit:
            line, here = lines[i], bits[i]
            for rule in line.facts.rules:
                if not (weak or rule.sure or rule.score < 0) or not rule.stands(here) or line.repeats < rule.repeat:
                    continue
                if rule.near:
                    near.append((i, rule))
                    continue
                if i in found:
                    found[i].append(rule)
                else:
                    found[i] = [rule]
                if rule.sure:
                    sure.setdefault(i, set()).add(rule.category)
        # A conditional rule wants something sure near the line, or the line in other documents.
        if weak and (sure or state.repeated):
            for i, here in enumerate(bits):
                near += [
                    (i, rule)
                    for rule in self._conditional
                    if (rule.near is None or sure) and lines[i].repeats >= rule.repeat and rule.stands(here)
                ]
        for i, rule in near:
            if rule.near is None or any(
                not rule.near.categories.isdisjoint(sure.get(k, ()))
                for k in range(i - rule.near.within, i + rule.near.within + 1)
                if k != i
            ):
                found.setdefault(i, []).append(rule)
        return found


def _extend(state: State, found: dict[int, list[Rule]]) -> None:
    """Let block and rest rules reach the lines after their own."""
    lines, bits = state.lines, state.bits
    # Each line's own rules: one that reached it from above must not reach on from it, again and again.
    for i, rules in [(i, tuple(found[i])) for i in sorted(found)]:
        for rule in rules:
            if not rule.reaching or sum([r.score for r in rules]) < SURE:
                continue
            if rule.scope is Scope.BLOCK:
                reach = _block_end(rule, i, state)
            else:
                reach = len(lines) if _rest_is_free(i, bits) else i + 1
            for k in range(i + 1, reach):
                found.setdefault(k, []).append(rule)


def _block_end(rule: Rule, start: int, state: State) -> int:
    """The index after the last line of the block that `rule` opens at `start`."""
    lines, gaps, bits, topic = state.lines, state.gaps, state.bits, state.topic
    stop = _NO_MEMBER if bits[start] & B["zone-tail"] else _NO_MEMBER | B["sentence"]
    until = rule.until
    i = start + 1
    while i < len(lines) and i - start <= until.lines:
        if bits[i] & stop:
            # What stands right above prose is its heading, and stays: unless it hangs on the line before it and a
            # blank line parts it from the prose, or it is long and speaks of other things than the document does.
            hangs = gaps[i] and not gaps[i - 1]
            teaser = bits[i - 1] & B["medium"] and topic(i - 1) & B["foreign"]
            member = hangs or bits[i - 1] & B["stop"] or teaser
            return i if member else max(start + 1, i - 1)
        text = lines[i].view.text if rule.case else lines[i].view.low
        if until.blank and gaps[i] or until.pattern and pattern.first(until.pattern, rule.case, text):
            return i
        i += 1
    return i


def _rest_is_free(start: int, bits: Sequence[int]) -> bool:
    """Whether no real prose follows: no long paragraph, and at most two short ones."""
    prose = 0
    for b in bits[start + 1 :]:
        prose += bool(b & B["prose"])
        if b & B["long-prose"] or prose > 2:
            return False
    return True
