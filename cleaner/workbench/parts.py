"""What each rule added to one line's sum, and where it had that from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.evidence.form_rules import GUARD
from cleaner.evidence.state import State
from cleaner.judging.account import Account
from cleaner.output.saw import asked
from cleaner.rules.rule import Rule
from cleaner.text.signals import AROUND, CONTEXT, OWN, PLACE

# Where a part of a sum comes from.
PATTERN, SITE, FORM, PLACED, TOPIC, NEIGHBOURS = "pattern", "site", "form", "place", "topic", "neighbours"
_TOPICS = {"foreign", "topical"}
_BESIDE = {"prev-hint", "next-hint", *AROUND, *CONTEXT} - _TOPICS
_MEANINGS = {**OWN, **PLACE, **AROUND, **CONTEXT}


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule added.

    Attributes:
        rule: the rule's full id.
        source: where it comes from: `PATTERN` (of the line, or of one above whose block reaches it), `SITE` (it repeats
            over the site), `FORM` and `PLACED` (its own form, its place), `TOPIC`, `NEIGHBOURS`.
        score: what it added here; below 0 it protects.
        why: the rule's own reason, or for a form rule what it saw.
        note: why it weighs otherwise than its pack says, or how it came to this line; may be empty.
    """

    rule: str
    source: str
    score: float
    why: str
    note: str = ""


def parts_of(account: Account, state: State, i: int, sure: bool) -> tuple[Part, ...]:
    """What was added to the sum of line `i`: patterns first, then form, each heaviest first.

    Args:
        account: what the judge knew.
        state: the document then.
        i: the line.
        sure: it goes by sure rules alone, so hints and form do not count, save what protects from those too.
    """
    patterns = [_of_pattern(rule, state, i) for rule in account.rules if not sure or rule.sure or rule.score < 0]
    form = [
        Part(rule.id, source(rule), score, meaning(rule))
        for rule, score in account.form
        if not sure or rule.score <= GUARD
    ]
    if account.other and not sure:
        form.append(Part("", SITE, account.other, "other pages of its site do not have the line"))
    return (*sorted(patterns, key=_weight), *sorted(form, key=_weight))


def _weight(part: Part) -> float:
    return -abs(part.score)


def source(rule: Rule) -> str:
    """Where a form rule has from what it says, by the farthest that it looks."""
    names = {name.removeprefix("!") for name in rule.when.names}
    if names & _BESIDE:
        return NEIGHBOURS
    if names & _TOPICS:
        return TOPIC
    return PLACED if names & PLACE.keys() or rule.zones else FORM


def meaning(rule: Rule) -> str:
    """What a form rule saw: the meanings of the signals that it asks for."""
    said = [
        f"not: {_MEANINGS[name[1:]]}" if name.startswith("!") else _MEANINGS[name]
        for name in (*rule.when.names, *sorted(asked([rule]) - set(rule.when.names)))
    ]
    return "; ".join(said) or rule.why


def _of_pattern(rule: Rule, state: State, i: int) -> Part:
    notes = list(_notes(rule, state, i))
    return Part(rule.id, PATTERN if rule.match else SITE, rule.score, rule.why, "; ".join(notes))


def _notes(rule: Rule, state: State, i: int) -> Iterator[str]:
    own = {r.id: r for r in state.lines[i].facts.rules}
    if rule.match and rule.id not in own:
        above = next(
            (k for k in range(i - 1, -1, -1) if any(r.id == rule.id for r in state.lines[k].facts.rules)), None
        )
        if above is not None:
            yield f"its {rule.scope} began at line {state.lines[above].number + 1}"
    elif rule.id in own and own[rule.id].score != rule.score:
        yield f"counts {rule.score:g} and not {own[rule.id].score:g}, for the text is not in its language"
    if rule.near:
        yield f"a sure {' or '.join(sorted(rule.near.categories))} line stands near"
