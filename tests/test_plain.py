"""Where `re` stands in for `regex`, the two must agree."""

from __future__ import annotations

import re

import pytest
import regex

from cleaner import plain
from cleaner.fold import lower

ALIKE = [chr(c) for c in range(0x20000) if not 0xD800 <= c < 0xE000 and not plain.unlike().match(chr(c))]


@pytest.mark.parametrize("pattern", [r"\w", r"\d", r"\s"])
def test_classes_agree(pattern: str) -> None:
    text = "".join(ALIKE)
    assert re.findall(pattern, text) == regex.findall(pattern, text)


def test_cases_agree() -> None:
    letters = [c for c in ALIKE if ord(c) < 0x600]
    text = "\n".join(dict.fromkeys(map(lower, letters)))
    for letter in letters:
        ours, theirs = re.escape(letter), regex.escape(letter)
        assert re.findall(ours, text, re.I) == regex.findall(theirs, text, regex.I), letter


@pytest.mark.parametrize(
    ("pattern", "case", "expected"),
    [
        (r"^\p{Lu}[\p{L}'-]{2,9}$", True, (r"^[A-Z][a-zA-Z'-]{2,9}$", True)),
        (r"^\p{Lu}$", False, None),
        (r"^mehr für dich$", False, ("^mehr für dich$", False)),
        ("(?i)a", False, None),
        ("[[:alpha:]]", False, None),
        ("a{e<=1}", False, None),
        (r"\(?a", False, (r"\(?a", False)),
        ("ſ", False, None),
    ],
)
def test_translation(pattern: str, case: bool, expected: tuple[str, bool] | None) -> None:
    assert plain.translated(pattern, case) == expected
