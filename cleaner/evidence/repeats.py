"""From counts to evidence: in how many other documents of its site each line of a document stands."""

from __future__ import annotations

from cleaner.evidence.key import line_keys
from cleaner.evidence.store import RepeatStore

# A line of so many characters is a paragraph, as far as finding copies of a document goes.
_PARAGRAPH = 80


def line_repeats(store: RepeatStore, site: str, page: str, text: str) -> list[int]:
    """For each line of `text.split("\\n")`, in how many other documents of `site` it stands.

    A document that was published twice (under a second address, as a print version) has all its lines in another
    document, and its body must not be taken for boilerplate. So what most of its paragraphs, by length, show is
    taken off every line: only a line that repeats more often than the body does counts as repeated.
    """
    lines = text.split("\n")
    counts = [n - 1 for n in store.pages(line_keys(site, lines))]
    if not any(counts):
        return counts
    paragraphs = [(n, len(line)) for n, line in zip(counts, lines, strict=True) if len(line) >= _PARAGRAPH]
    usual = _weighted_median(paragraphs or [(n, len(line)) for n, line in zip(counts, lines, strict=True) if line])
    return [max(0, n - usual) for n in counts]


def _weighted_median(items: list[tuple[int, int]]) -> int:
    """The value (first) below which half of the weight (second) lies."""
    half = sum(weight for _, weight in items) / 2
    for value, weight in sorted(items):
        half -= weight
        if half <= 0:
            return value
    return 0
