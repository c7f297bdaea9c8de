"""Sentences are told in any language, labels and titles are none."""

from __future__ import annotations

import pytest

from cleaner.text.sentences import is_sentence, sentence_spans
from tests.lines import SENTENCES


@pytest.mark.parametrize("text", [s for s in SENTENCES if len(s) > 30])
def test_a_sentence_of_any_script(text: str) -> None:
    assert is_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "Home", "Read more", "Ten Ways To Save Money On Your Next Holiday Abroad This Year", "Home News Sport Weather Travel Food Culture Video Audio",
        "市議会のニュース", "Διαβάστε περισσότερα", "Dog wins prize…", "1 2 3 4 5 6 7 8 9 10",
    ],
)  # fmt: skip
def test_a_label_is_none(text: str) -> None:
    assert not is_sentence(text)


@pytest.mark.parametrize(
    "text", ["One. Two.", "", "No end", "Er kam. Sie ging. Es regnete den ganzen Tag.", "雨が降った。風も吹いた。"]
)
def test_the_spans_cover_the_line(text: str) -> None:
    assert "".join(text[a:b] for a, b in sentence_spans(text)) == text


def test_initials_and_abbreviations_part_nothing() -> None:
    assert len(sentence_spans("J. R. Smith of St. Ives met Dr. Jones at 3 p.m. near the bridge.")) <= 2
