"""The short cuts of reading a line give what its definitions say."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.evidence.facts import _CONTENT, Facts
from cleaner.rules.matcher import NaiveMatcher
from cleaner.text import fold
from cleaner.text.form import own_signals
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import _WORD, TOKEN, Reading, as_seen
from cleaner.text.signals import BITS
from cleaner.text.view import View
from cleaner.text.words import count_words

PIECES = [
    "Ab", "Abcd", "abcd", "O'Brien", "don't", "'tis", "x_y", "1234", "3.5", "a-b", "'", ".", ", ", "-", " ", " ", "  ",
    "É", "élan", "’", "²", "İ", "ſ", "\u212a", "漢字", "кЖ", "\u0661", "\u00a0", "e\u0301",
]  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join) | st.text(
    st.characters(exclude_characters="\n")
)


@given(LINES)
@example("Ab'abcd don't")
def test_reading_is_what_the_patterns_say(raw: str) -> None:
    view = View(raw)
    if not view.text:
        return
    reading = Reading(view)
    assert reading.seen == as_seen(view.low)
    assert reading.words == _WORD.findall(reading.seen)
    assert reading.tokens == TOKEN.findall(view.low)
    assert reading.count == count_words(view.text)
    assert reading.digit == any(ch.isdecimal() for ch in reading.seen)


@given(LINES)
def test_content_words(raw: str) -> None:
    seen = Facts(raw, NaiveMatcher([]))
    assert sorted(seen.content) == sorted(set(_CONTENT.findall(seen.low)) - FUNCTION_WORDS)


@given(LINES)
def test_title(raw: str) -> None:
    view = View(raw)
    tokens = TOKEN.findall(view.text)
    words = [t for t in tokens if len(t) > 3 or not t.islower()]
    wanted = len(tokens) > 1 and bool(words) and sum(t[0].isupper() for t in words) >= 0.8 * len(words)
    assert bool(own_signals(view) & BITS["title"]) == wanted


@given(st.text())
def test_plain_signs_are_those_of_the_table(text: str) -> None:
    assert fold.plain(text) == text.translate(fold._TABLE)


def test_every_sign_of_the_table_is_made_plain() -> None:
    for code in fold._TABLE:
        for text in (chr(code), f"é{chr(code)}", f"’{chr(code)}漢"):
            assert fold.plain(text) == text.translate(fold._TABLE)
