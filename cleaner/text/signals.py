"""Signals: named yes-or-no facts about a line's form, its place, and what became of its neighbours.

A signal decides nothing. Rules ask for signals with `when` and give them a score. They are kept as bits of one
integer, so that asking for several at once is one operation.
"""

from __future__ import annotations

from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Final

OWN: dict[str, str] = {
    "words-1": "one word",
    "words-2-3": "two or three words",
    "words-4-7": "four to seven words",
    "words-8-14": "eight to fourteen words",
    "words-15-29": "fifteen to twenty-nine words",
    "words-30": "thirty words or more",
    "short": "at most seven words",
    "medium": "eight to twenty-nine words",
    "no-words": "no letters and no digits",
    "stop": "ends as a sentence does",
    "question": "ends in a question mark",
    "exclaim": "ends in an exclamation mark",
    "colon": "ends in a colon",
    "comma": "ends in a comma or semicolon",
    "ellipsis": "ends in an ellipsis",
    "arrow": "begins or ends in an arrow or chevron",
    "caps": "all capitals, in a script that has them",
    "title": "most words begin with a capital, in a script that has them",
    "lower-start": "begins with a small letter",
    "digit": "holds a digit",
    "digit-start": "begins with a digit",
    "year": "holds a year",
    "money": "holds an amount of money",
    "separator": "holds a bar, a middle dot, a bullet or a chevron between words",
    "url": "holds a web address",
    "email": "holds an e-mail address",
    "handle": "holds an @handle or a #hashtag",
    "copyright": "holds a copyright sign",
    "quote": "begins with a quote mark",
    "bracket": "stands wholly in brackets",
    "bullet": "came as a list item",
    "link": "is one Markdown link",
    "heading": "came as a Markdown heading",
    "table": "came as a Markdown table row, or parted by tabs or wide gaps",
    "poor": "few function words for its length (of four words or more)",
    "rich": "many function words",
    "sentence": "a sentence: at least five words, function words, ends in a stop",
    "prose": "a paragraph: at least twelve words, function words, ends in a stop",
    "long-prose": "a long paragraph: prose of at least forty words",
    "two-sentences": "holds a sentence end inside",
    "code": "looks like program code",
}
PLACE: dict[str, str] = {
    "first": "the first non-blank line",
    "top": "among the first five non-blank lines",
    "last": "the last non-blank line",
    "end": "among the last five non-blank lines",
    "head": "before the first paragraph of prose",
    "tail": "after the last paragraph of prose",
    "after-end": "at least eight lines after the last paragraph of prose",
    "before-start": "at least eight lines before the first paragraph of prose",
    "prev-prose": "the non-blank line before is prose",
    "next-prose": "the non-blank line after is prose",
    "between": "the non-blank lines before and after are sentences, of two words or more, in any language",
    "prev-colon": "the non-blank line before ends in a colon",
    "prev-comma": "the non-blank line before ends in a comma or semicolon",
    "run": "in a run of three or more lines that are no prose",
    "long-run": "in a run of eight or more lines that are no prose",
    "huge-run": "in a run of twenty-five or more lines that are no prose",
    "twin": "the same text stands elsewhere in the document",
    "alike": "both neighbours have about its length and the same kind of end",
    "bare-document": "the document has no prose at all",
    "page": "the document is a whole page, not an extract: by degrees, from four lines that go for sure to twelve",
    "junk-document": "most lines of the document are no prose",
    "small-document": "a text of at most thirty-two lines",
    "tiny-document": "a text of at most sixteen lines",
    "plain-document": "no rule is sure of any line of the document",
    "gap-before": "two or more blank lines before",
    "code-near": "at least three of the twenty lines around look like program code",
    "hint": "a pattern speaks against it, weakly",
    "strong-hint": "patterns speak against it with half of what is needed, or more",
    "guarded": "a pattern protects it",
    "prev-hint": "a pattern speaks against the non-blank line before",
    "next-hint": "a pattern speaks against the non-blank line after",
    "zone-head": "in the head zone",
    "zone-body": "in the body zone",
    "zone-tail": "in the tail zone",
}
CONTEXT: dict[str, str] = {
    "foreign": "at most a quarter of its content words stand in the document's prose",
    "topical": "at least three quarters of its content words stand in the document's prose",
    "prev-dropped": "the non-blank line before goes",
    "next-dropped": "the non-blank line after goes",
    "prev2-dropped": "both non-blank lines before go",
    "next2-dropped": "both non-blank lines after go",
    "tail-open": "every line after it goes, or there is none",
    "head-open": "every line before it goes, or there is none",
    "many-near-dropped": "at least half of the eight lines around it go",
}
# Which lines on each side the signals of `AROUND` are of.
SIDES = {"beside": "the two lines", "around": "the five lines", "region": "the ten lines"}
AROUND: dict[str, str] = {
    f"{name}-{level}": f"what {lines} on each side weigh by themselves is {least} or more on average"
    for name, lines in SIDES.items()
    for level, least in (("0", "0"), ("30", "0.3"), ("60", "0.6"), ("90", "0.9"))
}
BITS = {name: 1 << i for i, name in enumerate([*OWN, *PLACE, *AROUND, *CONTEXT])}
OWN_MASK = sum(BITS[n] for n in OWN)
CONTEXT_MASK = sum(BITS[n] for n in CONTEXT)
# What a line weighs by itself hangs neither on what the lines around it weigh nor on what becomes of them.
OTHERS_MASK = CONTEXT_MASK | sum(BITS[n] for n in AROUND)


class Signals(Value):
    """A conjunction: all bits of `must`, none of `never`."""

    __match_args__ = ("names", "must", "never")
    __slots__ = __match_args__

    def __init__(self, names: tuple[str, ...] = (), must: int = 0, never: int = 0) -> None:
        self.names: Final = names
        self.must: Final = must
        self.never: Final = never

    @classmethod
    def of(cls, names: list[str]) -> Signals:
        """From names as a pack writes them, `!` for not. Raises KeyError with the name that is not known."""
        must = never = 0
        for name in names:
            if name.startswith("!"):
                never |= BITS[name[1:]]
            else:
                must |= BITS[name]
        return cls(tuple(names), must, never)

    def __bool__(self) -> bool:
        return bool(self.names)

    @property
    def own(self) -> bool:
        """Whether it asks anything of the line itself."""
        return bool((self.must | self.never) & OWN_MASK)

    @property
    def context(self) -> bool:
        """Whether it asks what the lines around weigh, or what became of them."""
        return bool((self.must | self.never) & OTHERS_MASK)

    def own_hold(self, bits: int) -> bool:
        """Whether the part that concerns the line itself holds."""
        must = self.must & OWN_MASK
        return bits & must == must and not bits & self.never & OWN_MASK
