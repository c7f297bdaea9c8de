"""What must hold for any text."""

from __future__ import annotations

import functools

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.judging.engine import Engine
from cleaner.output.result import Result
from cleaner.text.document import Document
from tests.laws import holds_for
from tests.patching import patched
from tests.small import clean, rules_of

PROSE = "The council met on Monday and it voted for the plan, which had been on the table since the spring."
PIECES = st.sampled_from(
    [
        "", "", " ", "\t", PROSE, PROSE, f"{PROSE} (see also: the rain)", "Read more: one", "> **Read more:** two",
        "Related", "One", "Two words", "Comments (12)", "(see also: x)", "It rained.", "SHOP NOW", "Advertisement",
        "Share this:", "Facebook", "By Jane Doe", "\ufeffRead more: x", "12 May 2020", "\u200b", "Subscribe", "©",
        "Sign up for our newsletter", "* [Read more: a](http://example.org)", "Q: Why?", "+ Fast", "{", "\x00", "\x1b[31m",
        "“Read more,” he said.", "関連記事", "Leave a comment",
    ]
)  # fmt: skip
LINES = st.one_of(
    PIECES, PIECES, st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)
)
TEXTS = st.builds(
    lambda lines, end, last: end.join(lines) + (end if last else ""),
    st.lists(LINES, max_size=25),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)


@functools.cache
def with_all_packs() -> Cleaner:
    return Cleaner()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_edits_and_lines(text: str) -> None:
    holds_for(clean(text))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_edits_and_lines_with_all_packs(text: str) -> None:
    result = with_all_packs().clean(text)
    holds_for(result)
    assert with_all_packs().clean(result.body).body == result.body


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    body = clean(text).body
    assert clean(body).body == body


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_no_rules_no_change(text: str) -> None:
    judgement = Engine(()).run(Document(text))
    result = Result("text", text, judgement.verdicts)
    assert result.body == text
    assert result.diff() == ""
    assert not result.edits


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_diff_patches_both_ways(text: str) -> None:
    result = clean(text)
    assert patched(result.diff(), text) == result.body
    assert patched(result.diff(), result.body, back=True) == text


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.integers(0, 3))
def test_adding_a_document_changes_no_other(text: str, n: int) -> None:
    engine = Engine(rules_of())
    before = engine.run(Document(text)).verdicts
    for _ in range(n):
        engine.run(Document(PROSE))
    assert engine.run(Document(text)).verdicts == before
