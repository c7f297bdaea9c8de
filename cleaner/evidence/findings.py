"""What rules say of a document's lines where they stand, before any line is decided."""

from __future__ import annotations

from cleaner.evidence.foreign import Languages
from cleaner.evidence.glued import glued
from cleaner.evidence.reach import extend
from cleaner.evidence.records import Records
from cleaner.evidence.state import State
from cleaner.rules.rule import SURE, Rule
from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

# From the first number of lines that go for sure on a document is a whole page by degrees, at the second it is one.
PAGE_FROM, PAGE_AT = 4, 12
_GUARDED, _HINT = B["guarded"], B["hint"]
_STRONG = _HINT | B["strong-hint"]
_PREV, _NEXT = B["prev-hint"], B["next-hint"]


class Findings:
    """The evidence for one state of a document, by index into the lines of its state.

    Args:
        bits: the signals of each line before; taken over, and what `rules` tell is added to them.
        rules: see below.
        closed: see below.

    Attributes:
        bits: the signals of each line, those of topic and of neighbours' verdicts not among them.
        rules: those that hit a line here, where any do.
        closed: lines of lists of records, and those between them: weak evidence may not take them.
        scores: what the rules weigh together.
        sure: the lines that one of them drops alone.
        page: how much of a whole page the document is, 0 to 1.
    """

    __slots__ = ("bits", "closed", "page", "rules", "scores", "sure")

    def __init__(self, bits: list[int], rules: dict[int, list[Rule]], closed: set[int]) -> None:
        self.bits, self.rules, self.closed = bits, rules, closed
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
        self.page = min(1.0, max(0.0, (len(self.sure) - PAGE_FROM) / (PAGE_AT - PAGE_FROM)))


class Finder:
    """Gathers the evidence.

    Args:
        conditional: the rules that have no pattern but ask for `near` or `repeat`.
        languages: how much rules say of texts in other languages.
    """

    def __init__(self, conditional: Sequence[Rule], languages: Languages) -> None:
        self._conditional, self._languages = conditional, languages

    def find(self, state: State, weak: bool, lists: bool = True) -> Findings:
        """The evidence in `state`.

        Args:
            state: the document as it stands.
            weak: whether fractions count; if not, only sure rules and those that protect do.
            lists: whether rules say nothing of the records of lists.
        """
        rules, closed = self._placed(state, weak, lists)
        if any(rule.reaching for some in rules.values() for rule in some):
            extend(state, rules)
        return Findings(state.bits.copy(), rules, closed)

    def _standing(self, state: State, lists: bool) -> dict[int, list[Rule]]:
        """The rules that hit each line by a pattern, whose conditions of place hold there, as far as the language hears."""
        lines, bits = state.lines, state.bits
        spoken = self._languages.chosen
        known = bool(spoken)
        found: dict[int, list[Rule]] = {}
        elsewhere: dict[int, list[Rule]] = {}
        for i in state.hit:
            line, here = lines[i], bits[i]
            standing = []
            for rule in line.facts.rules:
                stands = rule.stands(here)
                if not (stands or rule.score > 0 and rule.suits(here)) or line.repeats < rule.repeat:
                    continue
                if rule.language != "any" and (rule.language != "en" or rule.reaching):
                    if not known:
                        spoken, known = state.languages, True
                    rule = self._languages.heard(rule, spoken)
                if stands:
                    standing.append(rule)
                else:
                    elsewhere.setdefault(i, []).append(rule)
            if standing and any(rule.score > 0 for rule in standing) and glued(state, i):
                standing = [rule for rule in standing if rule.score <= 0]
            if standing:
                found[i] = standing
        if not lists:
            return found
        against = {i: some for i, rules in found.items() if (some := [r for r in rules if r.score > 0])}
        records = Records(state, against, elsewhere)
        for i, void in records.void.items():
            found[i] = [rule for rule in found[i] if rule not in void]
        state.closed = records.closed
        return {i: rules for i, rules in found.items() if rules}

    def _placed(self, state: State, weak: bool, lists: bool) -> tuple[dict[int, list[Rule]], set[int]]:
        """The rules that hit each line, with the conditions that concern its place, and the lines of lists."""
        if state.standing is None:
            state.standing = self._standing(state, lists)
        lines = state.lines
        found: dict[int, list[Rule]] = {}
        near: list[tuple[int, Rule]] = []
        sure: dict[int, set[str]] = {}
        for i, standing in state.standing.items():
            for rule in standing:
                if not (weak or rule.sure or rule.score < 0):
                    continue
                if rule.near:
                    near.append((i, rule))
                    continue
                found.setdefault(i, []).append(rule)
                if rule.sure:
                    sure.setdefault(i, set()).add(rule.category)
        # A conditional rule wants something sure near the line, or the line in other documents.
        if weak and (sure or state.repeated):
            for i, here in enumerate(state.bits):
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
        return found, state.closed
