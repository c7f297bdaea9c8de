"""The view of a line: what patterns see. Bullets, quote marks, Markdown and odd spaces are peeled off.

Peeling deletes characters and moves none, so a map from view offsets to raw offsets always exists; it is made when a
span inside the line is to be cut, and not before.
"""

from __future__ import annotations

from cleaner.text import patterns
from cleaner.text.fold import lower, plain

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\ufe0e\ufe0f"
_ZERO = patterns.compiled(f"[{_ZERO_WIDTH}]+")
# Bounded: a line of 100,000 bullets is no list item, and must not cost more than its length.
_PREFIX = patterns.compiled(
    r"(?:> ?|[-*+•·●▪■◦‣∙] +|[•●▪■◦‣]|#{1,6} +|\[[ xX]\] +|o +(?=[A-ZÀ-Þ0-9])|\[\d{1,4}\](?=\w)){1,8}"
)
# Colours of terminals; the numbers of links, which crawl4ai writes behind the words and text browsers right before them;
# and what lynx says of a button.
_STROKE = patterns.compiled(r"\x1b\[[0-9;]{0,20}m|⟨\d{1,4}⟩|(?<=[ (])\[\d{1,4}\](?=\w)|\(BUTTON\) ")
# The address behind a link, as html-to-text writes it.
_ADDRESS = patterns.compiled(r" \[(?:/|https?:|mailto:)[^\s\[\]]{0,600}\]$")
# The text of a link, as Debian's html2text writes it.
_UNDERSCORED = patterns.compiled(r"[A-ZÀ-Þ][^\W\d_]*(?:_[^\W_]+){1,12}")
# What pandoc's Markdown keeps of an element's attributes.
_ATTRIBUTES = r"\{(?:[#.][\w-]|[\w:-]{1,40}=)[^{}]{0,300}\}"
_LINK = patterns.compiled(
    r"!?\[(?P<keep>[^\[\]]{0,400})\](?:\([^()\s]{0,600}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?: \"[^\"]{0,200}\")?\)"
    rf"(?:{_ATTRIBUTES})?|{_ATTRIBUTES})"
)
# Behind a heading, or a fence.
_LAST = patterns.compiled(rf" {_ATTRIBUTES}$")
_MARK = patterns.compiled(
    r"\*{1,3}|`{1,3}|~~|(?<![^\W_])_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?![^\W_])|(?<=[^\w\s])_{1,3}|\\(?=[\\`*_{}\[\]()#+.!|>-])"
)
_SPACE_RUN = patterns.compiled("  +")
# Text browsers draw the bullets of inner lists as the letter.
LETTER_BULLET = patterns.compiled("o +[A-ZÀ-Þ0-9]")


class View:
    """One line as patterns see it.

    Attributes:
        raw: the line as it came, without its line feed.
        text: the view, cased.
        low: the view, lower-cased (same length as `text`).
    """

    __slots__ = ("low", "raw", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        text = plain(raw).strip(" ")
        if text and _needs_peel(text):
            text = _peeled(text)
        self.text = text
        self.low = lower(text)

    @classmethod
    def of(cls, raw: str, text: str, low: str) -> View:
        """The view of `raw`, where `text` and `low` are known."""
        view = cls.__new__(cls)
        view.raw, view.text, view.low = raw, text, low
        return view

    def raw_spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The spans of `raw` (offsets in characters) under some of `text`, with the marks that belong to each.

        What was peeled off right behind a span (`](http://…)`, `**`) goes with it, and then so does what was peeled
        off right before it (`[`, `**`); white space at either side stays.
        """
        raw = self.raw
        where = _peel(plain(raw), range(len(raw)))
        return [_with_marks(raw, where, start, end) if start < end else (0, 0) for start, end in spans]


def _with_marks(raw: str, where: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The span of `raw` under a span of its view, whose characters stand at `where`."""
    a, b = where[start], where[end - 1] + 1
    after = where[end] if end < len(where) else len(raw)
    before = where[start - 1] + 1 if start else 0
    stop = b
    while stop < after and not raw[stop].isspace():
        stop += 1
    if stop > b:
        while a > before and not raw[a - 1].isspace():
            a -= 1
    return a, stop


def _needs_peel(text: str) -> bool:
    """Whether a plain, stripped line may be anything but its own view."""
    first = text[0]
    return (
        not (first.isalnum() or first in "_\"'(")
        or "  " in text
        or "*" in text
        or "_" in text
        or "](" in text
        or "`" in text
        or "\\" in text
        or "~~" in text
        or _has_strokes(text)
        or text[-1] in "]}"
        or (first == "o" and LETTER_BULLET.match(text) is not None)
        or (not text.isascii() and _ZERO.search(text) is not None)
    )


def _has_links(text: str) -> bool:
    """Whether `_LINK` may find anything."""
    return "](" in text or "]{" in text


def _has_strokes(text: str) -> bool:
    """Whether `_STROKE` may find anything."""
    return "\x1b" in text or "⟨" in text or " [" in text or "([" in text or "(BUTTON)" in text


def _peeled(text: str) -> str:
    """A plain, stripped line without its marks."""
    if not text.isascii():
        text = _ZERO.sub("", text).strip(" ")
    if _has_strokes(text):
        text = _STROKE.sub("", text).strip(" ")
    # A line that is nothing but marks keeps them: rules for stray bullets and rules want to see it.
    if (m := _PREFIX.match(text)) and m.end() < len(text):
        text = text[m.end() :]
    if _has_links(text):
        text = _LINK.sub(r"\g<keep>", _LINK.sub(r"\g<keep>", text))  # an image inside a link is as deep as scrapers go
    if text.endswith("]"):
        text = _ADDRESS.sub("", text)
    elif text.endswith("}"):
        text = _LAST.sub("", text)
    if "_" in text and _UNDERSCORED.fullmatch(text):
        text = text.replace("_", " ")
    if ("*" in text or "_" in text or "`" in text or "~" in text or "\\" in text) and any(map(str.isalnum, text)):
        text = _MARK.sub("", text)
    if "  " in text:
        text = _SPACE_RUN.sub(" ", text)
    return text.strip(" ")


def _peel(text: str, where: Sequence[int]) -> Sequence[int]:
    """What `_peeled` leaves of a plain line: the raw offset of each character, given those of all."""
    text, where = _delete(text, where, (m.span() for m in _ZERO.finditer(text)))
    text, where = _delete(text, where, _edges(text))
    text, where = _delete(text, where, (m.span() for m in _STROKE.finditer(text)))
    text, where = _delete(text, where, _edges(text))
    text, where = _delete(text, where, _prefix(text))
    if _has_links(text):
        for _ in range(2):
            text, where = _delete(text, where, _link_marks(text))
    last = _LAST if text.endswith("}") else _ADDRESS
    text, where = _delete(text, where, (m.span() for m in last.finditer(text)))
    if _UNDERSCORED.fullmatch(text):
        return where
    if any(map(text.__contains__, "*_`~\\")) and any(map(str.isalnum, text)):
        text, where = _delete(text, where, (m.span() for m in _MARK.finditer(text)))
    text, where = _delete(text, where, ((m.start() + 1, m.end()) for m in _SPACE_RUN.finditer(text)))
    return _delete(text, where, _edges(text))[1]


def _delete(text: str, where: Sequence[int], spans: Iterator[tuple[int, int]]) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    kept: list[int] = []
    at = 0
    for a, b in spans:
        pieces.append(text[at:a])
        kept.extend(where[at:a])
        at = b
    if not pieces:
        return text, where
    pieces.append(text[at:])
    kept.extend(where[at:])
    return "".join(pieces), kept


def _link_marks(text: str) -> Iterator[tuple[int, int]]:
    for m in _LINK.finditer(text):
        yield m.start(), m.start("keep")
        yield m.end("keep"), m.end()


def _edges(text: str) -> Iterator[tuple[int, int]]:
    left = len(text) - len(text.lstrip(" "))
    if left:
        yield 0, left
    right = len(text.rstrip(" "))
    if left < right < len(text):
        yield right, len(text)


def _prefix(text: str) -> Iterator[tuple[int, int]]:
    m = _PREFIX.match(text)
    if m and m.end() < len(text):
        yield 0, m.end()
