"""What each rule added to one line's sum, and where it had that from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.evidence.form_rules import GUARD
from cleaner.evidence.state import State
from cleaner.judging.account import Account
from cleaner.output.saw import asked
from cleaner.rules.rule import Rule
from cleaner.text.signals import AROUND, CONTEXT, OWN, PLACE, SIDES

# A hit that covers less of a line than this is shown.
_WHOLE = 0.9
# Where a part of a sum comes from.
PATTERN, SITE, GUARDS = "pattern", "site", "guard"
FORM, PLACED, TOPIC, NEIGHBOURS = "form", "place", "topic", "neighbours"
_TOPICS = {"foreign", "topical"}
_BESIDE = {"prev-hint", "next-hint", *AROUND, *CONTEXT} - _TOPICS
# Signals in fewer words than their definitions have.
_SHORT = {
    "page": "on a whole page",
    "foreign": "on another topic",
    "topical": "on the document's topic",
    "hint": "half known to a pattern",
    "prev-hint": "below a line that a pattern speaks against",
    "next-hint": "above a line that a pattern speaks against",
    **{
        f"{name}-{level}": f"{lines} on each side are {what}"
        for name, lines in SIDES.items()
        for level, what in (
            ("0", "not plainly body"),
            ("30", "partly furniture"),
            ("60", "mostly furniture"),
            ("90", "nearly all furniture"),
        )
    },
}
MEANINGS = {**OWN, **PLACE, **AROUND, **CONTEXT, **_SHORT}
# What a protector asks not to be, and what lifts it then.
_LIFTS = {"!hint": "this line", "!prev-hint": "the line before", "!next-hint": "the line after"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one rule added.

    Attributes:
        rule: the rule's full id.
        source: where it comes from: `PATTERN` (of the line, or of one above whose block reaches it), `SITE` (it repeats
            over the site), `GUARDS` (what protects from sure rules too), `FORM` and `PLACED` (its own form, its place),
            `TOPIC`, `NEIGHBOURS`.
        score: what it added here; below 0 it protects.
        why: the rule's own reason, or for a form rule what it saw.
        note: what it hit, why it weighs otherwise than its pack says, how it came to this line, what lifts it; may be empty.
        began: the number of the line above (from 1) where the block or the rest began that brought it here; 0: none.
        firm: it protects whatever patterns say of this very line.
    """

    rule: str
    source: str
    score: float
    why: str
    note: str = ""
    began: int = 0
    firm: bool = False


def parts_of(account: Account, state: State, i: int, groups: Sequence[Sequence[int]], sure: bool) -> tuple[Part, ...]:
    """What was added to the sum of line `i`: patterns first, then form, each heaviest first.

    Args:
        account: what the judge knew.
        state: the document then.
        i: the line.
        groups: the document's lines, from 0, in each unit of the state.
        sure: it goes by sure rules alone, so hints and form do not count, save what protects from those too.
    """
    patterns = [
        _of_pattern(rule, state, i, groups) for rule in account.rules if not sure or rule.sure or rule.score < 0
    ]
    form = [
        _of_guard(rule, score) if rule.score <= GUARD else Part(rule.id, source(rule), score, meaning(rule))
        for rule, score in account.form
        if not sure or rule.score <= GUARD
    ]
    if account.other and not sure:
        form.append(Part("", SITE, account.other, "other pages of its site do not have the line"))
    return (*sorted(patterns, key=_weight), *sorted(form, key=_weight))


def _of_guard(rule: Rule, score: float) -> Part:
    lifts = " or ".join(line for name, line in _LIFTS.items() if name in rule.when.names)
    note = f"until a pattern speaks against {lifts}" if lifts else ""
    return Part(rule.id, GUARDS, score, rule.why, note, firm="!hint" not in rule.when.names)


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
        f"not {MEANINGS[name[1:]]}" if name.startswith("!") else MEANINGS[name]
        for name in (*rule.when.names, *sorted(asked([rule]) - set(rule.when.names)))
    ]
    return "; ".join(said) or rule.why


def _of_pattern(rule: Rule, state: State, i: int, groups: Sequence[Sequence[int]]) -> Part:
    began = _began(rule, state, i, groups)
    notes = list(_notes(rule, state, i, began))
    return Part(rule.id, PATTERN if rule.match else SITE, rule.score, rule.why, "; ".join(notes), began)


def _began(rule: Rule, state: State, i: int, groups: Sequence[Sequence[int]]) -> int:
    """The number of the line where the block or the rest of a rule that does not hit line `i` began; 0 if it hits it."""
    if not rule.match or any(r.id == rule.id for r in state.lines[i].facts.rules):
        return 0
    above = (k for k in range(i - 1, -1, -1) if any(r.id == rule.id for r in state.lines[k].facts.rules))
    return next((groups[state.lines[k].number][0] + 1 for k in above), 0)


def _notes(rule: Rule, state: State, i: int, began: int) -> Iterator[str]:
    line = state.lines[i]
    own = {r.id: r for r in line.facts.rules}
    text = line.view.text
    hit = next((text[a:b] for r, a, b in line.hits if r.id == rule.id), "")
    if hit and len(hit) < _WHOLE * len(text):
        yield f"at {hit!r}"
    if began:
        yield f"its {rule.scope} began at line {began}"
    elif rule.id in own and own[rule.id].score != rule.score:
        yield f"counts {rule.score:g} and not {own[rule.id].score:g}, for the text is not in its language"
    if rule.near:
        yield f"a sure {' or '.join(sorted(rule.near.categories))} line stands near"
