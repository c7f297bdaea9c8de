"""Rules that nearly took a line: a condition kept their pattern from it, or the pattern is a few letters off."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable

from cleaner.rules.rule import Rule
from cleaner.text import patterns
from cleaner.text.view import View
from cleaner.text.words import count_words
from cleaner.workbench.trial import nearly, pattern_hits, why_not

# Words of a pattern's text, without its escapes; what scripts without spaces write is told by two letters.
_ESCAPES = patterns.compiled(r"\\[pP]\{[^}]*\}|\\.|\(\?[a-zA-Z<>!=:|]+")
_WORDS = patterns.compiled(r"[a-zß-ÿ]{4,}|[^\W\d_a-zß-ÿ]{2,}")
_EVERYWHERE = {"any", "en"}
_MOST = 5
# A pattern that covers less of a line than this was not meant for it, nor one that allows so many times fewer words.
_COVERED, _COVERED_BY_HINTS = 0.4, 0.7
_LONGER = 2
# Letters that are off count in words of so many letters.
_SLIPS_IN = 5


def near_misses(
    rules: Iterable[Rule], view: View, bits: int, languages: Collection[str] = (), seconds: float = 3.0
) -> list[tuple[Rule, str]]:
    """The rules that come closest to a line that they do not hit, each with the reason; sure
    rules first.

    Args:
        rules: those to try; what share no word with the line, or speak another language, are passed over.
        view: the line.
        bits: its signals.
        languages: those of its text; empty: not known.
        seconds: how long to look.
    """
    deadline = time.monotonic() + seconds
    spoken = {*languages, *_EVERYWHERE}
    alike = []
    for rule in rules:
        if rule.match and rule.score > 0 and (not languages or rule.language in spoken):
            words = set(_WORDS.findall(_ESCAPES.sub(" ", " ".join(rule.match).lower())))
            shared = sum(len(word) for word in words if word in view.low)
            if shared:
                alike.append((-shared, rule.id, rule))
    found = []
    for _, _, rule in sorted(alike, key=lambda one: one[:2]):
        if time.monotonic() > deadline:
            break
        if rule.hits(view):
            continue
        if pattern_hits(rule, view):
            if rule.max_words is None or count_words(view.text) <= _LONGER * rule.max_words:
                found.append((not rule.sure, False, rule, why_not(rule, view, bits)))
        elif reason := nearly(rule, view, _COVERED if rule.sure else _COVERED_BY_HINTS, _SLIPS_IN):
            found.append((not rule.sure, True, rule, reason))
    return [(rule, reason) for *_, rule, reason in sorted(found, key=lambda one: one[:2])[:_MOST]]
