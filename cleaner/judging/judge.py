"""From evidence to what goes: sums the scores of a document's lines, then lets neighbours inform the undecided."""

from __future__ import annotations

from operator import or_

from cleaner.evidence.findings import Finder, Findings
from cleaner.evidence.foreign import Languages
from cleaner.evidence.form_rules import WEIGHT
from cleaner.evidence.line import Line
from cleaner.evidence.neighbours import Neighbours
from cleaner.evidence.state import State
from cleaner.evidence.surroundings import HIGH, LOW, surroundings
from cleaner.judging.case import Case, Judge
from cleaner.judging.ruling import Ruling, Sums
from cleaner.judging.rulings import Rulings
from cleaner.judging.ways import Ways
from cleaner.rules.rule import SURE, Rule
from cleaner.text.signals import BITS as B

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cleaner.judging.account import Account

# What speaks for a line that no other page of its site has, where some are known: they have most of the site's own.
LONE = 0.02
SWEEPS = 4
# On whole pages evidence runs wider: a threshold below 1 comes down there by this share of what it does elsewhere, or
# bodies would go with it (docs/quality.md).
EASE = 0.6
# A sentence goes only if patterns that hit it, or its repetition over the site, weigh so much.
SENTENCE = 0.3


# What a line must weigh besides the level's threshold, by its length in words: the longer, the more would be lost with it.
BURDENS = ((B["words-8-14"], 0.1), (B["words-15-29"], 0.3), (B["words-30"], 0.5))


def burden(bits: int) -> float:
    """What a line with these signals must weigh besides the level's threshold."""
    for length, more in BURDENS:
        if bits & length:
            return more
    return 0.0


def eased(threshold: float, page: float) -> float:
    """What a level asks for on a document that is so much (0 to 1) of a whole page."""
    return threshold if threshold >= 1 else 1 - (1 - threshold) * (1 - page * (1 - EASE))


class DefinedCase(Case):
    """See `Case`.

    Attributes:
        sure: what goes whatever weak evidence says, by index into `state.lines`.
    """

    state: State

    def __init__(self, state: State, judge: DefinedJudge) -> None:
        self.state = state
        self._judge = judge
        self.sure = self._sure() if any(x.facts.sure for x in state.lines) else {}
        found = self._found = judge.find(state, weak=True)
        self.page = found.page
        self._sums = Sums(judge.form, found.page)
        fixed = self._fixed = found.scores
        if state.repeated:
            for i, line in enumerate(state.lines):
                if line.lone and i not in found.sure:
                    fixed[i] = fixed.get(i, 0.0) - LONE
        bits = found.bits
        for i in found.sure:
            bits[i] |= state.topic(i)
        self._gone = {i for i in found.sure if fixed[i] + self._sums.sum(bits[i]) >= SURE}
        self._look_around()

    def decide(self, threshold: float, below: Collection[int]) -> dict[int, Ruling]:
        """The lines that go at a threshold, by index into `state.lines`; those of `below` do."""
        found, sums, state = self._found, self._sums, self.state
        bits, fixed, sure = found.bits, self._fixed, found.sure
        gone = self._gone.union(below)
        least = eased(threshold, found.page)
        needs: dict[int, float] = {}
        for i, most in enumerate(map(sums.most, bits)):
            if i in gone:
                continue
            score = most + fixed.get(i, 0.0)
            if score < least and i not in sure:
                continue
            need = self._need(i, least)
            if need is not None and score >= need:
                needs[i] = need
        for i in needs:
            bits[i] |= state.topic(i)
        self._weigh(gone, needs)
        return self._rulings(gone, found, sums)

    def certain(self, count: int) -> Rulings:
        """See `Case.certain`."""
        return self._by_number(self.sure, count)

    def going(self, threshold: float, below: Rulings, count: int) -> Rulings:
        """See `Case.going`."""
        indices = {i for i, line in enumerate(self.state.lines) if line.number in below} if below else ()
        return self._by_number(self.decide(threshold, indices), count)

    def _by_number(self, rulings: dict[int, Ruling], count: int) -> Rulings:
        lines = self.state.lines
        return Rulings.of({lines[i].number: ruling for i, ruling in rulings.items()}, count)

    def account(self, i: int, threshold: float, neighbours: Neighbours) -> Account:
        """See `Case.account`."""
        from cleaner.judging.account import Account  # late: a run that explains nothing has no use for it

        found, line = self._found, self.state.lines[i]
        bits = found.bits[i] | self.state.topic(i) | neighbours(i)
        fixed = self._fixed.get(i, 0.0)
        return Account(
            rules=tuple(found.rules.get(i, ())),
            form=tuple(self._sums.parts(bits)),
            other=-LONE if line.lone and i not in found.sure else 0.0,
            bits=bits,
            score=fixed + self._sums.sum(bits),
            most=fixed + self._sums.most(bits),
            need=self._need(i, eased(threshold, found.page)),
            listed=i in found.closed,
            page=found.page,
        )

    def _need(self, i: int, least: float) -> float | None:
        """What a line must weigh to go, where the shortest must weigh `least`; None: weak evidence may not take it."""
        if i in self._found.sure:
            return SURE
        if self._spares(i):
            return None
        return least + burden(self._found.bits[i])

    def _sure(self) -> dict[int, Ruling]:
        """What goes by sure rules and what protects from them, alone."""
        judge, state = self._judge, self.state
        found = judge.find(state, weak=False)
        sums = Sums(judge.guards, found.page)
        for i in found.sure:
            found.bits[i] |= state.topic(i)
        gone = {i for i in found.sure if found.scores[i] + sums.sum(found.bits[i]) >= SURE}
        return self._rulings(gone, found, None)

    def _spares(self, i: int) -> bool:
        """Whether weak evidence may not take a line.

        So it is with lines of lists of records, and with sentences that neither a pattern nor repetition speaks against.
        """
        if i in self._found.closed:
            return True
        line = self.state.lines[i]
        if line.repeats or not (line.facts.sentence or line.facts.is_short_sentence):
            return False
        return self._fixed.get(i, 0.0) < SENTENCE

    def _look_around(self) -> None:
        """Add to the signals of each line what the lines around it weigh by themselves."""
        bits, fixed = self._found.bits, self._fixed
        alone = list(map(Sums(self._judge.alone, self._found.page).sum, bits))
        for i, score in fixed.items():
            alone[i] += score
        weights = [LOW if w < LOW else HIGH if w > HIGH else w for w in alone]
        for i in self._gone:
            weights[i] = HIGH
        bits[:] = map(or_, bits, surroundings(weights))

    def _weigh(self, gone: set[int], needs: dict[int, float]) -> None:
        """Decide the open lines, each by what it needs, from the outside in, until their neighbours change nothing more."""
        bits, fixed, sums = self._found.bits, self._fixed, self._sums
        for i, need in needs.items():
            if fixed.get(i, 0.0) + sums.sum(bits[i]) >= need:
                gone.add(i)
        neighbours = Neighbours(len(bits), gone)
        open_ = list(needs)
        # What was known of its neighbours when a line was last weighed: while that is the same, so is its sum.
        weighed: dict[int, int] = dict.fromkeys(open_, 0)
        for sweep in range(SWEEPS):
            before = len(gone)
            for i in reversed(open_) if sweep % 2 == 0 else open_:
                if i in gone or weighed[i] == (around := neighbours(i)):
                    continue
                weighed[i] = around
                if fixed.get(i, 0.0) + sums.sum(bits[i] | around) >= needs[i]:
                    neighbours.add(i)
            if len(gone) == before and sweep:
                return

    def _rulings(self, gone: set[int], found: Findings, sums: Sums | None) -> dict[int, Ruling]:
        """Scores and reasons of the lines that go; `sums`: of all form rules, None for what goes by sure rules alone."""
        if not gone:
            return {}
        neighbours = Neighbours(len(self.state.lines), gone)
        out = {}
        for i in sorted(gone):
            bits = found.bits[i] | neighbours(i)
            told = [r for r in found.rules.get(i, ()) if r.score > 0]
            if len(told) > 1:
                told.sort(key=WEIGHT, reverse=True)
            score = found.scores.get(i, 0.0)
            out[i] = Ruling(score + sums.sum(bits), told, (sums, bits)) if sums else Ruling(score, told)
        return out


class DefinedJudge(Judge):
    """See `Judge`: by the definitions of evidence."""

    def __init__(self, bare: Sequence[Rule], ways: Ways, languages: Languages) -> None:
        super().__init__(bare, ways, languages)
        self.find = Finder(self.conditional, languages).find

    @property
    def definition(self) -> DefinedJudge:
        """See `Judge.definition`."""
        return self

    def state(self, lines: Sequence[Line], before: State | None) -> State:
        """See `Judge.state`."""
        return State(lines, before)

    def case(self, state: State) -> DefinedCase:
        """See `Judge.case`."""
        return DefinedCase(state, self)
