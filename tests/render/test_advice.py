"""What `explain` says a person could change: it names the rule, the line or the pattern, and it is true."""

from __future__ import annotations

from cleaner import Cleaner
from cleaner.judging.verdict import Action, Verdict
from cleaner.render.advice import BOUND, LABEL, LOOK, NOTHING, PROTECT, SHARES, WEIGH, WIDEN, WRITE, advice
from cleaner.text.view import View
from cleaner.workbench.explained import SENTENCE, STAYS, SURE, WEAK, Beside, Explained
from cleaner.workbench.near_misses import near_misses
from cleaner.workbench.parts import PATTERN, Part
from tests.small import one_rule

HINT = Part("promo/en/cue", PATTERN, 0.21, "A cue.")


def gone(**known: object) -> Explained:
    verdict = Verdict(Action.DROP, 1.11, (one_rule(match="^universal", score=0.21),))
    return Explained(7, (7,), "Universal Appeal", verdict, **{"decided": WEAK, "level": "careful", **known})  # type: ignore[arg-type]


def stays(text: str = "Tide tables", **known: object) -> Explained:
    return Explained(7, (7,), text, Verdict(Action.KEEP), STAYS, "standard", **known)  # type: ignore[arg-type]


def test_what_would_have_been_enough_is_that_of_the_level_asked_for() -> None:
    """At `careful` 1.00 took it; without the hint `standard`, which was asked for, still would."""
    kinds = [c.kind for c in advice(gone(score=1.11, need=1.0, least=0.7, parts=(HINT,)), "a.txt")]
    assert kinds == [SHARES, PROTECT]
    bound = advice(gone(score=1.11, need=1.0, least=1.0, parts=(HINT,)), "a.txt")
    assert (bound[0].kind, "without rule promo/en/cue (+0.21)" in bound[0].said) == (BOUND, True)


def test_the_line_where_a_block_began_is_named() -> None:
    part = Part("comment/en/section", PATTERN, 1.0, "Readers speak.", began=3)
    first, *_ = advice(gone(decided=SURE, score=1.0, need=1.0, parts=(part,)), "a.txt")
    assert first.kind == LOOK
    assert "cleaner explain a.txt:3 " in first.said


def test_a_protector_has_the_score_that_it_needs() -> None:
    (change,) = [c for c in advice(gone(score=1.11, need=0.82, most=1.5), "a.txt") if c.kind == PROTECT]
    assert "a score of -0.69 or lower" in change.said


def test_a_rule_that_would_be_written_shows_its_pattern() -> None:
    (change,) = [c for c in advice(stays(score=0.1, need=0.7), "a.txt") if c.kind == WRITE]
    assert "no pattern knows it" in change.said
    assert "cleaner rules new a.txt:7 (it begins from ^tide tables$)" in change.said
    assert [c.kind for c in advice(stays("5", score=0.1, need=0.7), "a.txt")] == [NOTHING]


def test_hints_of_a_sentence_are_told_with_what_it_asks_for() -> None:
    (change,) = [c for c in advice(stays(score=0.3, protected=SENTENCE, parts=(HINT,)), "a.txt") if c.kind == WEIGH]
    assert "rule promo/en/cue speaks against it with 0.21, and a sentence asks for 0.30" in change.said


def test_a_label_above_is_named_and_a_sentence_above_is_none() -> None:
    rule = one_rule(match="^tags$")
    for text, kinds in (("Tags", [LABEL, WRITE]), ("Read all of our tags here.", [WRITE])):
        above = Beside(6, text, Verdict(Action.DROP, 1.0, (rule,)))
        assert [c.kind for c in advice(stays(score=0.1, need=0.7, before=above), "a.txt")] == kinds


def test_a_hint_that_would_not_be_enough_is_not_to_be_widened() -> None:
    e = stays(score=0.1, need=0.7)
    for score, kinds in ((0.1, [WRITE]), (1.0, [WIDEN, WRITE])):
        assert [
            c.kind for c in advice(e, "a.txt", [(one_rule(match="^universal", score=score), "2 letters off")])
        ] == kinds


def test_two_signs_or_a_short_word_off_is_no_near_miss() -> None:
    bracket = one_rule(match=r"^\[(?:read more|see also)\b.{1,80}\]$")
    assert near_misses([bracket], View("Read more: the harbour road is closed again after the storm"), 0) == []
    letter = one_rule(match=r"^subscribe to our newsletter\b.{0,40}$")
    assert near_misses([letter], View("Subscripe to our newsletter, for free"), 0) == [(letter, "1 letters off")]


def test_other_lines_of_a_list_are_named(cleaner: Cleaner) -> None:
    prose = "The walk begins at the north pier and follows the shore to the old mill, where the path turns over the fields {}."
    text = "\n\n".join(line for n in range(5) for line in (prose.format(n), f"Related: Story number {n} of all"))
    (e,) = cleaner.explain(text, [3])
    assert [u.listed for u in e.unheard if u.rule.id == "promo/en/related-colon"] == [(3, 7, 11, 15, 19)]
    assert any("(see line 7, 11, 15, 19)" in c.said and "another category than promo" in c.said for c in advice(e, "a"))
