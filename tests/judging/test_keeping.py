"""Lines that always stay."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.errors import ConfigError

TEXT = "It rained all day in the north.\n\nSHOP NOW\n\nShare this article\n\nIt stopped at noon, they said.\n"
AD = "It rained all day in the north.\n\nSHOP NOW\n\nIt stopped at noon, they said.\n"


@pytest.mark.parametrize(
    "entry", ["SHOP NOW", "shop now", "  SHOP NOW ", "* SHOP NOW", "re:^shop", "re: NOW$", "re:^SHOP \\w+$"]
)
def test_line_stays_by_word_or_pattern(entry: str) -> None:
    assert Cleaner(keep=[entry]).clean(TEXT).body == AD


@pytest.mark.parametrize("entry", ["SHOP", "NOW", "re:^NOW", "\\re:^shop", "^shop"])
def test_other_lines_go_as_ever(entry: str) -> None:
    assert Cleaner(keep=[entry]).clean(TEXT).body == Cleaner().clean(TEXT).body


def test_line_that_begins_as_a_pattern_does_can_be_kept() -> None:
    text = TEXT.replace("SHOP NOW", "re: SHOP NOW")
    assert "re: SHOP NOW\n" in Cleaner(keep=["\\re: SHOP NOW"]).clean(text).body


def test_kept_heading_takes_nothing_along() -> None:
    text = (
        "It rained all day in the north, they said on Monday.\n\nRelated stories\nTen cheap laptops for the student in"
        " your house\nWhy the bridge fell\n\nIt stopped at noon, they said on Tuesday evening.\n"
    )
    assert "bridge" not in Cleaner().clean(text).body
    assert Cleaner(keep=["Related stories"]).clean(text).body == text


def test_span_of_a_kept_line_is_not_cut() -> None:
    text = "It rained all day in the north. Advertisement\nIt stopped at noon, they said.\n"
    line = text.split("\n")[0]
    assert Cleaner(keep=[line]).clean(text).body == text


@pytest.mark.parametrize("pattern", ["re:(", "re:", "re:(a+)+b", "re:(?:a|aa)+b.*c.*d.*"])
def test_pattern_that_could_take_long_or_is_none_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match="keep: pattern"):
        Cleaner(keep=[pattern])


def test_it_is_pickled_with_them() -> None:
    assert pickle.loads(pickle.dumps(Cleaner(keep=["SHOP NOW"]))).clean(TEXT).body == AD


def test_explained(cleaner: Cleaner) -> None:
    (kept,) = Cleaner(keep=["SHOP NOW"]).explain(TEXT, [3])
    assert (kept.decided, kept.protected) == ("stays", "keep")
    assert next(iter(cleaner.explain(TEXT, [3]))).protected == ""


LINES = st.sampled_from(
    ["SHOP NOW", "Comments", "Share", "It rained all day in the north, they said.", "", "Read more: x", "By Ann Lee"]
)
KEEPER = Cleaner(keep=["SHOP NOW", "re:^comments$", "Read more: x"])


@given(st.lists(LINES, max_size=14))
def test_whatever_stands_around_them_they_stay_and_stay_again(lines: list[str]) -> None:
    body = KEEPER.clean("\n".join(lines)).body
    kept = [line for line in lines if line in ("SHOP NOW", "Comments", "Read more: x")]
    assert [line for line in body.split("\n") if line in ("SHOP NOW", "Comments", "Read more: x")] == kept
    again = KEEPER.clean(body).body
    assert [line for line in again.split("\n") if line in kept] == kept
