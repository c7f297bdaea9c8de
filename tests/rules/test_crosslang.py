"""Cross-language safety: prose of one language is never taken for boilerplate by a rule of any other, or its own.

`crosslang/<language>.txt` holds lines written for this test as news body text, headings, questions and lists, many of
them close to what the rules look for. A new rule that hits one of them alone is too wide.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cleaner.fast.tables import fast_matcher
from cleaner.rules.matcher import Matcher
from cleaner.rules.packs import load_packs
from cleaner.text.view import View

PROSE = Path(__file__).parent / "crosslang"
LANGUAGES = [
    "ar",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sv",
    "tr",
    "uk",
    "vi",
    "zh",
]


@cache
def sure_matcher() -> Matcher:
    """All built-in rules that take a line, or cut a part of one, without other evidence."""
    return fast_matcher([rule for pack in load_packs() for rule in pack.rules if rule.match and rule.sure])


def lines_of(language: str) -> list[str]:
    """The prose lines of one language, in order."""
    return (PROSE / f"{language}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sure_rule_hits_prose(language: str) -> None:
    hits = [(hit[0].id, line) for line in lines_of(language) for hit in sure_matcher().hits(View(line))]
    assert hits == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_prose(language: str) -> None:
    lines = lines_of(language)
    assert len(lines) == len(set(lines)) >= 25
    assert all(line.strip() == line != "" for line in lines)


def test_a_file_for_each_language() -> None:
    assert sorted(path.stem for path in PROSE.glob("*.txt")) == LANGUAGES
