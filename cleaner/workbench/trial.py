"""Trying rules on a text: what they hit, what stopped them, and what came close."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from cleaner.evidence.place import place_signals
from cleaner.judging.engine import Engine
from cleaner.judging.verdict import Action
from cleaner.rules import pattern
from cleaner.rules.rule import Rule
from cleaner.text.document import Document
from cleaner.text.form import own_signals
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.text.words import count_words

HIT, STOPPED, CLOSE = "hit", "stopped", "close"
# A near miss is looked for in lines up to this many characters, and differs by one letter in so many.
_LONGEST = 300
_LETTERS_A_SLIP = 7
_WORD = regex.compile(r"\p{L}+")
_TIMEOUT = 0.2
# Characters of what stands beside a match that are shown.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Trial:
    """What one rule did on one line.

    Attributes:
        rule: the rule.
        line: number of the line, from 1.
        text: its view, which patterns see.
        outcome: `HIT`, `STOPPED` (a pattern matched, a condition did not hold) or `CLOSE` (a pattern nearly matched).
        reason: why, for a person; may be empty for a hit.
    """

    rule: Rule
    line: int
    text: str
    outcome: str
    reason: str


def try_rules(rules: Iterable[Rule], text: str, seconds: float = 10.0) -> Iterator[Trial]:
    """Try each rule alone on a document, `near` and `repeat` taken as given; near misses until `seconds` are over."""
    document = Document(text)
    bits = _bits(document)
    deadline = time.monotonic() + seconds
    for rule in rules:
        alone = rule.replaced(score=max(rule.score, 1.0) if rule.score > 0 else 1.0, near=None, repeat=0)
        verdicts = Engine([alone], max_removed=1.0).run(document).verdicts
        for n, view in enumerate(document.views):
            if not view.text:
                continue
            if verdicts[n].action is not Action.KEEP:
                yield Trial(rule, n + 1, view.text, HIT, _hit(rule, view))
            elif pattern_hits(rule, view):
                yield Trial(rule, n + 1, view.text, STOPPED, why_not(rule, view, bits[n]))
            elif len(view.text) <= _LONGEST and time.monotonic() < deadline and (reason := nearly(rule, view)):
                yield Trial(rule, n + 1, view.text, CLOSE, reason)


def why_not(rule: Rule, view: View, bits: int) -> str:
    """Which conditions of `rule` a line does not meet that one of its patterns matches; `bits` are its signals."""
    text = view.text if rule.case else view.low
    out = []
    n = count_words(view.text)
    if n < rule.min_words:
        out.append(f"{n} words, min_words is {rule.min_words}")
    if rule.max_words is not None and n > rule.max_words:
        out.append(f"{n} words, max_words is {rule.max_words}")
    out += [f"unless matches: {p}" for p in rule.unless if pattern.first(p, rule.case, text)]
    for name in rule.when.names:
        bare = name.removeprefix("!")
        if bool(bits & BITS[bare]) == name.startswith("!"):
            out.append(f"when asks for {name!r}")
    if rule.zones and not bits & rule.zone_bits:
        here = next((z for z in ("head", "body", "tail") if bits & BITS[f"zone-{z}"]), "none")
        out.append(f"in the {here} zone, asks for {' or '.join(sorted(rule.zones))}")
    return "; ".join(out) or f"scope {rule.scope} does not reach it (real prose follows, or its place is wrong)"


def _bits(document: Document) -> dict[int, int]:
    """The signals of each non-blank line, by index: its own and those of its place."""
    shown = [(n, v) for n, v in enumerate(document.views) if v.text]
    own = [own_signals(v) for _, v in shown]
    gaps = [n - (shown[i - 1][0] if i else -1) - 1 for i, (n, _) in enumerate(shown)]
    place = place_signals(own, [v.low for _, v in shown], gaps)
    return {n: o | p for (n, _), o, p in zip(shown, own, place, strict=True)}


def pattern_hits(rule: Rule, view: View) -> bool:
    """Whether one of the rule's patterns matches, whatever its conditions say."""
    text = view.text if rule.case else view.low
    return any(pattern.first(p, rule.case, text) for p in rule.match)


def _hit(rule: Rule, view: View) -> str:
    notes = []
    if rule.match and not pattern_hits(rule, view):
        notes.append(f"in its {rule.scope}")
    if rule.score < 0:
        notes.append(f"protects the line by {-rule.score:g}")
    elif rule.score < 1:
        notes.append(f"a hint of {rule.score:g}; alone it takes nothing")
    if rule.near:
        notes.append(f"only within {rule.near.within} lines of {' or '.join(sorted(rule.near.categories))}")
    if rule.repeat:
        notes.append(f"only if {rule.repeat} other documents of the site have the line")
    return "; ".join(notes)


def nearly(rule: Rule, view: View, share: float = 0.0, letters: int = 0) -> str:
    """In what way one of the rule's patterns nearly matches; empty if none does.

    Args:
        rule: the rule.
        view: the line.
        share: how much of the line's characters (0 to 1) such a match must cover.
        letters: letters that are off count only in words of so many, one in each. (A pattern of wide classes is two signs or one
            short word off from nearly any line.)
    """
    text = view.text if rule.case else view.low
    for source in rule.match:
        free = source.removeprefix("^")
        if free.endswith("$") and not free.endswith("\\$"):
            free = free[:-1]
        m = _search(free, rule.case, text) if free != source else None
        if m and m.end() - m.start() >= share * len(text):
            return f"it matches, but {_beside(text, m.start(), m.end())}"
        m = _search(f"(?:{source}){{1<=e<=2}}", rule.case, text)
        if (
            m
            and m.end() - m.start() >= max(sum(m.fuzzy_counts) * _LETTERS_A_SLIP, share * len(text))
            and (not letters or _slips_in_words(m, text, letters))
        ):
            return f"{sum(m.fuzzy_counts)} letters off"
    return ""


def _slips_in_words(m: regex.Match[str], text: str, letters: int) -> bool:
    """Whether what is off in a fuzzy match stands in words of so many letters, each in one of its own."""
    substitutions, insertions, deletions = m.fuzzy_changes
    words = [(w.start(), w.end()) for w in _WORD.finditer(text) if w.end() - w.start() >= letters]
    found = {next((word for word in words if word[0] <= at < word[1]), None) for at in (*substitutions, *insertions)}
    # What is missing stands before the letter at its place.
    found |= {next((word for word in words if word[0] < at < word[1]), None) for at in deletions}
    return None not in found and len(found) == sum(m.fuzzy_counts)


def _beside(text: str, start: int, end: int) -> str:
    """What stands before and after a match that should have been the whole line."""
    said = []
    if before := text[:start].strip():
        said.append(f"{_short(before, last=True)!r} stands before it")
    if after := text[end:].strip():
        said.append(f"{_short(after)!r} stands after it")
    return " and ".join(said) or "not where the pattern's '^' and '$' are"


def _short(text: str, last: bool = False) -> str:
    if len(text) <= _SHOWN:
        return text
    return f"…{text[1 - _SHOWN :]}" if last else f"{text[: _SHOWN - 1]}…"


def _search(source: str, case: bool, text: str) -> regex.Match[str] | None:
    try:
        return pattern.compiled(source, case).search(text, timeout=_TIMEOUT)
    except (regex.error, TimeoutError):
        return None
