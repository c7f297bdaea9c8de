"""Front matter stays, to the byte."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.text.front_matter import front_matter

PROSE = (
    "The old bridge over the river opened to walkers and carts on Tuesday, nine years after a flood took two arches."
)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["---", "title: A", "tags: [a, b]", "...", PROSE], 4),
        (["---", "by: Tom", "notes: |", "  By Jane Doe", "", "---", PROSE], 6),
        (["+++", 'title = "A"', "[params]", "+++", PROSE], 4),
        (["#+TITLE: A", "#+DATE: 2024-05-03", "", PROSE], 2),
        ([":Date: 2024-05-03", ":Tags: a, b", "", PROSE], 2),
        (["---", PROSE, "---"], 0),
        (["---", "---", PROSE], 0),
        (["---", "title: A", PROSE], 0),
        (["---", *["a: b"] * 70, "---"], 0),
        (["By: Jane Doe", PROSE], 0),
        (["", "---", "title: A", "---"], 0),
        ([], 0),
    ],
)
def test_how_many_lines_it_has(lines: list[str], count: int) -> None:
    assert front_matter(lines) == count


def test_it_stays_and_what_follows_is_judged() -> None:
    front = "---\nauthor: By Jane Doe\ndate: 2024-05-03\ntags:\n- Share on Facebook\n---\n"
    text = f"{front}\nShare on Facebook\n\n{PROSE}\n"
    result = clean(text)
    assert result.body.startswith(front)
    assert [e.removed.strip() for e in result.edits if e.removed.strip()] == ["Share on Facebook"]
