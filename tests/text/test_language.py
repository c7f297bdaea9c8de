"""A document's language is told by its script and its commonest words; where nothing counts nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.text.language import languages_of
from tests.lines import SENTENCES

PROSE = Path(__file__).parents[1] / "rules/crosslang"
# One sentence of Turkish has too few of the words that tell it: "" for nothing.
EXPECTED = ["en", "en", "de", "fr", "el", "", "ru", "ko", "ja", "zh", "ar", "th"]


@pytest.mark.parametrize(("text", "language"), list(zip(SENTENCES, EXPECTED, strict=False)))
def test_one_sentence_tells_the_language(text: str, language: str) -> None:
    assert languages_of(text.lower()) == (frozenset({language}) if language else frozenset())


@pytest.mark.parametrize("prose", sorted(PROSE.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_of_prose_tells_its_language(prose: Path) -> None:
    assert languages_of(prose.read_text(encoding="utf-8").lower()) == frozenset({prose.stem})


@pytest.mark.parametrize("text", ["", "12345", "xyzzy plugh qwertz", "| | |"])
def test_nothing_is_said_of_what_is_no_text(text: str) -> None:
    assert languages_of(text) == frozenset()
