"""What a line's place says of it."""

from __future__ import annotations

from cleaner.evidence.place import place_signals
from cleaner.text.signals import BITS


def test_a_line_is_between_two_sentences_of_any_length() -> None:
    lines = ["a sentence.", "label", "short.", "label", "label", "short."]
    out = place_signals([0] * 6, lines, [0] * 6, sentences=[0], short=[2, 5])
    assert [i for i, bits in enumerate(out) if bits & BITS["between"]] == [1]


def test_what_stands_around_an_underlined_heading_stands_around_both_its_lines() -> None:
    lines = ["a sentence.", "label", "-----", "a sentence."]
    prose = BITS["prose"]
    out = place_signals([prose, 0, 0, prose], lines, [0, 1, 0, 1], sentences=[0, 3])
    around = BITS["between"] | BITS["prev-prose"] | BITS["next-prose"]
    assert [bits & around for bits in out[1:3]] == [around, around]
    for texts, gaps in ((lines, [0, 1, 1, 1]), (["a sentence.", "label", "--+--", "a sentence."], [0, 1, 0, 1])):
        out = place_signals([prose, 0, 0, prose], texts, gaps, sentences=[0, 3])
        assert not any(bits & BITS["between"] for bits in out), (
            "a rule across the page, or something else, makes no heading"
        )
