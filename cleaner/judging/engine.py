"""The engine: a document in, a verdict for each of its lines out.

A document is judged until nothing more goes, on what is left each time: removing lines moves others to the edge of
the document, and so cleaning what was cleaned must change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.evidence.findings import WHOLE_PAGE
from cleaner.evidence.line import Line
from cleaner.evidence.state import State
from cleaner.judging.blanks import blanks_to_close
from cleaner.judging.judge import Judge, Ruling
from cleaner.judging.verdict import Action, Verdict
from cleaner.judging.ways import Ways
from cleaner.rules.matcher import NaiveMatcher
from cleaner.rules.rule import Rule, Scope
from cleaner.text.document import Document
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Final

THRESHOLDS = {"careful": 1.4, "standard": 1.0, "thorough": 0.5}
# The share of a document's words that weak evidence may take, and that on whole pages, most of whose words are the site's.
MAX_REMOVED, MAX_REMOVED_PAGE = 0.5, 0.9
_KEEP = Verdict(Action.KEEP)


class Judgement(Value):
    """What the engine found of one document.

    Attributes:
        verdicts: one for each line of the document.
        guarded: whether weak evidence was set aside because it would have taken more than the allowed share of words.
    """

    __match_args__ = ("verdicts", "guarded")
    __slots__ = __match_args__

    def __init__(self, verdicts: tuple[Verdict, ...], guarded: bool) -> None:
        self.verdicts: Final = verdicts
        self.guarded: Final = guarded


class Evidence(Value):
    """What is known of one non-blank line before weak evidence decides, for fitting scores.

    Attributes:
        line: its index in the document, from 0.
        text: its view.
        bits: its signals, those of topic among them, without those of neighbours' verdicts.
        rules: the rules with patterns that hit it, here.
        sure: whether it goes whatever weak evidence says.
    """

    __match_args__ = ("line", "text", "bits", "rules", "sure")
    __slots__ = __match_args__

    def __init__(self, line: int, text: str, bits: int, rules: tuple[Rule, ...], sure: bool) -> None:
        self.line: Final = line
        self.text: Final = text
        self.bits: Final = bits
        self.rules: Final = rules
        self.sure: Final = sure


class Engine:
    """Applies a set of rules to documents. No document depends on those before it, so one engine serves a whole corpus.

    Args:
        rules: the rules, in the order in which they are reported.
        threshold: the sum at which weak evidence drops a line.
        max_removed: the share of a document's words (0 to 1) that weak evidence may take beyond what sure rules take;
            None: `MAX_REMOVED`, and `MAX_REMOVED_PAGE` on whole pages.
        ways: how lines are looked at and evidence is summed; by default as the definitions say.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        threshold: float = THRESHOLDS["standard"],
        max_removed: float | None = None,
        ways: Ways | None = None,
    ) -> None:
        rules = list(rules)
        self._ways = ways or Ways(NaiveMatcher(rules))
        self._judge = Judge([r for r in rules if not r.match], threshold, self._ways)
        self._max_removed = max_removed

    def run(self, document: Document, repeats: Sequence[int] | None = None) -> Judgement:
        """Judge `document`; `repeats` says for each line in how many other documents of its site it stands."""
        lines = self._lines(document, repeats)
        verdicts: dict[int, Verdict] = {}
        guarded = False
        state: State | None = None
        while True:
            gone, stopped, state = self._pass(lines, state)
            guarded |= stopped
            if not gone:
                break
            verdicts |= {n: Verdict(Action.DROP, round(r.score, 3), tuple(r.reasons)) for n, r in gone.items()}
            closed = _closed(lines, gone)
            for blank, owner in closed.items():
                verdicts[lines[blank].number] = verdicts[lines[owner].number]
            lines = [x for i, x in enumerate(lines) if x.number not in gone and i not in closed]
        for line in lines:
            if line.where is not None:
                verdicts[line.number] = _cut_verdict(line, len(document.raws[line.number]))
        all_ = [_KEEP] * len(document.raws)
        for n, verdict in verdicts.items():
            all_[n] = verdict
        return Judgement(tuple(all_), guarded)

    def at(self, threshold: float) -> Engine:
        """This engine at another threshold; the two share what they remember of lines."""
        from copy import copy  # late: a small run has no use for it

        other = copy(self)
        other._judge = self._judge.at(threshold)
        return other

    def evidence(self, document: Document) -> list[Evidence]:
        """The evidence for each non-blank line of `document`, spans cut."""
        lines = self._lines(document, None)
        while self._cut_spans(lines):
            pass
        state = State(lines)
        sure = self._judge.rule(state, weak=False)
        found = self._judge.find(state, weak=True)
        return [
            Evidence(
                x.number,
                x.view.text,
                found.bits[i] | state.topic(i),
                tuple(found.rules.get(i, ())),
                i in sure or x.spent,
            )
            for i, x in enumerate(state.lines)
        ]

    def _pass(self, lines: list[Line], before: State | None) -> tuple[dict[int, Ruling], bool, State]:
        """Cut spans, then rule on lines: by sure rules alone, then by all evidence.

        Returns the lines that go, by number, whether the guard set weak evidence aside, and what was judged. The
        guard's last word is measured on what sure rules leave, so that it comes out the same when the cleaned text is
        cleaned again.
        """
        gone: dict[int, Ruling] = {}
        while cut := self._cut_spans(lines):
            gone |= {x.number: Ruling(1.0, list(dict.fromkeys(x.cut_by))) for x in cut if x.spent}
        left = _without(lines, gone)
        state = State(left, before)
        sure = self._ruled(state, weak=False) if any(x.facts.sure for x in left) else {}
        weak = self._ruled(state, weak=True)
        guarded = False
        if weak.keys() - sure.keys():
            rest = _without(left, sure)
            most = self._max_removed
            if most is None:
                most = MAX_REMOVED if len(sure) < WHOLE_PAGE else MAX_REMOVED_PAGE
            if _share(rest, weak) > most:
                weak = self._ruled(State(rest, state), weak=True) if sure else weak
                guarded = _share(rest, weak) > most
        return gone | sure | ({} if guarded else weak), guarded, state

    def _lines(self, document: Document, repeats: Sequence[int] | None) -> list[Line]:
        found = map(self._ways.facts, document.raws)
        if not repeats or not any(repeats):
            return [Line(n, facts) for n, facts in enumerate(found)]
        return [Line(n, facts, repeats[n], not repeats[n]) for n, facts in enumerate(found)]

    def _ruled(self, state: State, weak: bool) -> dict[int, Ruling]:
        return {state.lines[i].number: r for i, r in self._judge.rule(state, weak).items()}

    def _cut_spans(self, lines: list[Line]) -> list[Line]:
        """Cut what span rules hit, once. Returns the lines that were cut."""
        if not any(x.facts.cuts for x in lines):
            return []
        state = State(lines)
        return [x for x, bits in zip(state.lines, state.bits, strict=True) if self._cut(x, bits)]

    def _cut(self, line: Line, bits: int) -> bool:
        """Cut what span rules hit in a line, and look at what is left. Returns whether anything was cut."""
        hits = [
            (rule, a, b)
            for rule, a, b in line.hits
            if rule.scope is Scope.SPAN and rule.stands(bits) and line.repeats >= rule.repeat
        ]
        if not hits:
            return False
        raw = line.view.raw
        out: set[int] = set()
        for _, a, b in hits:
            out.update(range(*line.view.raw_span(a, b)))
        kept = [k for k in range(len(raw)) if k not in out]
        where = line.where if line.where is not None else range(len(raw))
        line.where = [where[k] for k in kept]
        line.cut_by = [*line.cut_by, *(rule for rule, _, _ in hits)]
        line.become(self._ways.facts("".join(raw[k] for k in kept)))
        return True


def _share(lines: list[Line], gone: dict[int, Ruling]) -> float:
    """The share (0 to 1) of the words of `lines` that stand in those that go, without what other pages have too.

    Much of a whole page is the site's, and what is known to be so is no sign that too much goes.
    """
    counts = [(x.facts.words, x.number in gone and not x.repeats) for x in lines]
    total = sum(n for n, _ in counts)
    return sum(n for n, out in counts if out) / total if total else 0.0


def _closed(lines: list[Line], gone: dict[int, Ruling]) -> dict[int, int]:
    return blanks_to_close([not x.view.text for x in lines], [x.number in gone for x in lines])


def _without(lines: list[Line], gone: dict[int, Ruling]) -> list[Line]:
    if not gone:
        return lines
    closed = _closed(lines, gone)
    return [x for i, x in enumerate(lines) if x.number not in gone and i not in closed]


def _cut_verdict(line: Line, length: int) -> Verdict:
    """What is missing from a cut line whose raw text had `length` characters, as spans."""
    assert line.where is not None
    spans = []
    at = 0
    for k in [*line.where, length]:
        if k != at:
            spans.append((at, k))
        at = k + 1
    return Verdict(Action.CUT, 1.0, tuple(dict.fromkeys(line.cut_by)), tuple(spans))
