"""A notice in one line with the article's sentences speaks for itself alone."""

from __future__ import annotations

from cleaner import Cleaner

PROSE = [
    "The council met on Monday and it voted for the new bridge, which had been on the table since the spring.",
    "The bridge will cost two million and open in the autumn, the council said, if the river stays as low as it is.",
    "The old bridge was closed in the winter after divers found cracks in two of the piers that carry it.",
]
NOTICE = "Sign up for our newsletter here."


def test_the_articles_sentence_stays_and_the_notice_is_cut(cleaner: Cleaner) -> None:
    sentence = "The council will vote on the colour of the bridge in May, when the river is low."
    text = "\n\n".join([*PROSE, f"{sentence} {NOTICE}"]) + "\n"
    body = cleaner.clean(text).body
    assert sentence in body


def test_a_notice_alone_goes_whole(cleaner: Cleaner) -> None:
    text = "\n\n".join([*PROSE, NOTICE]) + "\n"
    assert cleaner.clean(text).body == "\n\n".join(PROSE) + "\n"
