"""What form rules saw, in words."""

from __future__ import annotations

import json

import pytest

from cleaner import Cleaner
from cleaner.output.saw import asked, by_form_alone, seen
from cleaner.text.signals import BITS
from tests.running import Run

MENU = ["Advertisement", "Skip to main content", "Log in", "Subscribe", "Share this article", "Rain over Elswick"]
BACK = [
    "Skip to main content",
    "All rights reserved.",
    "Advertisement",
    "Log in",
    "Subscribe",
    "Sign up",
    "Cookie policy",
]
PROSE = "The council met on Monday and voted for a new bridge over the river, which will cost about two million."
PAGE = "\n".join([*MENU, *BACK, *MENU[:5], "Tall ships", *BACK, PROSE, PROSE.replace("Monday", "Friday"), ""])


def test_a_form_rule_alone_is_told_as_what_it_saw(cleaner: Cleaner) -> None:
    result = cleaner.clean(PAGE)
    alone = [e for e in result.edits if e.saw]
    assert [e.removed for e in alone] == ["Rain over Elswick\n", "Tall ships\n"]
    assert alone[0].saw == "two or three words on another topic, between a share bar and a menu"
    assert alone[0].reason == alone[0].saw != alone[0].rule
    assert all(e.reason == e.rule for e in result.edits if not e.saw)


def test_diffs_edits_and_reports_say_it(run: Run, tmp_path: object) -> None:
    del tmp_path
    said = "between a share bar and a menu"
    assert said in run("--diff=unified", stdin=PAGE).err
    assert said in run("--diff=annotated", stdin=PAGE).err
    edits = json.loads(run("--jsonl", "--edits", stdin=json.dumps({"text": PAGE})).out)["edits"]
    assert any(said in e["saw"] for e in edits)


@pytest.mark.parametrize(
    ("signals", "said"),
    [
        ({"words-4-7", "short", "tail"}, "a short line after the last paragraph"),
        ({"words-1", "caps", "zone-head"}, "a single word in capitals, near the beginning"),
        ({"link", "title", "foreign", "region-90"}, "a link in title case and on another topic, amid furniture"),
        (set(), "a line"),
    ],
)
def test_words_are_made_from_signals(signals: set[str], said: str) -> None:
    assert seen(signals) == said


def test_every_form_rule_has_words(cleaner: Cleaner) -> None:
    forms = [r for r in cleaner.rules if by_form_alone([r]) and r.score > 0]
    assert len(forms) > 50
    told = [r for r in forms if seen(asked([r])) != "a line"]
    quiet = {r.when.names for r in forms} - {r.when.names for r in told}
    # Rules that see nothing a person would name alone: function words, and how lines end.
    assert all({n.removeprefix("!") for n in names} <= BITS.keys() for names in quiet)
    assert len(told) / len(forms) > 0.8
