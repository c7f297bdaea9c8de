"""The laws of docs/architecture.md over arbitrary documents, with all packs, at all levels.

`HYPOTHESIS_PROFILE=laws` looks at 20,000 documents a law; the suite at a few dozen.
"""

from __future__ import annotations

import functools
import textwrap

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.judging.engine import THRESHOLDS
from cleaner.judging.verdict import Action, Verdict
from cleaner.text.marks import ends_part, is_underline
from cleaner.text.sentences import is_sentence
from cleaner.text.signals import BITS
from cleaner.text.view import View
from tests.laws import gone
from tests.lines import LABELS, SENTENCES

DOCUMENTS = st.lists(st.sampled_from(SENTENCES) | st.sampled_from(LABELS) | st.sampled_from(LABELS), max_size=40).map(
    "\n".join
)


@functools.cache
def at(level: str) -> Cleaner:
    return Cleaner(level=level)


@given(DOCUMENTS)
def test_a_sentence_goes_only_by_a_pattern_that_hits_that_very_line(text: str) -> None:
    for level in THRESHOLDS:
        result = at(level).clean(text)
        for (line, _), verdict in zip(result.lines, result.verdicts, strict=False):
            view = View(line.removesuffix("\n"))
            if verdict.action is not Action.KEEP and is_sentence(view.text) and not _is_no_text(view):
                assert _hits(verdict, view), (level, line, [r.id for r in verdict.reasons])


# Lines that no rule is sure of, though form, place and hints may speak against them.
QUIET = [
    "Chemist", "Swimming pool", "July: Robledo", "Ten ways to save money", "Dog wins prize", "# The bridge", "> quoted", "* Item one",
    "* Item two", "Q: Why?", "A - B", "Maria Keller", "14", "News", "Weather", "World", "---", "She did.", "Anna Berg, Lower Hatch",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(SENTENCES[:6]) | st.sampled_from(QUIET) | st.sampled_from(QUIET), max_size=40).map(
        "\n".join
    )
)
@example("It rained.\nChemist\nAsk Nieves for the key.\nSwimming pool\nDog wins prize")
def test_where_no_rule_is_sure_form_and_place_alone_take_nothing(text: str) -> None:
    for level in THRESHOLDS:
        result = at(level).clean(text)
        assert not any(at(level)._engine._ways.facts(raw).sure for raw in text.split("\n"))
        above = ""
        for (line, left), verdict in zip(result.lines, result.verdicts, strict=False):
            view = View(line.removesuffix("\n"))
            # The underline of a line that goes is no line of its own.
            if verdict.action is not Action.KEEP and view.text and not (above == "went" and is_underline(view.raw)):
                assert _hits(verdict, view), (level, line, [r.id for r in verdict.reasons])
            above = "went" if left is None else "stays"


def _is_no_text(view: View) -> bool:
    """A row of a table, or program code: of those the law says nothing."""
    from cleaner.text.form import own_signals

    return bool(own_signals(view) & (BITS["table"] | BITS["code"]))


def _hits(verdict: Verdict, view: View) -> bool:
    return any(rule.match and rule.hits(view) for rule in verdict.reasons)


# Few words, so that what is left of a text after one level is often told for broken lines, or no longer.
BROKEN = st.lists(
    st.sampled_from(
        [
            *LABELS,
            "Share this:",
            "Facebook",
            "",
            "e",
            "C",
            "y h c n t e y o t .",
            "of the town and its mayor",
            "::: note",
            ":::",
            ":::: {.share}",
            "::::",
            "-----",
            "=====",
            "---",
        ]
    )
    | st.tuples(st.sampled_from(SENTENCES), st.integers(50, 90)).map(lambda drawn: textwrap.fill(*drawn)),
    max_size=20,
).map("\n".join)


@given(DOCUMENTS | BROKEN)
@example(
    "Kommentar *\n======\nBy signing up you agree to our privacy policy.\n::: note\nKatso kaikki tapahtumat\n:::\n::: note"
)
@example("e\nShare this:\nFacebook\nC\ny h c n t e y o t .")
def test_what_a_level_takes_the_next_one_takes(text: str) -> None:
    careful, standard, thorough = (gone(at(level).clean(text)) for level in THRESHOLDS)
    assert careful <= standard <= thorough


@given(DOCUMENTS | BROKEN)
@example("News\n* Item two\nSubscribe")
@example("Lesen Sie auch\nNews\n> quoted")
@example("News\nTeilen\n* Item one\nNews")
def test_cleaning_twice_is_cleaning_once_at_every_level(text: str) -> None:
    for level in THRESHOLDS:
        body = at(level).clean(text).body
        assert at(level).clean(body).body == body


@given(st.lists(st.sampled_from(SENTENCES[:4] + SENTENCES[-1:]), min_size=12, max_size=40), st.integers(55, 90))
def test_prose_that_was_wrapped_stays(sentences: list[str], width: int) -> None:
    paragraphs = [" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4)]
    text = "\n\n".join(textwrap.fill(p, width) for p in paragraphs) + "\n"
    for level in THRESHOLDS:
        assert at(level).clean(text).body == text


@given(DOCUMENTS | BROKEN)
def test_fences_go_in_pairs_and_line_ends_do_not_matter(text: str) -> None:
    for level in THRESHOLDS:
        result = at(level).clean(text)
        went = [line.strip() for line, left in result.lines if left is None and line.startswith(":::")]
        assert sum(not ends_part(line) for line in went) == sum(map(ends_part, went))
        windows = at(level).clean(text.replace("\n", "\r\n"))
        assert windows.body.replace("\r\n", "\n") == result.body
