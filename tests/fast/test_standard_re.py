"""Where `re` stands in for `regex`, the two must agree."""

from __future__ import annotations

import _sre
import re

import pytest
import regex

from cleaner.fast import standard_re
from cleaner.fast.compiling import code_of
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
        r"[\p{L}a-c&]", r"[\p{L}\u2019’]", r"\p{Han}", r"[\p{Han}\p{L}、]", r"[^\p{Han}a]", r"[\p{L}\p{M} .]", r"\p{L}|\"", r"(?:a|\p{N}|[-.\d]|[^\p{L}])+", r"x?(?:\p{L}|b)y?", "[½¼²a]", "[^½a]", "[¼-À]", "½|e",
    ],
)  # fmt: skip
@pytest.mark.parametrize("case", [True, False])
def test_properties_agree(pattern: str, case: bool) -> None:
    found = code_of(pattern, case)
    if not case and ("{Lu}" in pattern or "{Ll}" in pattern):
        assert found is None
        return
    assert found is not None
    _, flags, code, groups, names, ascii_only, _ = found
    assert not ascii_only
    # Any of ASCII, alike or not, but for those that a view has as spaces.
    text = "".join(ALIKE) + "".join(c for c in map(chr, range(128)) if c not in ALIKE and not c.isspace())
    text = text if case else "".join(dict.fromkeys(lower(text)))
    ours = _sre.compile(pattern, flags, code, groups, names, (None,) * (groups + 1))
    assert ours.findall(text) == regex.findall(pattern, text, 0 if case else regex.I)


@pytest.mark.parametrize(
    ("pattern", "case", "goes", "ascii_only"),
    [
        (r"^\p{L}\p{N}$", True, True, False),
        (r"[a-\p{L}]", False, False, False),
        (r"^\p{Lu}$", False, False, False),
        (r"(?:\p{Lu}|a)", False, False, False),
        (r"(?:\p{L}|\p{M})", True, False, False),
        ("^mehr für dich$", False, True, False),
        (r"\p{M}", True, False, False),
        (r"[\p{M}\d]", True, False, False),
        ("(?i)a", False, False, False),
        ("[[:alpha:]]", False, False, False),
        ("a{e<=1}", False, False, False),
        (r"\(?a", False, True, False),
        ("ſ", False, False, False),
        ("ⓒ", False, True, True),
        ("[[a]", False, False, False),
        ("\U00100000", False, False, False),
    ],
)
def test_what_goes_to_re(pattern: str, case: bool, goes: bool, ascii_only: bool) -> None:
    found = code_of(pattern, case)
    assert (found is not None) == goes
    assert found is None or found[5] == ascii_only
