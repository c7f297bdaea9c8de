"""Why a line went or stayed: what the judge knew of it when it decided. The judge is asked; nothing here decides.

Begin with `explain`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.evidence.glued import glued
from cleaner.evidence.state import State
from cleaner.judging.account import Account
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.keeping import Keep
from cleaner.judging.verdict import Action, Verdict
from cleaner.judging.witness import Moment
from cleaner.rules.rule import Rule
from cleaner.text.document import Document
from cleaner.text.signals import BITS
from cleaner.text.view import View
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
        repeats: for each line in how many other documents of its site it stands.
        keep: lines that always stay.

    Yields one for each line, in order.
    """
    watch = _Watch()
    verdicts = engine.before(watch).run(document, repeats).verdicts
    if keep:
        verdicts = keep.kept(document.raws, verdicts)
    level = _level(engine.threshold)
    views = document.views
    shown = [n for n, view in enumerate(views) if view.text]
    places = {n: k for k, n in enumerate(shown)}
    for n, verdict in enumerate(verdicts):
        if wanted is not None and n + 1 not in wanted:
            continue
        if n not in places:
            yield Explained(n + 1, (n + 1,), "", verdict, STAYS if verdict.action is Action.KEEP else BLANK, level)
            continue
        found = watch.of(n, verdict)
        k = places[n]
        beside = [
            Beside(m + 1, views[m].text, verdicts[m]) if m is not None else None
            for m in (shown[k - 1] if k else None, shown[k + 1] if k + 1 < len(shown) else None)
        ]
        if keep and keep.holds(views[n]):
            yield Explained(
                n + 1, (n + 1,), views[n].text, verdict, STAYS, level, protected=KEPT, before=beside[0], after=beside[1]
            )  # fmt: skip
            continue
        raw = document.raws[n]
        removed = tuple(raw[a:b] for a, b in verdict.cuts)
        if found is None:
            yield Explained(
                n + 1, (n + 1,), views[n].text, verdict, SPAN, level, before=beside[0], after=beside[1], removed=removed
            )  # fmt: skip
            continue
        yield _explained(n, views, verdict, found, removed, beside)


@dataclass(slots=True)
class _Found:
    """A line at the moment that decided: its unit's number and the document's lines in it."""

    moment: Moment
    number: int
    group: Sequence[int]
    parting: bool


@dataclass(slots=True)
class _Watch:
    """Keeps for each of the document's lines the moment that took it, and the last that did not."""

    _groups: Sequence[Sequence[int]] = ()
    _took: dict[int, _Found] = field(default_factory=dict)
    _last: list[_Found] = field(default_factory=list)
    _kept: Mapping[int, _Found] = field(default_factory=dict)

    def begins(self, groups: Sequence[Sequence[int]]) -> None:
        self._groups = groups

    def decided(self, moment: Moment) -> None:
        taken = moment.certain.keys() if moment.held else moment.certain.keys() | moment.weak.keys()
        for number in taken:
            group = self._groups[number]
            for n in group:
                self._took.setdefault(n, _Found(moment, number, group, True))
        numbers = [line.number for line in moment.state.state.lines]
        self._kept = {
            n: _Found(moment, number, self._groups[number], False) for number in numbers for n in self._groups[number]
        }

    def of(self, n: int, verdict: Verdict) -> _Found | None:
        """The moment that decided on line `n`; None where only a cut did."""
        return self._took.get(n) if verdict.action is Action.DROP else self._kept.get(n)


def _explained(
    n: int,
    views: Sequence[View],
    verdict: Verdict,
    found: _Found,
    removed: tuple[str, ...],
    beside: Sequence[Beside | None],
) -> Explained:
    moment, number = found.moment, found.number
    sure = found.parting and number in moment.certain
    case = moment.state if sure else moment.case
    if not any(line.number == number for line in case.state.lines):
        case = moment.state  # weak evidence was weighed without it
    state = case.state
    places = {line.number: i for i, line in enumerate(state.lines)}
    i = places[number]
    gone = moment.weak.keys() if found.parting or moment.held else moment.given
    account = case.account(i, moment.threshold, {places[m] for m in gone if m in places})
    protected = ""
    if not found.parting:
        if moment.held and number in moment.weak:
            protected = GUARD
        elif account.need is None:
            protected = LIST if account.listed else SENTENCE
    parts = parts_of(account, state, i, sure=sure)
    would = ""
    if not found.parting and account.need is not None:
        lower = sorted((at for at in THRESHOLDS.values() if at < moment.threshold), reverse=True)
        needs = {at: case.account(i, at, set()).need for at in lower}
        would = next((_level(at) for at, need in needs.items() if need is not None and account.score >= need), "")
    return Explained(
        line=n + 1,
        together=tuple(m + 1 for m in found.group),
        text=state.lines[i].view.text,
        verdict=verdict,
        decided=SURE if sure else WEAK if found.parting else SPAN if removed else STAYS,
        level=_level(moment.threshold),
        score=verdict.score if found.parting else account.score,
        need=1.0 if sure else account.need,
        most=account.most,
        would=would,
        parts=parts,
        unheard=tuple(_unheard(account, state, i)),
        protected=protected,
        allowed=moment.allowed,
        page=account.page,
        signals=tuple(name for name, bit in BITS.items() if account.bits & bit),
        before=beside[0],
        after=beside[1],
        removed=removed,
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
            reason = f"asks for the line in {rule.repeat} other documents of the site; it stands in {line.repeats}"
        elif rule.near:
            names = " or ".join(sorted(rule.near.categories))
            reason = f"asks for a sure {names} line within {rule.near.within} lines; there is none"
        elif rule.score > 0 and glued(state, i):
            reason = "the article's own sentences stand in the same line, and it is not sure enough to be cut out"
        else:
            reason = "it hits many lines here that differ: a list of the article, not furniture"
        yield Unheard(rule, reason)


def _level(threshold: float) -> str:
    return next((name for name, at in THRESHOLDS.items() if at == threshold), f"{threshold:g}")
