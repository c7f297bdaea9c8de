"""Rules of a language that the text is not in count half, open no block and cut nothing."""

from __future__ import annotations

from cleaner.evidence.foreign import Languages
from tests.small import one_rule

GERMAN = frozenset({"de"})


def test_a_rule_of_the_texts_language_counts_whole() -> None:
    rule = one_rule(match="^x y z$", scope="block")
    assert Languages().heard(rule, frozenset({"en"})) is rule


def test_nothing_is_known_of_the_text() -> None:
    rule = one_rule(match="^x y z$", scope="block")
    assert Languages().heard(rule, frozenset()) is rule


def test_english_counts_everywhere_but_opens_no_block() -> None:
    line, block = one_rule(match="^x y z$"), one_rule(match="^x y z$", scope="block")
    assert Languages().heard(line, GERMAN) is line
    heard = Languages().heard(block, GERMAN)
    assert (heard.score, heard.reaching) == (block.score, False)


def test_another_language_counts_half() -> None:
    rule = one_rule(match="^x y z$", scope="block").replaced(language="fr")
    heard = Languages().heard(rule, GERMAN)
    assert (heard.score, heard.sure, heard.reaching) == (rule.score / 2, False, False)
    assert not Languages().cuts(rule, GERMAN)


def test_what_protects_protects_in_every_language() -> None:
    rule = one_rule(match="^x y z$", score=-0.5).replaced(language="fr")
    assert Languages().heard(rule, GERMAN) is rule
