"""The view and its way back to the raw line."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.text.fold import lower, plain
from cleaner.text.view import View, _peel

LINE = st.text(
    st.one_of(
        st.sampled_from("*_`[]()>#- \t\u200b\ufeff\u00a0“’—\\~aB1İſß.\u0301\u0308\ue000²"),
        st.characters(exclude_characters="\n"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("* [**You may also like**: X](http://example.org)", "You may also like: X"),
        ("> > ### _Title_ `code`", "Title code"),
        ("  “I’m\u00a0in” —  now\r", '"I\'m in" - now'),
        ("![A picture](http://example.org/a_(b).png)", "A picture"),
        ("[![Alt](a.png)](http://example.org)", "Alt"),
        ("snake_case_name stays, 2*3*4 loses its stars", "snake_case_name stays, 234 loses its stars"),
        ("- [x] done", "done"),
        ("1. first", "1. first"),
        ("***", "***"),
        ("\u200b\ufeff", ""),
        ("▶\ufe0f Watch now", "▶ Watch now"),
        ("\ue80d Share", "Share"),
        ("\ue80d", "▪"),
        ("Ko\u0308nnte Sie", "Könnte Sie"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("\u306f\u3099 \u1112\u1161\u11ab", "ば 한"),
        ("\u0301a q\u0301", "\u0301a q\u0301"),
        ("CO₂ in m²", "CO2 in m2"),
        ("Read » more …", "Read » more …"),
        (r"1\. plain \[sic\]", "1. plain [sic]"),
        ("[Magazine](/magazine){.crumb} / [Biology](/biology){.crumb}", "Magazine / Biology"),
        ('[![](/share.svg)](#share){.share-btn aria-label="Share"}', ""),
        ('An [example]{.smallcaps lang="fr"} of it', "An example of it"),
        ("## What it costs {#costs .unnumbered}", "What it costs"),
        ('::: {#main role="main"}', ":::"),
        ("A set {a, b} and [a link](/x){not one}", "A set {a, b} and a link{not one}"),
        ("if [x]{y}", "if [x]{y}"),
    ],
)
def test_view(raw: str, text: str) -> None:
    assert View(raw).text == text


def taken_from(text: str, raw: str) -> bool:
    """Whether `text` is `raw` with characters taken away; an underscore between words counts as the space it stands for."""
    left = iter(plain(raw))
    return all(any(c == d or (c, d) == (" ", "_") for d in left) for c in text)


@given(LINE)
@example("A_0")
def test_view_only_takes_away(raw: str) -> None:
    view = View(raw)
    assert taken_from(view.text, raw)
    assert len(view.low) == len(view.text)
    assert view.text == view.text.strip(" ")
    assert "  " not in view.text


@given(LINE, st.data())
def test_span_of_the_view_is_found_in_the_raw_line(raw: str, data: st.DataObject) -> None:
    view = View(raw)
    start = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(start, len(view.text)))
    [(a, b)] = view.raw_spans([(start, end)])
    assert 0 <= a <= b <= len(raw)
    assert taken_from(view.text[start:end], raw[a:b])


@given(LINE)
@example("A_0")
def test_each_character_of_the_view_has_its_place_in_the_raw_line(raw: str) -> None:
    view = View(raw)
    if view.text:
        where = _peel(plain(raw), range(len(raw)))
        found = "".join(plain(raw)[k] for k in where)
        assert view.text in (found, found.replace("_", " "))


@given(st.text())
def test_folding_moves_nothing(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(lower(text)) == len(text)
    assert plain(plain(text)) == plain(text)
