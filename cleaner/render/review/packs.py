"""Decisions written down: a keep list and a draft of rules, both packs that load as they are, and examples for rules."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.render.review.session import BACK, OUT, Line, Review
from cleaner.text.view import View
from cleaner.workbench.draft import pattern_of, rule_name
from cleaner.workbench.pack_text import comment, entry_text, head_text, value_text
from cleaner.workbench.proof import usable

# What a rule of the keep list weighs: more than all that speaks against a line.
_KEPT = -9.0
_KEEP_HEAD = head_text(
    "Lines that a person put back.", "prose", "any",
    ["Lines that a person put back: `cleaner --rules keep.toml` lets them stay, wherever they stand."],
)  # fmt: skip
_DRAFT_HEAD = head_text(
    "Lines that a person took out.", "site", "any",
    [
        "Lines that a person took out, as rules to begin from.",
        "Widen each to the idiom of its language, and give it its category.",
    ],
)  # fmt: skip
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
        f"\n{comment(rule)}\nkeep = {value_text('keep', list(dict.fromkeys(texts)))}\n"
        for rule, texts in sorted(by_rule.items())
    )
    text = "".join(blocks)
    return _EXAMPLES_HEAD + text if text else ""


def _pack(head: str, name: str, why: str, places: Iterable[tuple[Review, Line]], score: float | None) -> str:
    out = [head]
    seen: set[str] = set()
    for review, line in places:
        form = View(line.text).text
        pattern = pattern_of(form)
        if not form or pattern in seen:
            continue
        seen.add(pattern)
        entry = {
            "id": f"{name}-{len(out)}-{rule_name(form.lower())}",
            "why": f"{why}: {review.name}, line {line.number}.",
            "match": pattern,
            **({} if score is None else {"score": score}),
            "drop": [form, f"* {form}"],
            "keep": [f"He read it out: {form}, and went on."],
        }
        text = entry_text(entry)
        if usable(head + text):
            out.append(text)
    return "\n".join(out) if len(out) > 1 else ""
