"""The engine: a document in, a verdict for each of its lines out.

A document is judged until nothing more goes, on what is left each time: removing lines moves others to the edge of
the document, and so cleaning what was cleaned must change nothing. Each level begins with what the one below it took, so
levels are nested. Lines that were broken at a width are judged as the one line that they were.
"""

from __future__ import annotations

from itertools import compress

from cleaner.evidence.facts import Facts
from cleaner.evidence.foreign import Languages
from cleaner.evidence.lines import Lines
from cleaner.judging.cutting import Scissors
from cleaner.judging.effort import Budget, Effort, TooMuch
from cleaner.judging.judgement import Evidence, Judgement
from cleaner.judging.leaving import closing, left
from cleaner.judging.rulings import Rulings
from cleaner.judging.units import Units
from cleaner.judging.verdict import KEEP
from cleaner.judging.ways import Ways
from cleaner.rules.matcher import NaiveMatcher
from cleaner.rules.rule import Rule
from cleaner.text.document import Document
from cleaner.text.signals import BITS

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cleaner.judging.case import Case, Judge
    from cleaner.judging.witness import Witness

THRESHOLDS = {"careful": 1.0, "standard": 0.7, "thorough": 0.3}
# The share of a document's words that weak evidence may take, and that on whole pages, most of whose words are the site's.
MAX_REMOVED, MAX_REMOVED_PAGE = 0.5, 0.9
_PAGE = BITS["page"]
_ANY = Budget()


class Engine:
    """Applies a set of rules to documents. No document depends on those before it, so one engine serves a whole corpus.

    Args:
        rules: the rules, in the order in which they are reported.
        threshold: the sum at which weak evidence drops a line (on a whole page, one below 1 is nearer to 1). A line with
            a sure finding goes at 1.0.
        max_removed: the share of a document's words (0 to 1) that weak evidence may take beyond what sure rules take;
            None: `MAX_REMOVED`, and `MAX_REMOVED_PAGE` on whole pages.
        ways: how lines are looked at and evidence is summed; by default as the definitions say.
        languages: what all documents are said to be written in (ISO 639-1); empty: what each looks like.
        budget: what one document may cost; one that would cost more is left as it is.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        threshold: float = THRESHOLDS["standard"],
        max_removed: float | None = None,
        ways: Ways | None = None,
        languages: Iterable[str] = (),
        budget: Budget = _ANY,
    ) -> None:
        rules = list(rules)
        self._ways = ways or Ways(NaiveMatcher(rules))
        spoken = Languages(frozenset(languages))
        self._scissors = Scissors(self._ways, spoken)
        bare = [r for r in rules if not r.match]
        self._judge: Judge = self._ways.judge(bare, spoken)
        self._budget = budget
        self._ladder = _ladder(threshold)
        self._max_removed = max_removed
        self._witness: Witness | None = None

    def run(self, document: Document, repeats: Sequence[int] | None = None) -> Judgement:
        """Judge `document`; `repeats` says for each line in how many other documents of its site it stands."""
        try:
            effort = Effort(len(document.raws), sum(map(len, document.raws)), self._budget)
            return self._judged(document, repeats, effort)
        except TooMuch as e:
            return Judgement((KEEP,) * len(document.raws), False, str(e))

    def _judged(self, document: Document, repeats: Sequence[int] | None, effort: Effort) -> Judgement:
        units = Units(document.raws, repeats, self._ways.shapes)
        guarded = self._carry_out(units, self._ladder, effort)
        return Judgement(units.verdicts(), guarded)

    def _carry_out(self, units: Units, ladder: Sequence[float], effort: Effort) -> bool:
        """Carry out what goes at the last threshold of `ladder`, in the units of what is left each time.

        Where what a level below leaves has other units, that level goes on by itself to its end, and what it takes in
        those units goes here too: so levels are nested. Returns whether the guard spoke.
        """
        guarded = False
        while True:
            facts: list[Facts] = []
            for piece in effort.pieces(units.current()):
                facts += self._ways.all_facts(piece)
            lines = Lines(facts, units.known())
            if self._witness:
                self._witness.begins(units.groups())
            gone, closed, stopped = self._settled(lines, units, ladder, effort)
            guarded |= stopped
            below = units.copy() if units.regroups and ladder[:-1] else None
            again = units.take(lines, gone, closed)
            if below:
                self._carry_out(below, ladder[:-1], effort)
                units.follow(below, self._ways.facts)
            elif not again:
                return guarded

    def rules_of(self, raw: str) -> list[Rule]:
        """The rules with patterns that hit a line by its own text."""
        return [rule for rule, _, _ in self._ways.facts(raw).hits]

    def forget(self) -> None:
        """Forget the lines that were looked at: the memory is full."""
        self._ways.forget()

    @property
    def threshold(self) -> float:
        """The sum at which weak evidence drops a line."""
        return self._ladder[-1]

    def at(self, threshold: float) -> Engine:
        """This engine at another threshold; the two share what they remember of lines."""
        from copy import copy  # late: a small run has no use for it

        other = copy(self)
        other._ladder = _ladder(threshold)
        return other

    def before(self, witness: Witness) -> Engine:
        """This engine telling `witness` how it judges."""
        from copy import copy  # late: a small run has no use for it

        other = copy(self)
        # A quicker judge has no account to give.
        other._judge = self._judge.definition
        other._witness = witness
        return other

    def evidence(self, document: Document) -> list[Evidence]:
        """The evidence for each non-blank line of `document`, spans cut, as if no line stood in a list of records."""
        from cleaner.evidence.state import State  # late: cleaning has a judge make states

        lines = Lines([self._ways.facts(raw) for raw in document.raws])
        self._scissors.cut(lines, Effort(len(lines), 0, _ANY))
        state = State(lines)
        judge = self._judge.definition
        found = judge.find(state, weak=True, lists=False)
        sure = judge.case(state).sure
        page = _PAGE if found.page >= 0.5 else 0
        return [
            Evidence(
                x.number,
                found.bits[i] | page | state.topic(i),
                tuple(found.rules.get(i, ())),
                i in sure or x.spent,
            )
            for i, x in enumerate(state.lines)
        ]

    def _settled(
        self,
        lines: Lines,
        units: Units,
        ladder: Sequence[float],
        effort: Effort,
        before: Case | None = None,
        whole: bool = False,
    ) -> tuple[Rulings, Rulings, bool]:
        """What goes at the last threshold of `ladder`, the blank lines that go with it, and whether the guard spoke.

        The levels below come first, each until nothing more goes, and what they take goes here too. That is so again on
        what is left, until no level takes anything of it: so cleaning it once more changes nothing. `before`: the evidence on
        these lines, if it is gathered; `whole`: whether nothing is to be cut out of them, as they are now.
        """
        gone = closed = Rulings()
        guarded = False
        case = before
        while True:
            touched, cut = (False, Rulings()) if whole else self._scissors.cut(lines, effort)
            if touched:
                gone = cut.over(gone)
                lines, behind = _without(lines, cut)
                closed = closed.over(behind)
                units.note(lines)
                case = None
            made = case is None
            if case is None:
                effort.round(len(lines))
                case = self._judge.case(self._judge.state(lines, before.state if before else None))
            before = case
            below = Rulings()
            if ladder[:-1]:
                below, behind, _ = self._settled(lines, units, ladder[:-1], effort, case, not touched)
                if below:
                    units.note(left(lines, below, behind))
            taken, stopped = self._taken(lines, case, ladder[-1], below, effort)
            if made:
                self._judge.release(case)
            guarded |= stopped
            if not taken:
                return gone, closed, guarded
            gone = taken.over(gone)
            lines, behind = _without(lines, taken)
            closed = closed.over(behind)
            case, whole = None, False

    def _taken(
        self, lines: Lines, case: Case, threshold: float, below: Rulings, effort: Effort
    ) -> tuple[Rulings, bool]:
        """What goes of one state of a document: sure lines, those of the level below, and what weak evidence takes besides.

        If that is too large a share of the words, it is set aside. The guard's last word is measured on what is left without what is
        certain to go, as on a text of its own, so that it comes out the same when the cleaned text is cleaned again.
        """
        count = len(lines.facts)
        certain = below.over(case.certain(count))
        weak = case.going(threshold, below, count)
        most = self._allowed(case.page)
        first, held, aside = case, False, Rulings()
        if not weak.within(certain):
            rest, _ = _without(lines, certain)
            if _share(rest, weak) > most:
                below, aside = Rulings(), weak
                rest = rest.apart(self._ways.facts(""))
                effort.round(len(rest))
                case = self._judge.case(self._judge.state(rest, case.state))
                weak = case.going(threshold, below, count)
                held = _share(rest, weak) > most
        if self._witness:
            from cleaner.judging.witness import Moment  # late: a run that explains nothing has no use for it

            self._witness.decided(Moment(first, case, threshold, below.keys(), certain, weak, held, most, aside))
        return (certain if held else certain.over(weak)), bool(aside)

    def _allowed(self, page: float) -> float:
        """The share of the words (0 to 1) that weak evidence may take of a document that is so much of a whole page."""
        if self._max_removed is not None:
            return self._max_removed
        return MAX_REMOVED + (MAX_REMOVED_PAGE - MAX_REMOVED) * page


def _ladder(threshold: float) -> tuple[float, ...]:
    """The thresholds of the levels that take less, then this one."""
    return (*sorted((t for t in THRESHOLDS.values() if t > threshold), reverse=True), threshold)


def _share(lines: Lines, gone: Rulings) -> float:
    """The share (0 to 1) of the words of `lines` that stand in those that go, without what other pages have too.

    Much of a whole page is the site's, and what is known to be so is no sign that too much goes.
    """
    total = sum([facts.words for facts in lines.texts()])
    facts, known = lines.facts, lines.known
    here = compress(lines.numbers, gone.here(lines.numbers))
    out = sum([facts[n].words for n in here if not (known and known[n])])
    return out / total if total else 0.0


def _without(lines: Lines, gone: Rulings) -> tuple[Lines, Rulings]:
    """What is left, and the blank lines that go with those of `gone`."""
    closed = closing(lines, gone)
    return left(lines, gone, closed), closed
