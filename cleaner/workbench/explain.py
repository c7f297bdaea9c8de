"""Why a line went or stayed: what the judge knew of it when it decided. The judge is asked; nothing here decides.

Begin with `explain`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from cleaner.evidence.glued import glued
from cleaner.judging.account import Account
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.keeping import Keep
from cleaner.judging.verdict import Action
from cleaner.output.saw import by_form_alone, saw
from cleaner.text.document import Document
from cleaner.text.marks import is_fence, is_underline
from cleaner.text.signals import BITS
from cleaner.workbench.explained import (
    BLANK,
    GUARD,
    KEPT,
    LIST,
    MARK,
    SENTENCE,
    SPAN,
    STAYS,
    SURE,
    WEAK,
    Beside,
    Explained,
    Unheard,
)
from cleaner.workbench.parts import parts_of
from cleaner.workbench.trial import why_not
from cleaner.workbench.watch import Found, Scene, Watch


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
    watch = Watch()
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
        kept = keep is not None and keep.holds(views[n])
        fence = is_fence(views[n].low)
        found = None if judgement.stopped or kept or fence else watch.of(n, verdict)
        mark = fence or not found and verdict.action is Action.DROP and is_underline(document.raws[n])
        own = [places[m] for m in (found.group if found else (n,)) if m in places]
        first, last = own[0], own[-1]
        sides = (shown[first - 1] if first else None, shown[last + 1] if last + 1 < len(shown) else None)
        before, after = (Beside(m + 1, views[m].text, verdicts[m]) if m is not None else None for m in sides)
        bare = Explained(
            n + 1, (n + 1,), views[n].text, verdict, STAYS if verdict.action is Action.KEEP else MARK if mark else SPAN, level,
            before=before, after=after, stopped=judgement.stopped,
            removed=tuple(document.raws[n][a:b] for a, b in verdict.cuts),
            saw=saw(verdicts, blank, n) if by_form_alone(verdict.reasons) else "",
        )  # fmt: skip
        if kept:
            yield replace(bare, protected=KEPT)
            continue
        yield _weighed(bare, watch, found, engine.threshold) if found else bare


def _weighed(bare: Explained, watch: Watch, found: Found, asked: float) -> Explained:
    """An explanation with what the judge knew at the moment that decided; `asked` is the threshold of the run."""
    moment, number = found.moment, found.number
    sure = found.parting and number in moment.certain
    scene = watch.scene(found, sure)
    case, state, i = scene.case, scene.state, scene.places[number]
    account = case.account(i, moment.threshold, scene.neighbours)
    protected, would = "", ""
    if not found.parting:
        facts = state.lines[i].facts
        if moment.held and number in moment.weak or number in moment.aside:
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
        least=case.account(i, asked, scene.neighbours).need
        if found.parting and moment.threshold > asked
        else account.need,
        would=would,
        parts=parts_of(account, state, i, scene.groups, sure=sure),
        unheard=tuple(_unheard(account, scene, i)),
        protected=protected,
        allowed=moment.allowed,
        page=account.page,
        signals=tuple(name for name, bit in BITS.items() if account.bits & bit),
    )


def _unheard(account: Account, scene: Scene, i: int) -> Iterator[Unheard]:
    """The rules that hit a line by their patterns and did not count there."""
    state = scene.state
    line, heard = state.lines[i], {rule.id for rule in account.rules}
    for rule in line.facts.rules:
        if rule.id in heard:
            continue
        listed: tuple[int, ...] = ()
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
            listed = tuple(scene.hit(rule.category))
            reason = (
                f"rules of {rule.category} hit {len(listed)} lines here, most of them different, as the items of a list of"
                " the article are"
            )
        yield Unheard(rule, reason, listed)


def level_name(threshold: float) -> str:
    """The name of the level with this threshold; of one without a name, the number."""
    return next((name for name, at in THRESHOLDS.items() if at == threshold), f"{threshold:g}")
