"""What a person can change about a line's verdict, one sentence each, the most promising first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import NamedTuple

from cleaner.evidence.records import LIST as RECORDS
from cleaner.judging.judge import SENTENCE as SENTENCE_SCORE
from cleaner.judging.verdict import Action
from cleaner.output.saw import by_form_alone
from cleaner.render.terminal import shortened
from cleaner.rules.rule import Rule
from cleaner.text.marks import is_fence
from cleaner.workbench.draft import drafted_pattern
from cleaner.workbench.explained import BLANK, GUARD, KEPT, LIST, MARK, SENTENCE, SURE, WEAK, Beside, Explained, Unheard
from cleaner.workbench.parts import GUARDS, NEIGHBOURS, PATTERN, PLACED, SITE, Part

# What a change is.
LIFT, WIDEN, WEIGH, WRITE = "lift a condition", "widen a rule", "let a hint weigh more", "write a rule"
LABEL, PROTECTOR = "take the label above", "change what protects"
BOUND, SHARES, PROTECT = "bound a rule", "bound rules that speak too", "protect its kind"
LOOK, SETTING, NOTHING = "look at another line first", "set an option", "no rule can say it"

# What is missing is little if a hint on a neighbour could make up for it.
_LITTLE = 0.3
# What lines around add is told from here on: less decides nothing by itself.
_TOLD = 0.1
_NAMED = 3
# A label above a list has at most so many characters, and a drafted pattern is shown up to so many.
_LABEL_LONG, _PATTERN_LONG = 60, 100


class Change(NamedTuple):
    """One thing to change.

    Attributes:
        kind: what it is; one of the names above.
        said: the sentence.
    """

    kind: str
    said: str


def advice(e: Explained, name: str, close: Sequence[tuple[Rule, str]] = ()) -> list[Change]:
    """What could be changed about one line; nothing for blank lines.

    Args:
        e: the line.
        name: what its text is called.
        close: the rules that nearly took it, with the reasons.
    """
    if not e.text or e.decided in (BLANK, MARK) or is_fence(e.text) or e.stopped:
        return []
    if e.protected == KEPT:
        return [
            Change(SETTING, "take it out of the --keep file; where settings name one, cleaner config show tells which")
        ]
    return list(_to_keep(e, name) if e.verdict.action is not Action.KEEP else _to_take(e, name, close))


def _to_take(e: Explained, name: str, close: Sequence[tuple[Rule, str]]) -> Iterator[Change]:
    hints = [p for p in e.parts if p.source in (PATTERN, SITE) and p.score > 0 and p.rule]
    if e.protected == GUARD:
        yield Change(
            SETTING,
            "to take it here, raise --max-removed; everywhere, give the commonest of these lines a sure rule: what sure rules"
            " take is not counted",
        )
    # What asks for a neighbour of its kind hits most lines, and what protects would not take it.
    silent = sorted(
        (u for u in e.unheard if u.rule.score > 0 and not u.rule.near and not u.listed), key=lambda u: -u.rule.score
    )
    yield from (
        Change(LIFT, f"{_weighty(u.rule)} hits it and does not count: {u.reason}")
        for u in silent[:2]
        if u.rule.sure or u.rule.score >= _LITTLE or not hints
    )
    yield from _by_list(e)
    yield from _by_protectors(e)
    known = next((one for one in close if _enough(e, one[0], hints)), None)
    if known:
        rule, why = known
        yield Change(WIDEN, f"{_weighty(rule)} is nearest ({why}): widen it, with this line as a 'drop' example")
    yield from _by_hints(e, hints)
    yield from _by_label(e)
    if e.protected != GUARD:
        yield _by_writing(e, name, bool(hints or known or silent or any(u.listed for u in e.unheard)))
    yield from _by_others(e)
    if e.would:
        yield Change(SETTING, f"at --level {e.would} it goes")


def _weighty(rule: Rule) -> str:
    return f"rule {rule.id}" + ("" if rule.sure else f" (a hint of {rule.score:.2f})")


def _enough(e: Explained, rule: Rule, hints: Sequence[Part]) -> bool:
    """Whether the line would go if this rule hit it too."""
    if rule.sure:
        return True
    if e.protected == SENTENCE:
        return fsum(p.score for p in hints) + rule.score >= SENTENCE_SCORE
    return e.missing is not None and not e.protected and rule.score >= e.missing


def _by_list(e: Explained) -> Iterator[Change]:
    """What to do about rules that are silent on a list of the article."""
    void = sorted((u for u in e.unheard if u.listed and u.rule.score > 0), key=lambda u: -u.rule.score)
    if not void:
        return
    first: Unheard = void[0]
    others = [n for n in first.listed if n not in e.together]
    told = ", ".join(map(str, others[: _NAMED + 1])) + (", …" if len(others) > _NAMED + 1 else "")
    kinds = sorted({u.rule.category for u in void})
    yield Change(
        LIFT,
        f"{_weighty(first.rule)} hits it and does not count: {first.reason} (see line {told}). If these are no list of the"
        f' article, take the label above them by a rule with scope = "block", let --repeats see that other pages have them, or'
        f" take this line by a sure rule of another category than {' and '.join(kinds)}, which hits fewer than {RECORDS} lines"
        " here",
    )


def _by_protectors(e: Explained) -> Iterator[Change]:
    guards = [p for p in e.parts if p.source == PATTERN and p.score < 0]
    if guards:
        yield Change(
            PROTECTOR,
            f"rule {guards[0].rule} protects it by {-guards[0].score:.2f}: give that an 'unless' if it is wrong here",
        )
    if e.protected != SENTENCE:
        yield from (
            Change(PROTECTOR, f"rule {p.rule} protects it by {-p.score:.2f} {p.note}".rstrip())
            for p in e.parts
            if p.source == GUARDS
        )


def _by_hints(e: Explained, hints: Sequence[Part]) -> Iterator[Change]:
    """What hints that hit the line could do."""
    if not hints or any(p.score < 0 for p in e.parts if p.source == PATTERN):
        return
    together = fsum(p.score for p in hints)
    if e.protected == SENTENCE:
        yield Change(
            WEIGH,
            f"{_hints(hints)} {_speak(hints)} against it with {together:.2f}, and a sentence asks for {SENTENCE_SCORE:.2f}: one"
            " more hint for what it says, or one of them made sure for the whole phrase, takes it",
        )
    elif e.missing is not None and e.missing <= _LITTLE:
        yield Change(
            WEIGH,
            f"rule {hints[0].rule} is a hint of {hints[0].score:.2f}: {e.missing:.2f} more would take this line, but every"
            " other that it hits would weigh more too",
        )
    elif e.missing is not None:
        yield Change(
            WEIGH,
            f"{_hints(hints)} {_speak(hints)} against it with {together:.2f}, and {e.missing:.2f} is missing: too much for"
            " hints, so the phrase that they know needs a sure rule of its own",
        )


def _hints(parts: Sequence[Part]) -> str:
    told = ", ".join(p.rule for p in parts[:_NAMED])
    more = f" and {len(parts) - _NAMED} more" if len(parts) > _NAMED else ""
    return f"rule{'s' if len(parts) > 1 else ''} {told}{more}"


def _speak(parts: Sequence[Part]) -> str:
    return "speak" if len(parts) > 1 else "speaks"


def _by_label(e: Explained) -> Iterator[Change]:
    """The line before, if it is a label that a rule takes by itself."""
    above = e.before
    if e.protected == SENTENCE or not above or not _is_label(above):
        return
    rule = above.verdict.reasons[0]
    yield Change(
        LABEL,
        f'line {above.line} above it goes by {rule.id}: if that heads this line and its like, a rule with scope = "block" for'
        " it takes them too",
    )


def _is_label(beside: Beside) -> bool:
    """Whether a line goes by a rule that takes it alone, and is short enough to head others."""
    reasons = beside.verdict.reasons
    return (
        beside.verdict.action is Action.DROP
        and not by_form_alone(reasons)
        and not reasons[0].reaching
        and len(beside.text) <= _LABEL_LONG
        and not beside.text.endswith((".", "!", "?"))
    )


def _by_writing(e: Explained, name: str, known: bool) -> Change:
    """A rule of one's own, with the pattern that it would begin from."""
    pattern = drafted_pattern(e.text)
    if not pattern:
        return Change(
            NOTHING,
            "it has too few letters (or is too long) for a rule of its own: only what stands around it can take it",
        )
    score = score_to_take(e)
    said = f"write a rule: cleaner rules new {name}:{e.line} (it begins from {shortened(pattern, _PATTERN_LONG)})"
    if score > 1:
        said += f", with a score of {score:.2f} or more, for what protects it stands against sure rules too"
    if e.protected == SENTENCE:
        said = f"only a pattern takes a sentence (hints of {SENTENCE_SCORE:.2f} together, or a sure rule); {said}"
    elif e.protected == LIST and not any(u.listed for u in e.unheard):
        said = f"it stands between the items of a list of the article, where only a sure rule takes lines; {said}"
    elif not known:
        said = (
            f"no pattern knows it; {said}; where no other page says it (a title, a name), only --repeats or a rule for the label"
            " above takes such lines"
        )
    return Change(WRITE, said)


def score_to_take(e: Explained) -> float:
    """The score that a sure rule needs to take a line that stays: what protects it stands against sure rules too."""
    return 1 - fsum(p.score for p in e.parts if p.firm or p.source == PATTERN and p.score < 0)


def _by_others(e: Explained) -> Iterator[Change]:
    """What lines around it could change."""
    if e.protected or e.most is None or e.need is None or e.missing is None:
        return
    staying = [b.line for b in (e.before, e.after) if b and b.verdict.action is Action.KEEP]
    if staying and e.most >= e.need and e.missing <= _LITTLE:
        lines = " and ".join(map(str, staying))
        it = "them" if len(staying) > 1 else "it"
        yield Change(LOOK, f"little is missing: were line {lines} to go, it might go with {it}")


def _to_keep(e: Explained, name: str) -> Iterator[Change]:
    rules = [r.id for r in e.verdict.reasons if r.match or r.repeat or r.near]
    if e.decided == SURE or (e.decided != WEAK and rules):
        begun = next((p for p in e.parts if p.began), None)
        if begun:
            yield Change(
                LOOK,
                f"it goes with what rule {begun.rule} began at line {begun.began}: cleaner explain {name}:{begun.began} tells"
                " what to change there",
            )
        named = f"each of these {len(rules)} rules" if len(rules) > 1 else f"rule {rules[0]}"
        bound = "('unless', '$', max_words)" if not begun else "on how far it reaches (until, zone)"
        yield Change(
            BOUND, f"to keep it and its like, give {named} a 'keep' example that looks so, then a bound {bound}"
        )
        yield Change(
            SETTING,
            f"to keep it here: the line in a --keep file; after --ignore {','.join(rules)} hints may still take it",
        )
        return
    if e.score is None or e.need is None:
        return
    margin = e.score - (e.need if e.least is None else e.least)
    patterns = [p for p in e.parts if p.source == PATTERN and p.score > 0]
    deciding = [p for p in patterns if p.score > margin]
    yield from (
        Change(BOUND, f"without rule {p.rule} ({p.score:+.2f}) it would stay: bound it with a 'keep' example")
        for p in deciding[:2]
    )
    around = fsum(p.score for p in e.parts if p.source == NEIGHBOURS)
    if around > max(margin, _TOLD):
        gone = [b for b in (e.before, e.after) if b and b.verdict.action is Action.DROP]
        lines = f"; look at line {' and '.join(str(b.line) for b in gone)} first" if gone else ""
        yield Change(LOOK, f"what stands around it decided ({around:+.2f}): were that to stay, it would stay{lines}")
    if patterns and not deciding:
        yield Change(
            SHARES,
            f"{_hints(patterns)} {_speak(patterns)} against it and {'do' if len(patterns) > 1 else 'does'} not decide alone:"
            f" where {'their' if len(patterns) > 1 else 'its'} words are body, bound {'them' if len(patterns) > 1 else 'it'}"
            " with a 'keep' example",
        )
    if not deciding:
        place = fsum(p.score for p in e.parts if p.source == PLACED)
        page = f"; its place alone weighs {place:+.2f}, for the text is {e.page:.0%} of a whole page" if e.page else ""
        # Once it stays, lines around it may still go, and speak against it.
        most = margin + max(0.0, (e.most or 0.0) - e.score)
        yield Change(
            PROTECT,
            f"it is {max(margin, 0.0):.2f} above what is enough, and {max(most, 0.0):.2f} if all around it goes{page}: a rule for"
            f" its kind with a score of {-max(most, 0.0) - 0.01:.2f} or lower protects it, and a --keep file keeps the line",
        )
    if e.level != "careful":
        yield Change(SETTING, "at --level careful only sure rules and their like take lines")
