"""Where `re` stands in for `regex`, the two must agree."""

from __future__ import annotations

import re

import pytest
import regex

from cleaner.fast import standard_re
from cleaner.text.fold import lower

ALIKE = [chr(c) for c in range(0x20000) if not 0xD800 <= c < 0xE000 and not standard_re.unlike().match(chr(c))]


@pytest.mark.parametrize("pattern", [r"\w", r"\d", r"\s"])
def test_classes_agree(pattern: str) -> None:
    text = "".join(ALIKE)
    assert re.findall(pattern, text) == regex.findall(pattern, text)


def test_cases_agree() -> None:
    letters = [c for c in ALIKE if ord(c) < 0x600 or c.lower() != c.upper()]
    text = "\n".join(dict.fromkeys(map(lower, letters)))
    for letter in letters:
        ours, theirs = re.escape(letter), regex.escape(letter)
        assert re.findall(ours, text, re.I) == regex.findall(theirs, text, regex.I), letter


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}", r"\p{N}", r"\p{Nd}", r"[\p{L}]", r"[\p{L}'-]", r"[-\p{L}\d]", r"[^\p{L}\p{N}\s\"'(]", r"[\p{L}\]_]",
        r"[\p{L}\w.]", r"\p{Lu}", r"\p{Ll}", r"[\p{Lu}\p{N}.]", r"[^\p{Ll} ]", r"[\p{Lu}\p{L}]", r"\[\p{L}\]?",
        r"[\p{L}a-c&]", r"[\p{L}\u2019’]", r"\p{Han}", r"[\p{Han}\p{L}、]", r"[^\p{Han}a]", r"[\p{L}\p{M} .]", "[½¼²a]", "[^½a]", "[¼-À]", "½|e",
    ],
)  # fmt: skip
@pytest.mark.parametrize("case", [True, False])
def test_properties_agree(pattern: str, case: bool) -> None:
    found = standard_re.translated(pattern, case)
    if not case and ("{Lu}" in pattern or "{Ll}" in pattern):
        assert found is None
        return
    assert found is not None
    assert not found[1]
    text = "".join(ALIKE)
    text = text if case else "".join(dict.fromkeys(lower(text)))
    flags = 0 if case else re.I
    assert re.findall(found[0], text, flags) == regex.findall(pattern, text, flags)


@pytest.mark.parametrize(
    ("pattern", "case", "expected"),
    [
        (r"^\p{L}\p{N}$", True, (r"^[^\W\d_]\d$", False)),
        (r"[a-\p{L}]", False, None),
        (r"^\p{Lu}$", False, None),
        (r"^mehr für dich$", False, ("^mehr für dich$", False)),
        (r"\p{M}", True, None),
        (r"[\p{M}\d]", True, None),
        ("(?i)a", False, None),
        ("[[:alpha:]]", False, None),
        ("a{e<=1}", False, None),
        (r"\(?a", False, (r"\(?a", False)),
        ("ſ", False, None),
        ("ⓒ", False, ("ⓒ", True)),
    ],
)
def test_translation(pattern: str, case: bool, expected: tuple[str, bool] | None) -> None:
    assert standard_re.translated(pattern, case) == expected
