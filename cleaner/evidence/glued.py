"""A notice that stands in one line with the article's own sentences: it speaks for itself alone, not for the line.

Extractors join what stood in one element, so a call to subscribe may end a paragraph, or a credit begin one.
"""

from __future__ import annotations

from cleaner.evidence.facts import Facts, Notice
from cleaner.evidence.texts import Texts
from cleaner.text.sentences import is_sentence, sentence_spans

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

# A sentence beside a notice that has so many words, and shares so much with the document's prose, is the article's.
_LEAST = 10
_TOPICAL = 0.3
# Shorter pieces beside a notice go with it.
_SCRAP = 4


def glued(texts: Texts, i: int) -> tuple[int, int] | None:
    """The notice in line `i` and what belongs to it, if sentences of the article stand beside it; else None.

    Returns its span, as offsets in characters of the view.
    """
    facts = texts.lines[i].facts
    if not (notice := notice_of(facts)):
        return None
    span, own = notice
    return span if _is_topical(texts, own) else None


def notice_of(facts: Facts) -> Notice:
    """The notice in a line that has sentences beside it, be they the article's or not, and those; empty if there is none."""
    if not facts.rules or not facts.may_hold_two:
        return ()
    if facts.notice is None:
        facts.notice = _notice(facts) or ()
    return facts.notice


def _notice(facts: Facts) -> tuple[tuple[int, int], list[str]] | None:
    """The notice in a line and what belongs to it, as its span, and the sentences beside it; None if there is none."""
    text = facts.text
    spans = sentence_spans(text)
    if len(spans) < 2:
        return None
    hits = [(a, b) for rule, a, b in facts.hits if rule in facts.rules and rule.score > 0]
    if not hits:
        return None
    touched = [any(a < end and start < b for a, b in hits) for start, end in spans]
    if all(touched):
        return None
    for k, (start, end) in enumerate(spans):
        near = touched[k - 1 : k + 2] if k else touched[:2]
        if not touched[k] and any(near) and len(text[start:end].split()) < _SCRAP:
            touched[k] = True
    own = [
        text[start:end]
        for k, (start, end) in enumerate(spans)
        if not touched[k] and is_sentence(text[start:end].strip(), _LEAST)
    ]
    if not own:
        return None
    first, last = touched.index(True), len(touched) - 1 - touched[::-1].index(True)
    if not all(touched[first : last + 1]):
        return None  # notices on both sides of the sentence: which words are whose is not certain
    return (spans[first][0], spans[last][1]), own


def _is_topical(texts: Texts, sentences: Sequence[str]) -> bool:
    """Whether the sentences share enough words with the document's other prose that nothing hits."""
    known = texts.clean_words
    for sentence in sentences:
        words = {w for w in sentence.lower().split() if len(w) > 3}
        if words and sum(w.strip(".,;:!?\"'()") in known for w in words) >= _TOPICAL * len(words):
            return True
    return False
