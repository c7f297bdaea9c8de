"""What form rules saw of a line, in words: "a short line between two menus" says more to a person than `shape/any/page`.

The words are made from the conditions of the rules that spoke, so a new form rule needs none of its own.
"""

from __future__ import annotations

from functools import lru_cache

from cleaner.judging.verdict import Action
from cleaner.text.signals import BITS

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cleaner.judging.verdict import Verdict
    from cleaner.rules.rule import Rule

# What a line is, the most telling first.
_KINDS = {
    "no-words": "a line without words",
    "code": "a line of code",
    "table": "a table row",
    "heading": "a heading",
    "link": "a link",
    "bullet": "a list item",
    "long-prose": "a long paragraph",
    "prose": "a paragraph",
    "sentence": "a sentence",
    "words-1": "a single word",
    "words-2-3": "two or three words",
    "words-4-7": "a short line",
    "short": "a short line",
    "words-8-14": "a line of some words",
    "medium": "a line of some words",
    "words-15-29": "a long line",
    "words-30": "a very long line",
}
# What it has about it.
_MARKS = {
    "copyright": "with a copyright sign",
    "email": "with an e-mail address",
    "url": "with a web address",
    "handle": "with a handle or hashtag",
    "arrow": "with an arrow",
    "separator": "with bars or dots between words",
    "money": "with an amount of money",
    "question": "that asks",
    "exclaim": "that exclaims",
    "colon": "that ends in a colon",
    "comma": "that ends in a comma",
    "ellipsis": "that breaks off",
    "caps": "in capitals",
    "title": "in title case",
    "bracket": "in brackets",
    "quote": "in quotes",
    "lower-start": "that begins small",
    "digit-start": "that begins with a number",
    "year": "with a year",
    "digit": "with a number",
    "twin": "that stands there twice",
    "foreign": "on another topic",
    "poor": "without connecting words",
    "hint": "that a pattern half knows",
}
# Where it stands, the most telling first; the last two words of an AROUND signal are its reach and its level.
_PLACES = {
    "tail-open": "with only such lines after it",
    "head-open": "with only such lines before it",
    "many-near-dropped": "among lines that go",
    "prev2-dropped": "after lines that go",
    "next2-dropped": "before lines that go",
    "prev-dropped": "after a line that goes",
    "next-dropped": "before a line that goes",
    "beside-90": "beside furniture",
    "around-90": "amid furniture",
    "region-90": "amid furniture",
    "beside-60": "beside furniture",
    "around-60": "amid furniture",
    "region-60": "amid furniture",
    "after-end": "far after the last paragraph",
    "before-start": "far before the first paragraph",
    "tail": "after the last paragraph",
    "zone-tail": "near the end",
    "head": "before the first paragraph",
    "zone-head": "near the beginning",
    "huge-run": "in a long run of lines that are no prose",
    "long-run": "in a run of lines that are no prose",
    "run": "in a run of lines that are no prose",
    "beside-30": "beside what may be furniture",
    "around-30": "amid what may be furniture",
    "region-30": "amid what may be furniture",
    "prev-hint": "after a line that a pattern half knows",
    "next-hint": "before a line that a pattern half knows",
    "bare-document": "in a text without paragraphs",
    "junk-document": "in a text with few paragraphs",
    "page": "on a whole page",
    "tiny-document": "in a short text",
    "small-document": "in a short text",
    "plain-document": "in a text without a line that a rule is sure of",
}
# What lines of each category are called, one and two of them.
NAMES = {
    "ad": ("an advertisement", "two advertisements"),
    "promo": ("a pointer to other stories", "two pointers to other stories"),
    "byline": ("a byline", "two bylines"),
    "dateline": ("a dateline", "two datelines"),
    "share": ("a share bar", "two share bars"),
    "newsletter": ("a newsletter call", "two newsletter calls"),
    "caption": ("a caption", "two captions"),
    "credit": ("a credit", "two credits"),
    "legal": ("a legal notice", "two legal notices"),
    "cookie": ("a cookie notice", "two cookie notices"),
    "paywall": ("a paywall notice", "two paywall notices"),
    "nav": ("a menu", "two menus"),
    "comment": ("a comment form", "two comment forms"),
    "ui": ("a button", "two buttons"),
    "tag": ("a tag", "two tags"),
    "contact": ("a contact notice", "two contact notices"),
    "site": ("the site's own matter", "two of the site's own lines"),
}
_TOLD = sum(BITS[name] for name in {**_KINDS, **_MARKS, **_PLACES})
# How many non-blank lines away a line with a pattern behind it is still told of.
_NEAR = 8


def by_form_alone(reasons: Sequence[Rule]) -> bool:
    """Whether no rule with a pattern, and no repetition over the site, is among the reasons."""
    return bool(reasons) and not any(rule.match or rule.repeat or rule.near for rule in reasons)


def seen(signals: Collection[str], beside: str = "") -> str:
    """What a line with these signals looks like.

    Args:
        signals: names of signals that hold.
        beside: where it stands, if that is known better than the signals say.

    Returns a phrase such as "a short line in title case, after the last paragraph".
    """
    kind = next((said for name, said in _KINDS.items() if name in signals), "a line")
    marks = [said for name, said in _MARKS.items() if name in signals][:2]
    place = beside or next((said for name, said in _PLACES.items() if name in signals), "")
    phrase = " ".join([kind, " and ".join(marks)]).strip()
    return f"{phrase} {place}".strip() if not marks else ", ".join(filter(None, (phrase, place)))


def asked(rules: Iterable[Rule]) -> set[str]:
    """The signals that rules ask for, all together: those hold of a line for which all of them speak."""
    names = {name for rule in rules for name in rule.when.names if not name.startswith("!")}
    return names | {f"zone-{zone}" for rule in rules for zone in rule.zones if len(rule.zones) == 1}


def saw(verdicts: Sequence[Verdict], blank: Sequence[int], i: int) -> str:
    """What was seen of line `i`, which goes by its form alone: what it is, and between what it stands."""
    bits = 0
    for rule in verdicts[i].reasons:
        bits |= rule.must | (rule.zone_bits if len(rule.zones) == 1 else 0)
    return _phrase(bits & _TOLD, _between(verdicts, blank, i))


@lru_cache(maxsize=1 << 14)
def _phrase(bits: int, beside: str) -> str:
    return seen({name for name, bit in BITS.items() if bits & bit}, beside)


def _between(verdicts: Sequence[Verdict], blank: Sequence[int], i: int) -> str:
    """Between what kinds of furniture a line stands; empty if a line that stays parts it from them."""
    before, after = (_kind(verdicts, blank, i, step) for step in (-1, 1))
    if before and after:
        return f"between {NAMES[before][1] if before == after else f'{NAMES[before][0]} and {NAMES[after][0]}'}"
    if before:
        return f"after {NAMES[before][0]}"
    return f"before {NAMES[after][0]}" if after else ""


def _kind(verdicts: Sequence[Verdict], blank: Sequence[int], i: int, step: int) -> str:
    """The category of the next line in one direction that a pattern takes, before any that stays; else empty."""
    left = _NEAR
    k = i + step
    while 0 <= k < len(verdicts) and left:
        verdict = verdicts[k]
        if not blank[k]:
            left -= 1
            if verdict.action is not Action.DROP:
                return ""
            if verdict.reasons[0].category in NAMES:
                return verdict.reasons[0].category
        k += step
    return ""
