"""Decisions written down: a keep list and a draft of rules, both packs that load as they are, and examples for rules."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence

from cleaner.errors import RuleError
from cleaner.render.review.session import BACK, OUT, Line, Review
from cleaner.rules.loader import parse_pack
from cleaner.sites.proposal import pattern_of
from cleaner.text.view import View
from cleaner.workbench.proof import failures

# What a rule of the keep list weighs: more than all that speaks against a line.
_KEPT = -9.0
_WORD = re.compile(r"[a-z0-9]+")
_KEEP_HEAD = """\
# Lines that a person put back: `cleaner --rules keep.toml` lets them stay, wherever they stand.
about = "Lines that a person put back."
category = "prose"
language = "any"
"""
_DRAFT_HEAD = """\
# Lines that a person took out, as rules to begin from. Widen each to the idiom of its language, and give it its category.
about = "Lines that a person took out."
category = "site"
language = "any"
"""
_EXAMPLES_HEAD = """\
# Lines that a person put back, by the rule that took them: examples for its 'keep'. They do not load by themselves.
"""


def keep_list(reviews: Iterable[Review]) -> str:
    """A pack that protects the lines which were put back; empty if none was, or none can be said in a pattern."""
    places = [(review, line) for review in reviews for line in review.of(BACK)]
    return _pack(_KEEP_HEAD, "put-back", "A person put it back", places, _KEPT)


def draft(reviews: Iterable[Review]) -> str:
    """A pack with a rule for each line that was taken out; empty if none was, or none can be said in a pattern."""
    places = [(review, line) for review in reviews for line in review.of(OUT)]
    return _pack(_DRAFT_HEAD, "taken-out", "A person took it out", places, None)


def examples(reviews: Iterable[Review]) -> str:
    """For each rule that took what was put back, those lines as its `keep`; empty if there are none."""
    by_rule: dict[str, list[str]] = {}
    for review in reviews:
        for line in review.of(BACK):
            by_rule.setdefault(line.edits[0].rule, []).append(View(line.text).text)
    blocks = (
        f"\n# {_comment(rule)}\nkeep = [\n" + "".join(f"  {_quoted(text)},\n" for text in dict.fromkeys(texts)) + "]\n"
        for rule, texts in sorted(by_rule.items())
    )
    text = "".join(blocks)
    return _EXAMPLES_HEAD + text if text else ""


def _pack(head: str, name: str, why: str, places: Sequence[tuple[Review, Line]], score: float | None) -> str:
    out = [head]
    seen: set[str] = set()
    for review, line in places:
        form = View(line.text).text
        pattern = pattern_of(form)
        if not form or pattern in seen:
            continue
        seen.add(pattern)
        words = "-".join(_WORD.findall(form.lower())[:4])
        rule = f"{name}-{len(out)}" + (f"-{words}" if words else "")
        entry = _entry(rule, f"{why}: {review.name}, line {line.number}.", pattern, form, score)
        if _loads(head + entry):
            out.append(entry)
    return "\n".join(out) if len(out) > 1 else ""


def _entry(name: str, why: str, pattern: str, form: str, score: float | None) -> str:
    lines = [
        "[[rule]]",
        f"id = {_quoted(name)}",
        f"why = {_quoted(why)}",
        f"match = {_quoted(pattern)}",
        *([] if score is None else [f"score = {score:g}"]),
        f"drop = [{_quoted(form)}, {_quoted('* ' + form)}]",
        f"keep = [{_quoted('He read it out: ' + form + ', and went on.')}]",
    ]
    return "\n".join(lines) + "\n"


def _loads(text: str) -> bool:
    """Whether a pack is one that can be used. A line may be too long for a pattern, or its pattern no safe one."""
    try:
        return not any(f for rule in parse_pack(tomllib.loads(text), "decisions").rules for f in failures(rule))
    except (RuleError, tomllib.TOMLDecodeError):
        return False


def _quoted(text: str) -> str:
    """`text` as a basic string of TOML."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)
