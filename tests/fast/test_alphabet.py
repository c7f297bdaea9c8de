"""What a class of a pattern can be, as a set of bits: no character of it may be missing."""

from __future__ import annotations

import pytest
import regex

from cleaner.fast.char_sets import ALL, OTHER, of_text
from cleaner.fast.gates import gate
from cleaner.text.fold import lower, plain
from cleaner.text.reading import as_seen

# All that a view may hold.
CHARS = "".join(
    ch for ch in map(chr, (*range(0xD800), *range(0xE000, 0x20000))) if ch != "\n" and plain(f"a{ch}a") == f"a{ch}a"
)
CLASSES = [
    ".", r"\w", r"\s", r"\d", r"\W", r"\S", r"\D", "[^.!]", "[^a]", "[^A-Z ]", r"[^\d ]", r"[^\W_]", r"[^\S_]", r"[\d.,]", "[A-Z]", "[Z-a]",
    "[à-ö]", "[Ā-\u2fff]", "[!-\u2fff]", "[½¼²]", "[^½0]", "½", "K", "[ß-ÿſ]", r"[\s|-]", r"[\w'-]", r"\p{L}", r"[\p{L}]", r"[\p{Lu}&]", r"\p{N}",
    r"[\p{N}x]", r"[^\p{L}]", r"[^\p{L}\s]", r"[\p{M}\p{L}]", r"[\p{Nd}.]", r"[\p{Ll}\d-]", r"\p{Greek}", r"(?:\p{L}|[.-])", "(?:[a-c]|é|x)",
]  # fmt: skip


@pytest.mark.parametrize("source", CLASSES)
@pytest.mark.parametrize("case", [True, False])
def test_no_character_is_missing(source: str, case: bool) -> None:
    found = gate(f"^{source}{{1,9}}$")
    text = CHARS if case else "".join(dict.fromkeys(lower(CHARS)))
    hit = "".join(regex.findall(source, text, 0 if case else regex.IGNORECASE))
    assert hit
    seen = of_text(as_seen(lower(hit)))
    assert seen & ~found.alphabet == seen & ~found.last == 0
    assert not found.beyond or not any(lower(ch).isascii() for ch in hit)


def test_what_lines_cannot_hold_is_not_in_it() -> None:
    assert gate(r"^[\p{L}'-]{2,9}$").alphabet == of_text("abcdefghijklmnopqrstuvwxyz'-é")
    assert gate(r"^\d{2,9}$").alphabet == of_text("0é")
    assert gate("^[½é]{2,9}$").alphabet & OTHER
    assert gate(r"^\W{2,9}$").alphabet == ALL
