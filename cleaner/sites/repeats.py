"""From counts to evidence: how firmly the other documents of its site have each line of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.sites.key import Keys
from cleaner.sites.store import RepeatStore
from cleaner.text.function_words import FUNCTION_WORDS

# A line of so many characters is a paragraph, as far as finding copies of a document goes.
_PARAGRAPH = 80
_CONTENT = re.compile(r"[^\W\d_]{4,}")
# A line with fewer content words can have them all in the article by chance: `Latest stories`.
_ABOUT = 3
# A line stands beside the same one, and has the same digits, if it does in one of three documents that have it.
_SHARE = 3
# Two pages may share a list, or be told from one another's notes: from so many other documents on, neighbours count.
_SEVERAL = 2
# In so many other documents a paragraph needs no line beside it: nobody writes it that often.
_MANY = 3


def line_repeats(store: RepeatStore, site: str, text: str) -> list[int]:
    """For each line of `text.split("\\n")`, how firmly other documents of `site` have it.

    0: none has it. 1: one or more do. 2: two or more do, and have it beside the same line, before or after it (the beginning and the end
    of a text are lines too), or it is a paragraph that three or more have. 3: beside the same lines on both sides, with the
    same digits. A
    heading such as `Conclusion` stands in many articles, each time between other lines; what the site puts into its pages
    stands where it always stands.

    A document that was published twice (under a second address, as a print version) has all its lines in another
    document, and its body must not be taken for boilerplate. So what most of its paragraphs, by length, show is
    taken off every line: only a line that repeats more often than the body does counts as repeated. Nor does a short
    line whose words are the article's own (its headline, which the lists of other pages hold too; a heading that two
    articles on one subject share).
    """
    lines = text.split("\n")
    keys = Keys(site, lines)
    return grades(
        lines, *([n - 1 for n in store.pages(part)] for part in (keys.lines, keys.before, keys.after, keys.exact))
    )


def grades(
    lines: Sequence[str], others: Sequence[int], before: Sequence[int], after: Sequence[int], exact: Sequence[int]
) -> list[int]:
    """What counts are worth as evidence; see `line_repeats`.

    Args:
        lines: the lines of a document.
        others: in how many other documents each stands.
        before, after: in how many beside the same line before, or after, it.
        exact: in how many with the same digits.
    """
    found, usual = beyond_copies(lines, others)
    out = []
    for line, n, *others_with in zip(lines, found, before, after, exact, strict=True):
        if n < _SEVERAL:
            out.append(min(n, 1))
            continue
        often = [_SHARE * (m - usual) >= n for m in others_with]
        grade = 1 + often[0] + often[1]
        if len(line) >= _PARAGRAPH:
            grade = max(grade, 2) if n >= _MANY else min(grade, 2)
        out.append(grade if often[2] else min(grade, 2))
    return out


def beyond_copies(lines: Sequence[str], others: Sequence[int]) -> tuple[list[int], int]:
    """In how many documents besides its copies each line stands (0 for a line of the article's own words), and how many
    these are; see `line_repeats`.

    Args:
        lines: the lines of a document.
        others: in how many other documents each stands.
    """
    if not any(others):
        return list(others), 0
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
    ], usual


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
