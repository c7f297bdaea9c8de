"""Rules counted over a corpus: how often each hits and decides, which never do, which say the same, and what each costs."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from cleaner.evidence.facts import Facts
from cleaner.judging.verdict import Action, Verdict
from cleaner.rules.rule import Rule
from cleaner.text.view import View

# Lines kept to measure the rules' time on, each once.
_TIMED_LINES = 400
# A rule overlaps another if it hits so few lines (share) without it, and hits so many at all.
_OWN_SHARE, _LEAST_HITS = 0.1, 3


@dataclass(frozen=True, slots=True)
class Count:
    """What one rule did in a corpus.

    Attributes:
        rule: the rule.
        hits: lines that its pattern hits.
        spoke: lines that went for which it was among the reasons.
        first: those that it is named for.
        sole: those that no other rule with a pattern spoke against.
        documents: those that hold a hit.
    """

    rule: Rule
    hits: int
    spoke: int
    first: int
    sole: int
    documents: int


@dataclass(slots=True)
class Census:
    """Counts over the documents that were seen.

    Attributes:
        rules: those to count; rules without a pattern are counted by what they spoke for alone.
        documents, lines: how many were seen, blank lines not counted.
    """

    rules: Sequence[Rule]
    documents: int = 0
    lines: int = 0
    _hits: Counter[str] = field(default_factory=Counter)
    _spoke: Counter[str] = field(default_factory=Counter)
    _first: Counter[str] = field(default_factory=Counter)
    _sole: Counter[str] = field(default_factory=Counter)
    _in: Counter[str] = field(default_factory=Counter)
    _pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    _sample: dict[str, View] = field(default_factory=dict)

    def see(self, raws: Iterable[str], verdicts: Sequence[Verdict], facts: Callable[[str], Facts]) -> None:
        """Count one document.

        Args:
            raws: its lines.
            verdicts: one for each.
            facts: what a line is by itself.
        """
        self.documents += 1
        here: set[str] = set()
        for raw, verdict in zip(raws, verdicts, strict=True):
            known = facts(raw)
            if not known.text:
                continue
            self.lines += 1
            if len(self._sample) < _TIMED_LINES:
                self._sample.setdefault(known.text, known)
            ids = sorted({rule.id for rule, _, _ in known.hits})
            self._hits.update(ids)
            here.update(ids)
            if len(ids) > 1:
                self._pairs.update((a, b) for a in ids for b in ids if a != b)
            if verdict.action is not Action.KEEP:
                self._spoke.update({rule.id for rule in verdict.reasons})
                self._first[verdict.reasons[0].id] += 1
                matched = [rule.id for rule in verdict.reasons if rule.match]
                if len(matched) == 1:
                    self._sole[matched[0]] += 1
        self._in.update(here)

    def counts(self) -> list[Count]:
        """Each rule's figures, those that hit most first."""
        found = [
            Count(r, self._hits[r.id], self._spoke[r.id], self._first[r.id], self._sole[r.id], self._in[r.id])
            for r in self.rules
        ]
        return sorted(found, key=lambda c: (-c.hits, -c.spoke, c.rule.id))

    def dead(self) -> list[Rule]:
        """The rules that hit nothing and spoke for nothing."""
        return [c.rule for c in self.counts() if not c.hits and not c.spoke]

    def overlaps(self) -> list[tuple[str, str, int, int]]:
        """Rules nearly all of whose hits another rule has too: (rule, other, hits in common, hits of the rule)."""
        known = {r.id for r in self.rules}
        found = [
            (one, other, both, self._hits[one])
            for (one, other), both in self._pairs.items()
            if one in known and self._hits[one] >= _LEAST_HITS and both >= (1 - _OWN_SHARE) * self._hits[one]
        ]
        return sorted(found, key=lambda o: (-o[3], o[0], -o[2], o[1]))

    def times(self, rules: Iterable[Rule], seconds: float = 60.0) -> list[tuple[str, float]]:
        """What each rule costs tried alone, in microseconds a line, the slowest first; patterns compiled beforehand.

        Args:
            rules: those to measure.
            seconds: how long at most; rules beyond that are left out.
        """
        views = list(self._sample.values())
        out = []
        deadline = time.monotonic() + seconds
        for rule in rules if views else ():
            if not rule.match:
                continue
            if time.monotonic() > deadline:
                break
            rule.hits(views[0])
            start = time.perf_counter()
            for view in views:
                rule.hits(view)
            out.append((rule.id, (time.perf_counter() - start) / len(views) * 1e6))
        return sorted(out, key=lambda one: -one[1])
