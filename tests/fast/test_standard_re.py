"""Where `re` stands in for `regex`, the two must agree."""

from __future__ import annotations

import re

import pytest
import regex

from cleaner.fast import standard_re
from cleaner.text.fold import lower

ALIKE = [chr(c) for c in range(0x20000) if not 0xD800 <= c < 0xE000 and not standard_re.unlike().match(chr(c))]
ALIKE_LOW = "".join(ch for ch in dict.fromkeys(lower("".join(ALIKE))) if standard_re.fits(ch))
TEXT = lower("Read MORE: the Straße, ΣΊΣΥΦΟΣ read_more 12:30 … €5 [x] Ü ü ДА да\nnew line Über Ärger Ω ω")


@pytest.mark.parametrize("pattern", [r"\w", r"\d", r"\s"])
def test_classes_agree(pattern: str) -> None:
    text = "".join(ALIKE)
    assert re.findall(pattern, text) == regex.findall(pattern, text)


def test_cases_agree() -> None:
    letters = [c for c in ALIKE if ord(c) < 0x600 or c.lower() != c.upper()]
    text = "\n".join(ch for ch in dict.fromkeys(map(lower, letters)) if standard_re.fits(ch))
    for letter in letters:
        found = standard_re.equal(re.escape(letter), False)
        assert found is not None
        assert found[0].findall(text) == regex.findall(regex.escape(letter), text, regex.I), letter


@pytest.mark.parametrize(
    "pattern",
    [
        r"\p{L}", r"\p{N}", r"\p{Nd}", r"[\p{L}]", r"[\p{L}'-]", r"[-\p{L}\d]", r"[^\p{L}\p{N}\s\"'(]", r"[\p{L}\]_]",
        r"[\p{L}\w.]", r"\p{Lu}", r"\p{Ll}", r"[\p{Lu}\p{N}.]", r"[^\p{Ll} ]", r"[\p{Lu}\p{L}]", r"\[\p{L}\]?", r"\P{L}", r"[^\P{L}]",
        r"[\p{L}a-c&]", r"[\p{L}\u2019’]", r"\p{Han}", r"[\p{Han}\p{L}、]", r"[^\p{Han}a]", r"[\p{L}\p{M} .]", r"\p{L}|\"",
        r"(?:a|\p{N}|[-.\d]|[^\p{L}])+", r"x?(?:\p{L}|b)y?", "[½¼²a]", "[^½a]", "[¼-À]", "½|e", r"[^\w\s-]", r"[\]^-]", "[A-Zß]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("case", [True, False])
def test_properties_agree(pattern: str, case: bool) -> None:
    found = standard_re.equal(pattern, case)
    if not case and ("{Lu}" in pattern or "{Ll}" in pattern):
        assert found is None
        return
    assert found is not None
    # Any of ASCII, alike or not, but for those that a view has as spaces.
    ascii_too = "".join(c for c in map(chr, range(128)) if c not in ALIKE and not c.isspace())
    text = ("".join(ALIKE) if case else ALIKE_LOW) + ascii_too
    assert found[0].findall(text) == regex.findall(pattern, text, 0 if case else regex.I)


@pytest.mark.parametrize(
    "pattern",
    [
        "READ", "[A-Z]", "[^A-Z ]", "[^Ü]", "Ü", "[Α-Ω]", r"\bM(?:ORE|e)", r"(?:\bt|M)\w+", r"(?!R)\w", "(?:|A)B?",
        r"^READ|M", "^(?:READ|x)", r"(?<=R)E", r"\d{2}", r"(?:[\d€]|R){1,3}", ".M", "(?>R|E)+", "S*?T", "(?=M)MO",
        r"[^\W\d_]+", r"\AREAD", r"Ω$", r"Ω\Z", r"\B.", r"e{0,2}+a", r"(?<!r|m)e",
    ],
)  # fmt: skip
def test_what_is_written_finds_what_the_pattern_finds(pattern: str) -> None:
    found = standard_re.equal(pattern, False)
    assert found is not None
    assert [m.span() for m in found[0].finditer(TEXT)] == [m.span() for m in regex.finditer(pattern, TEXT, regex.I)]


def test_case_counts_where_it_was_asked_for() -> None:
    assert standard_re.equal("Read", True)[0].search("read Read").start() == 5  # type: ignore[index, union-attr]


@pytest.mark.parametrize("pattern", ["(?i)a", "[[:alpha:]]", "a{e<=1}", "(?<=a|bc)d", r"(a)\1", "(?m)^a", r"\N{DASH}"])
def test_what_stays_with_regex(pattern: str) -> None:
    assert standard_re.equal(pattern, True) is None
