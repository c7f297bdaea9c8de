"""Why a line went or stayed, in words, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from textwrap import fill
from typing import Any

from cleaner.judging.judge import SENTENCE as SENTENCE_SCORE
from cleaner.judging.verdict import Action
from cleaner.output.saw import by_form_alone
from cleaner.render.advice import advice
from cleaner.render.terminal import StyledLine, shortened
from cleaner.rules.rule import Rule
from cleaner.text.marks import is_fence
from cleaner.workbench.explained import BLANK, GUARD, KEPT, LIST, MARK, SENTENCE, SPAN, STAYS, SURE, Beside, Explained
from cleaner.workbench.parts import FORM, GUARDS, MEANINGS, NEIGHBOURS, PATTERN, PLACED, SITE, TOPIC, Part

Close = Sequence[tuple[Rule, str]]

_FATES = {Action.KEEP: "stays", Action.DROP: "goes", Action.CUT: "is cut"}
_STYLES = {Action.KEEP: "green", Action.DROP: "red", Action.CUT: "yellow"}
_SOURCES = {
    PATTERN: "patterns",
    SITE: "its site",
    GUARDS: "protected",
    FORM: "its form",
    PLACED: "its place",
    TOPIC: "its topic",
    NEIGHBOURS: "lines around",
}
# Parts of a sum that are told one by one; what is smaller is told together.
_LEAST, _SHOWN, _TINY = 0.02, 6, 0.005
# Of these it is the rule that is told; of others what it saw is enough.
_NAMED = (PATTERN, SITE, GUARDS)
_WIDE = 60
_WRAPPED: dict[str, Any] = {"width": 100, "initial_indent": "  ", "subsequent_indent": "  "}


def overview(explained: Iterator[Explained]) -> Iterator[StyledLine]:
    """One line for each line of a text: its number, what became of it, its weight, the reason, its text."""
    for e in explained:
        if not e.text:
            continue
        weight = f"{e.score:5.2f}" if e.score is not None else ""
        need = f" of {e.need:.2f}" if e.need is not None else ""
        yield [
            (f"{e.line:5}  ", "dim"),
            (f"{_FATES[e.verdict.action]:<6}  ", _STYLES[e.verdict.action]),
            (f"{weight + need:<13}  ", "dim"),
            (f"{reason(e)}  ", "cyan"),
            (shortened(e.text, _WIDE) + "\n", ""),
        ]


def reason(e: Explained) -> str:
    """What decided, in few words: a rule, what form rules saw, or what protected the line; empty if nothing speaks."""
    if e.saw:
        return e.saw
    if e.verdict.reasons:
        return e.verdict.reasons[0].id
    if e.protected:
        return {SENTENCE: "a sentence", LIST: "a list", GUARD: "held by --max-removed", KEPT: "said to stay"}[
            e.protected
        ]
    heaviest = next((p for p in e.parts if p.source == PATTERN and p.score > 0), None)
    return heaviest.rule if heaviest else ""


def story(e: Explained, name: str, close: Close = ()) -> Iterator[StyledLine]:
    """Everything about one line, in words.

    Args:
        e: the line.
        name: what its text is called.
        close: the rules that nearly took it, with the reasons.
    """
    fate = _FATES[e.verdict.action]
    yield [(f"{name}:{e.line} ", "bold"), (f"{fate}\n", f"bold {_STYLES[e.verdict.action]}")]
    yield [(f"  {e.text}\n" if e.text else "  (blank)\n", "")]
    if len(e.together) > 1:
        yield [(f"  Judged as one with lines {_numbers(e.together)}: they were broken at a width.\n", "dim")]
    yield [(f"\n{_verdict(e)}\n", "")]
    for source, title in _SOURCES.items():
        yield from _group(title, [p for p in e.parts if p.source == source])
    for heading, rows in (
        ("Hit, but not counted", [(u.rule.id, u.reason) for u in e.unheard]),
        ("Came close", [(rule.id, why) for rule, why in close]),
    ):
        if rows:
            yield [(f"\n{heading}\n", "bold")]
            yield from ([(f"  {rule}", "cyan"), (f"  {why}\n", "")] for rule, why in rows)
    if e.signals and e.decided != SURE:
        yield [("\nSeen\n", "bold"), (fill("; ".join(MEANINGS[name] for name in e.signals), **_WRAPPED) + "\n", "dim")]
    yield [("\nBeside it\n", "bold")] if e.before or e.after else []
    for beside in filter(None, (e.before, e.after)):
        yield [(f"{beside.line:5}  ", "dim"), (f"{_fate(beside)}  ", ""), (shortened(beside.text, _WIDE) + "\n", "dim")]
    if said := advice(e, name, close):
        yield [("\nWhat to change\n", "bold")]
        yield from ([(f"  - {one.said}\n", "")] for one in said)


def _verdict(e: Explained) -> str:
    """The sentence that says what decided."""
    if e.decided == BLANK:
        return f"A blank line that goes with {e.verdict.reasons[0].id}: the longer of two gaps stays."
    if e.stopped:
        return f"It stays, as the whole text does: {e.stopped}."
    if e.decided == MARK:
        return f"A mark of what goes by {e.verdict.reasons[0].id}: it goes with that."
    if not e.text:
        return "A blank line between lines that stay: there is nothing to judge."
    if e.removed or e.decided == SPAN:
        rules = ", ".join(r.id for r in e.verdict.reasons)
        taken = "; ".join(repr(one.strip()) for one in e.removed) or "all there was to read"
        rest = f" What is left stays: {_kept(e)}" if e.verdict.action is Action.CUT and e.score is not None else ""
        return f"Cut by {rules}: {taken}.{rest}"
    if e.decided == SURE:
        guarded = fsum(p.score for p in e.parts if p.source == GUARDS)
        less = f", less {-guarded:.2f} that protects" if guarded else ""
        return f"It goes by sure rules, whose sum is {e.score:.2f}{less}; at 1.00 nothing else is asked."
    if e.decided == STAYS:
        return f"It stays: {_kept(e)}"
    assert e.score is not None
    assert e.need is not None
    by = f" No pattern hit it; it is {e.saw}." if e.saw else ""
    if e.score < e.need:  # neighbours that went after it may speak for it
        return (
            f"It goes: what spoke against it reached the {e.need:.2f} that are enough at level {e.level}; with all that went"
            f" since it is {e.score:.2f}.{by}"
        )
    return f"It goes: {e.score:.2f} speaks against it, and {e.need:.2f} is enough at level {e.level}.{by}"


def _kept(e: Explained) -> str:
    if e.protected == KEPT:
        return "it is said to stay, by --keep or the settings."
    if is_fence(e.text):
        return "a fence goes only with all that it encloses."
    assert e.score is not None
    score = f"{e.score:.2f} speaks against it" if e.score > 0 else f"more speaks for it than against it, {e.score:.2f}"
    if e.protected == SENTENCE:
        patterns = fsum(p.score for p in e.parts if p.source in (PATTERN, SITE))
        return (
            f"it is a sentence, and goes only by patterns of {SENTENCE_SCORE:.2f} together; they weigh {patterns:.2f}."
        )
    if e.protected == LIST:
        return f"it stands in a list of lines of one make, which weak evidence may not take ({score})."
    if e.protected == GUARD:
        return (
            f"{score}, which is enough, but weak evidence would have taken more than {e.allowed:.0%} of the words and was"
            " set aside."
        )
    assert e.need is not None
    assert e.missing is not None
    return f"{score}, and {e.need:.2f} is needed at level {e.level}: {e.missing:.2f} is missing."


def _group(title: str, parts: Sequence[Part]) -> Iterator[StyledLine]:
    if not parts:
        return
    told = [p for p in parts if abs(p.score) >= _LEAST or p.source in _NAMED][:_SHOWN]
    yield [(f"  {title:<14}", "bold"), (f"{fsum(p.score for p in parts):+6.2f}\n", "bold")]
    for p in told:
        note = f" [{p.note}]" if p.note else ""
        rule = f"{p.rule}: " if p.source in _NAMED and p.rule else ""
        yield [(f"{p.score:+12.2f}  ", "red" if p.score > 0 else "green"), (rule, "cyan"), (f"{p.why}{note}\n", "")]
    rest = [p for p in parts if p not in told]
    if abs(fsum(p.score for p in rest)) >= _TINY:
        yield [(f"{fsum(p.score for p in rest):+12.2f}  {len(rest)} smaller\n", "dim")]


def _fate(beside: Beside) -> str:
    verdict = beside.verdict
    if verdict.action is Action.KEEP:
        return "stays"
    by = "its form" if by_form_alone(verdict.reasons) else verdict.reasons[0].id
    return f"{_FATES[verdict.action]} ({by})"


def _numbers(lines: Sequence[int]) -> str:
    return f"{lines[0]} to {lines[-1]}"


def as_data(e: Explained, name: str, close: Close = ()) -> dict[str, Any]:
    """The same as values that JSON can carry."""
    return {
        "name": name,
        "line": e.line,
        "together": list(e.together),
        "text": e.text,
        "action": str(e.verdict.action),
        "decided": e.decided,
        "reason": reason(e),
        "rules": [r.id for r in e.verdict.reasons],
        "removed": list(e.removed),
        "stopped": e.stopped or None,
        "level": e.level,
        "score": _rounded(e.score),
        "need": _rounded(e.need),
        "missing": _rounded(e.missing),
        "most": _rounded(e.most),
        "would_go_at": e.would or None,
        "protected": e.protected or None,
        "page": _rounded(e.page),
        "parts": [
            {"rule": p.rule, "source": p.source, "score": _rounded(p.score), "why": p.why, "note": p.note}
            for p in e.parts
        ],
        "not_counted": [{"rule": u.rule.id, "reason": u.reason} for u in e.unheard],
        "close": [{"rule": rule.id, "reason": why} for rule, why in close],
        "signals": list(e.signals),
        "before": _beside(e.before),
        "after": _beside(e.after),
        "advice": [one.said for one in advice(e, name, close)],
    }


def _beside(beside: Beside | None) -> dict[str, Any] | None:
    if beside is None:
        return None
    verdict = beside.verdict
    return {
        "line": beside.line,
        "text": beside.text,
        "action": str(verdict.action),
        "rule": verdict.reasons[0].id if verdict.reasons else None,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)
