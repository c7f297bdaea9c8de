"""From counts to evidence: in how many other documents of its site each line of a document stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.sites.key import line_keys
from cleaner.sites.store import RepeatStore
from cleaner.text.function_words import FUNCTION_WORDS

# A line of so many characters is a paragraph, as far as finding copies of a document goes.
_PARAGRAPH = 80
_CONTENT = re.compile(r"[^\W\d_]{4,}")
# A line with fewer content words can have them all in the article by chance: `Latest stories`.
_ABOUT = 3


def line_repeats(store: RepeatStore, site: str, text: str) -> list[int]:
    """For each line of `text.split("\\n")`, in how many other documents of `site` it stands.

    A document that was published twice (under a second address, as a print version) has all its lines in another
    document, and its body must not be taken for boilerplate. So what most of its paragraphs, by length, show is
    taken off every line: only a line that repeats more often than the body does counts as repeated. Nor does a short
    line whose words are the article's own (its headline, which the lists of other pages hold too; a heading that two
    articles on one subject share).
    """
    lines = text.split("\n")
    return beyond_copies(lines, [n - 1 for n in store.pages(line_keys(site, lines))])


def beyond_copies(lines: Sequence[str], others: Sequence[int]) -> list[int]:
    """In how many documents besides its copies each line stands; 0 for one of the article's own words. See `line_repeats`.

    Args:
        lines: the lines of a document.
        others: in how many other documents each stands.
    """
    if not any(others):
        return list(others)
    paragraphs = [(n, len(line)) for n, line in zip(others, lines, strict=True) if len(line) >= _PARAGRAPH]
    usual = _weighted_median(paragraphs or [(n, len(line)) for n, line in zip(others, lines, strict=True) if line])
    own = {
        word
        for n, line in zip(others, lines, strict=True)
        if n <= usual and len(line) >= _PARAGRAPH
        for word in _content(line)
    }
    return [
        0 if n <= usual or len(line) < _PARAGRAPH and _about(line, own) else n - usual
        for n, line in zip(others, lines, strict=True)
    ]


def _content(line: str) -> set[str]:
    """The words of `line` that carry its meaning."""
    return {w for w in _CONTENT.findall(line.lower()) if w not in FUNCTION_WORDS}


def _about(line: str, own: set[str]) -> bool:
    """Whether nearly all that `line` speaks of is in the article whose words are `own`."""
    words = _content(line)
    return len(words) >= _ABOUT and 4 * len(words & own) >= 3 * len(words)


def _weighted_median(items: list[tuple[int, int]]) -> int:
    """The value (first) below which half of the weight (second) lies."""
    half = sum(weight for _, weight in items) / 2
    for value, weight in sorted(items):
        half -= weight
        if half <= 0:
            return value
    return 0
