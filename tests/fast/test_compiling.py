"""A pattern's stored code must find what the pattern finds, in texts that are folded as lines are."""

from __future__ import annotations

import _sre
import re

import pytest

from cleaner.fast.compiling import code_of
from cleaner.text.fold import lower

TEXT = lower(
    "Read MORE: the Straße, ΣΊΣΥΦΟΣ İstanbul; µ μ ſ K read_more 12:30 … €5 [x] Ü ü ДА да\nnew line Über Ärger Ω ω ß ẞ Ⅷ ⓐ Ⓑ 𐐀 𐐨"
)


def compiled(pattern: str, case: bool = False) -> tuple[re.Pattern[str], bool]:
    made = code_of(pattern, case)
    assert made is not None
    source, flags, code, groups, names, _, starts = made
    return _sre.compile(source, flags, code, groups, names, (None,) * (groups + 1)), starts


@pytest.mark.parametrize(
    "pattern",
    [
        "READ", "[A-Z]", "[^A-Z ]", "[^Ü]", "Ü", "µ", "[^µ]", "ς", "[Α-Ω]", r"\bM(?:ORE|e)", r"(?:\bt|M)\w+", r"(?!R)\w",
        "(?:|A)B?", r"^READ|M", "^(?:READ|x)", r"(?<=R)E", "[Ⓐ-Ⓩ]", "[𐐀-𐐧]", r"\d{2}", r"(?:[\d€]|R){1,3}", ".M", "(?>R|E)+",
        "S*?T", "(?=M)MO", "ẞ", "[^\\W\\d_]+",
    ],
)  # fmt: skip
def test_code_finds_what_the_pattern_finds(pattern: str) -> None:
    made, _ = compiled(pattern)
    assert [m.span() for m in made.finditer(TEXT)] == [m.span() for m in re.finditer(pattern, TEXT, re.IGNORECASE)]


def test_case_counts_where_it_was_asked_for() -> None:
    assert compiled("Read", case=True)[0].search("read Read").start() == 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [("^a", True), (r"(?=b)^a|\Ab", True), ("^a|b", False), ("(?:^a)?b", False), (r"\b^a", True), ("(?m:^a)", None)],
)
def test_patterns_that_hit_at_the_start_alone(pattern: str, starts: bool | None) -> None:
    made = code_of(pattern, False)
    assert (made[-1] if made else None) is starts
