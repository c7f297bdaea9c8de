"""What a line's place says of it."""

from __future__ import annotations

from cleaner.evidence.place import place_signals
from cleaner.text.signals import BITS


def test_a_line_is_between_two_sentences_of_any_length() -> None:
    lines = ["a sentence.", "label", "short.", "label", "label", "short."]
    out = place_signals([0] * 6, lines, [0] * 6, sentences=[0], short=[2, 5])
    assert [i for i, bits in enumerate(out) if bits & BITS["between"]] == [1]
