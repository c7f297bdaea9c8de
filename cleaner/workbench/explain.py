"""Why a line went or stayed: what the judge knew of it when it decided. The judge is asked; nothing here decides.

Begin with `explain`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.evidence.glued import glued
from cleaner.evidence.neighbours import Neighbours
from cleaner.evidence.state import State
from cleaner.judging.account import Account
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.judge import Case
from cleaner.judging.keeping import Keep
from cleaner.judging.verdict import Action, Verdict
from cleaner.judging.witness import Moment
from cleaner.output.saw import by_form_alone, saw
from cleaner.rules.rule import Rule
from cleaner.text.document import Document
from cleaner.text.signals import BITS
from cleaner.workbench.parts import Part, parts_of
from cleaner.workbench.trial import why_not

# What decided: a sure rule, weak evidence, a cut, a neighbour (blank lines), or nothing that was enough.
SURE, WEAK, SPAN, BLANK, STAYS = "sure", "weak", "cut", "blank", "stays"
# What protected a line that stays.
SENTENCE, LIST, GUARD, KEPT = "sentence", "list", "guard", "keep"


@dataclass(frozen=True, slots=True)
class Unheard:
    """A rule whose pattern hit a line, and why it did not count there."""

    rule: Rule
    reason: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A neighbour: its number from 1, what patterns see of it, and what became of it."""

    line: int
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything that is known of one line's verdict.

    Attributes:
        line: its number, from 1.
        together: the numbers of the lines that were judged as one with it (hard-wrapped text), itself among them.
        text: what patterns see of it; of lines judged together, of all.
        verdict: what became of it.
        decided: `SURE`, `WEAK`, `SPAN`, `BLANK` or `STAYS`.
        level: the name of the level that decided.
        score, need: what spoke against it together, and what it had to be; None where nothing was weighed.
        would: the name of the next level at which weak evidence would take it; empty if none would.
        most: what `score` could be if its neighbours' fate were otherwise.
        parts: what each rule added, those that count first, heaviest first.
        unheard: rules whose pattern hits and that did not count.
        protected: `SENTENCE`, `LIST`, `GUARD` or `KEPT` if that kept it; else empty.
        allowed: the share of the words that weak evidence may take here.
        page: how much of a whole page the document is, 0 to 1.
        signals: the names of its signals.
        before, after: the non-blank lines beside it.
        removed: what was cut out of it.
        saw: what was seen of it, if it goes by its form alone; as diffs have it.
        stopped: why the whole text is left as it is, if it would cost more than a text may.
    """

    line: int
    together: tuple[int, ...]
    text: str
    verdict: Verdict
    decided: str
    level: str
    score: float | None = None
    need: float | None = None
    most: float | None = None
    would: str = ""
    parts: tuple[Part, ...] = ()
    unheard: tuple[Unheard, ...] = ()
    protected: str = ""
    allowed: float = 0.0
    page: float = 0.0
    signals: tuple[str, ...] = ()
    before: Beside | None = None
    after: Beside | None = None
    removed: tuple[str, ...] = ()
    saw: str = ""
    stopped: str = ""

    @property
    def missing(self) -> float | None:
        """What was missing to go; None if the line goes, or if no weight would have been enough."""
        if self.decided != STAYS or self.score is None or self.need is None:
            return None
        return max(0.0, self.need - self.score)


def explain(
    engine: Engine,
    document: Document,
    wanted: Collection[int] | None = None,
    repeats: Sequence[int] | None = None,
    keep: Keep | None = None,
) -> Iterator[Explained]:
    """Judge `document` and say of its lines what decided.

    Args:
        engine: what judges.
        document: the text.
        wanted: the numbers (from 1) of the lines to explain; None: all.
        repeats: for each line how firmly other documents of its site have it (0 to 3).
        keep: lines that always stay.

    Yields one for each line, in order.
    """
    watch = _Watch()
    judgement = engine.before(watch).run(document, repeats)
    verdicts = keep.kept(document.raws, judgement.verdicts) if keep else judgement.verdicts
    level = level_name(engine.threshold)
    views = document.views
    blank = [not view.text for view in views]
    shown = [n for n, is_blank in enumerate(blank) if not is_blank]
    places = {n: k for k, n in enumerate(shown)}
    for n, verdict in enumerate(verdicts):
        if wanted is not None and n + 1 not in wanted:
            continue
        if blank[n]:
            yield Explained(n + 1, (n + 1,), "", verdict, STAYS if verdict.action is Action.KEEP else BLANK, level)
            continue
        k = places[n]
        sides = (shown[k - 1] if k else None, shown[k + 1] if k + 1 < len(shown) else None)
        before, after = (Beside(m + 1, views[m].text, verdicts[m]) if m is not None else None for m in sides)
        bare = Explained(
            n + 1, (n + 1,), views[n].text, verdict, STAYS if verdict.action is Action.KEEP else SPAN, level,
            before=before, after=after, stopped=judgement.stopped,
            removed=tuple(document.raws[n][a:b] for a, b in verdict.cuts),
            saw=saw(verdicts, blank, n) if by_form_alone(verdict.reasons) else "",
        )  # fmt: skip
        if keep and keep.holds(views[n]):
            yield replace(bare, protected=KEPT)
            continue
        found = None if judgement.stopped else watch.of(n, verdict)
        yield _weighed(bare, watch, found) if found else bare


@dataclass(frozen=True, slots=True)
class _Found:
    """A line at the moment that decided.

    Attributes:
        moment: when it was.
        number: the number of its unit then.
        group: the document's lines in that unit.
        parting: whether it took the line.
    """

    moment: Moment
    number: int
    group: Sequence[int]
    parting: bool


class _Scene:
    """A state of a document with what had gone of it: what an account of its lines needs, made once for all of them."""

    def __init__(self, case: Case, gone: Collection[int]) -> None:
        self.case, self.state = case, case.state
        self.places = {line.number: i for i, line in enumerate(self.state.lines)}
        count = len(self.places)
        self.neighbours = Neighbours(count, {self.places[m] for m in gone if m in self.places})
        self.untouched = Neighbours(count, set())


class _Watch:
    """Keeps for each of the document's lines the moment that took it, and the last that did not."""

    def __init__(self) -> None:
        self._groups: Sequence[Sequence[int]] = ()
        self._took: dict[int, _Found] = {}
        self._kept: dict[int, _Found] = {}
        self._scenes: dict[tuple[int, bool, bool], _Scene] = {}

    def begins(self, groups: Sequence[Sequence[int]]) -> None:
        """See `cleaner.judging.witness`."""
        self._groups = groups

    def decided(self, moment: Moment) -> None:
        """See `cleaner.judging.witness`."""
        taken = moment.certain.keys() if moment.held else moment.certain.keys() | moment.weak.keys()
        for number in taken:
            group = self._groups[number]
            for n in group:
                self._took.setdefault(n, _Found(moment, number, group, True))
        for line in moment.state.state.lines:
            group = self._groups[line.number]
            for n in group:
                self._kept[n] = _Found(moment, line.number, group, False)

    def of(self, n: int, verdict: Verdict) -> _Found | None:
        """The moment that decided on line `n`; None where only a cut did."""
        return self._took.get(n) if verdict.action is Action.DROP else self._kept.get(n)

    def scene(self, found: _Found, sure: bool) -> _Scene:
        """The state on which a line was weighed."""
        moment = found.moment
        for case, again in (
            ((moment.state, False), (moment.case, True)) if sure else ((moment.case, True), (moment.state, False))
        ):
            key = (id(moment), again, found.parting)
            if key not in self._scenes:
                gone = moment.weak.keys() if found.parting or moment.held else moment.given
                self._scenes[key] = _Scene(case, gone)
            if found.number in self._scenes[key].places:
                break
        return self._scenes[key]


def _weighed(bare: Explained, watch: _Watch, found: _Found) -> Explained:
    """An explanation with what the judge knew at the moment that decided."""
    moment, number = found.moment, found.number
    sure = found.parting and number in moment.certain
    scene = watch.scene(found, sure)
    case, state, i = scene.case, scene.state, scene.places[number]
    account = case.account(i, moment.threshold, scene.neighbours)
    protected, would = "", ""
    if not found.parting:
        facts = state.lines[i].facts
        if moment.held and number in moment.weak:
            protected = GUARD
        elif account.need is None:
            protected = LIST if account.listed and (facts.rules or not facts.sentence) else SENTENCE
        else:
            lower = sorted((at for at in THRESHOLDS.values() if at < moment.threshold), reverse=True)
            needs = {at: case.account(i, at, scene.untouched).need for at in lower}
            would = next(
                (level_name(at) for at, need in needs.items() if need is not None and account.score >= need), ""
            )
    return replace(
        bare,
        together=tuple(m + 1 for m in found.group),
        text=state.lines[i].view.text,
        decided=SURE if sure else WEAK if found.parting else SPAN if bare.removed else STAYS,
        level=level_name(moment.threshold),
        score=bare.verdict.score if found.parting else account.score,
        need=1.0 if sure else account.need,
        most=account.most,
        would=would,
        parts=parts_of(account, state, i, sure=sure),
        unheard=tuple(_unheard(account, state, i)),
        protected=protected,
        allowed=moment.allowed,
        page=account.page,
        signals=tuple(name for name, bit in BITS.items() if account.bits & bit),
    )


def _unheard(account: Account, state: State, i: int) -> Iterator[Unheard]:
    """The rules that hit a line by their patterns and did not count there."""
    line, heard = state.lines[i], {rule.id for rule in account.rules}
    for rule in line.facts.rules:
        if rule.id in heard:
            continue
        if not rule.stands(state.bits[i]):
            reason = why_not(rule, line.view, state.bits[i])
        elif line.repeats < rule.repeat:
            reason = f"asks that other documents of the site have the line, {rule.repeat} of 3 firmly; they have it {line.repeats}"
        elif rule.near:
            names = " or ".join(sorted(rule.near.categories))
            reason = f"asks for a sure {names} line within {rule.near.within} lines; there is none"
        elif rule.score > 0 and glued(state, i):
            reason = "the article's own sentences stand in the same line, and it is not sure enough to be cut out"
        else:
            reason = "it hits many lines here that differ, as the items of a list of the article do"
        yield Unheard(rule, reason)


def level_name(threshold: float) -> str:
    """The name of the level with this threshold; of one without a name, the number."""
    return next((name for name, at in THRESHOLDS.items() if at == threshold), f"{threshold:g}")
