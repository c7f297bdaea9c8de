"""Scopes, conditions and blank lines."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.judging.engine import Engine
from cleaner.judging.verdict import Action
from cleaner.text.document import Document
from cleaner.workbench.proof import failures
from tests.small import clean, one_rule, rules_of

PROSE = "The council met on Monday and it voted for the plan, which had been on the table since the spring."


def test_line() -> None:
    assert clean(f"{PROSE}\nRead more: one\n{PROSE}\n").body == f"{PROSE}\n{PROSE}\n"


def test_span_cuts_and_leaves_the_rest() -> None:
    result = clean(f"It rained. (See also: the weather) Then it stopped.\n{PROSE}\n")
    assert result.body == f"It rained. Then it stopped.\n{PROSE}\n"
    (edit,) = result.edits
    assert (edit.line, edit.start, edit.end) == (1, 10, 34)
    assert result.text[edit.start : edit.end] == edit.removed == " (See also: the weather)"


def test_span_that_takes_all_takes_the_line() -> None:
    assert clean(f"{PROSE}\n(See also: the weather)\n").body == f"{PROSE}\n"


def test_block_ends_before_prose() -> None:
    assert clean(f"{PROSE}\n\nRelated:\nOne\nTwo\n\n{PROSE}\n").body == f"{PROSE}\n\n{PROSE}\n"


def test_rest_needs_the_tail_and_no_prose_behind() -> None:
    tail = "Comments (3)\nAnna\nI agree\nBen\n"
    body = f"{PROSE}\n" * 8
    assert clean(body + tail).body == body
    long = f"{PROSE} {PROSE} {PROSE}"
    assert clean(f"{body}Comments (3)\n{long}\n").body == f"{body}{long}\n"


@pytest.mark.parametrize(
    ("keys", "line", "goes"),
    [
        ({"match": "^more", "max_words": 2}, "More news", True),
        ({"match": "^more", "max_words": 2}, "More news today", False),
        ({"match": "^more", "min_words": 3}, "More news", False),
        ({"match": "^more", "unless": "today$"}, "More news today", False),
        ({"match": "^MORE", "case": True}, "More news", False),
        ({"match": "^MORE", "case": True}, "MORE news", True),
        ({"match": "^more", "when": ["colon"]}, "More news:", True),
        ({"match": "^more", "when": ["!colon"]}, "More news:", False),
        ({"match": "^more", "zone": "head"}, "More news", False),
        ({"match": "^more", "zone": ["tail"]}, "More news", True),
        ({"match": "^more", "score": 0.5}, "More news", False),
        ({"match": "^more", "near": {"category": "ad", "within": 2}}, "More news", False),
        ({"match": "^more", "repeat": 2}, "More news", False),
    ],
)
def test_conditions(keys: dict[str, object], line: str, goes: bool) -> None:
    text = "\n".join([PROSE] * 6 + [line, ""])
    assert clean(text, one_rule(**keys)).changed is goes


def test_scores_add_up_and_protectors_pull_back() -> None:
    half = one_rule(match="^more", score=0.5)
    other = one_rule(id="two", match="news$", score=0.5)
    guard = one_rule(id="guard", match="more", score=-0.6)
    text = f"{PROSE}\nMore news\n{PROSE}\n"
    assert not clean(text, half).changed
    assert clean(text, half, other).changed
    assert not clean(text, half, other, guard).changed
    sure = one_rule(id="sure", match="^more")
    assert not clean(text, sure, guard).changed


def test_guard_sets_weak_evidence_aside_but_not_sure_rules() -> None:
    weak = [one_rule(id=i, match="^more", score=0.5) for i in ("a", "b")]
    text = "More one\nMore two\nMore three\nA last line\n"
    result = clean(text, *weak, max_removed=0.5)
    assert result.guarded
    assert not result.changed
    sure = clean(text, one_rule(match="^more"), max_removed=0.5)
    assert sure.body == "A last line\n"
    assert not sure.guarded


WEAK = [one_rule(id=i, match="^more", score=0.4) for i in ("a", "b")]


@pytest.mark.parametrize(("menu", "guarded"), [(7, True), (8, False)])
def test_weak_evidence_may_take_more_of_a_whole_page(menu: int, guarded: bool) -> None:
    strong = one_rule(id="c", match="^more", score=0.3)
    text = "Read more: x\n" * menu + "More one\nMore two\nMore three\nA last line\n"
    result = clean(text, *rules_of(), *WEAK, strong, max_removed=None)
    assert result.guarded is guarded
    assert ("More one" in result.body) is guarded


@pytest.mark.parametrize(("score", "goes"), [(0.3, False), (0.45, True)])
def test_thorough_comes_down_less_on_a_whole_page(score: float, goes: bool) -> None:
    # Of the page alone, so that nothing is left of it when the menu has gone.
    page = one_rule(id="page", when=["page"], score=score)
    text = "Read more: x\n" * 8 + f"More one\n{PROSE}\n{PROSE}\n"
    verdicts = Engine([*rules_of(), WEAK[0], page], threshold=0.5).run(Document(text)).verdicts
    assert (verdicts[8].action is Action.DROP) is goes


def test_no_paragraph_goes_by_its_form_alone(cleaner: Cleaner) -> None:
    menu = "Home\nLog in\nSubscribe\nShare this article\nAdvertisement\n"
    assert cleaner.clean(menu * 3 + PROSE + "\n" + menu * 3).body == PROSE + "\n"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("A b.\n\nRead more: x\n\nC d.\n", "A b.\n\nC d.\n"),
        ("A b.\nRead more: x\nC d.\n", "A b.\nC d.\n"),
        ("A b.\n\n\nRead more: x\n\nC d.\n", "A b.\n\n\nC d.\n"),
        ("A b.\nRead more: x\n\nC d.\n", "A b.\n\nC d.\n"),
        ("Read more: x\n\n\nA b.\n", "A b.\n"),
        ("A b.\n\nRead more: x\n", "A b.\n"),
        ("A b.\n\nRead more: x", "A b.\n"),
        ("A b.\n\n\n\nC d.\n\nRead more: x\n\nE f.\n", "A b.\n\n\n\nC d.\n\nE f.\n"),
        ("\nA b.\n\n", "\nA b.\n\n"),
        ("Read more: x\n", ""),
        ("", ""),
    ],
)
def test_blank_lines_close_as_a_person_would_have_typed(text: str, body: str) -> None:
    assert clean(text, *rules_of()).body == body


@pytest.mark.parametrize(
    "line",
    [
        "Read more: x",
        "  Read more: x  ",
        "* Read more: x",
        "> **Read more:** x",
        "- [Read more: x](http://example.org/a_(b))",
        "\u200bRead\u00a0more: x",
        "### Read  more: x",
        "\ufeffRead more: x",
        "• _Read more_: x\r",
        "![Read more: x](http://example.org/pic.png)",
    ],
)
def test_patterns_see_through_markup_and_odd_spaces(line: str) -> None:
    assert clean(f"{line}\nA b.\n").body == "A b.\n"


@pytest.mark.parametrize("line", ["Read\u200b more of\u00a0it.", "* **bold**", "\ufeff“A” — b", "A\tb  c\r", "  \x0cx"])
def test_kept_lines_stay_to_the_character(line: str) -> None:
    text = f"Read more: x\n{line}\nA b."
    assert clean(text).body.endswith(f"{line}\nA b.")


def test_cut_inside_markup_takes_the_marks_along() -> None:
    rule = one_rule(match="read this: [a-z]{1,9}", scope="span")
    text = "He left. [**Read this: more**](http://example.org) She stayed.\n"
    assert clean(text, rule).body == "He left.  She stayed.\n"


def test_rules_for_tests_pass_their_own_examples() -> None:
    assert [reason for rule in rules_of() for reason in failures(rule)] == []


def test_the_longer_a_line_the_more_must_speak_against_it() -> None:
    weak = one_rule(match="^more", score=0.65)
    short, long_ = "More one", "More one two three four five six seven eight nine"
    text = f"{PROSE}\n{short}\n{PROSE}\n{long_}\n{PROSE}\n"
    judgement = Engine([weak], threshold=0.6).run(Document(text))
    assert [v.action is Action.DROP for v in judgement.verdicts] == [False, True, False, False, False, False]
