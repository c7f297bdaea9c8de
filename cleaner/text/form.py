"""The own signals of a line: what its form says, whatever stands around it."""

from __future__ import annotations

from cleaner.text import patterns
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import ASCII_DIGITS, TOKEN, Reading
from cleaner.text.signals import BITS
from cleaner.text.view import LETTER_BULLET, View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re

_STOP = patterns.compiled(r"[.!?…。！？؟।][\"')\]」』”]{0,3}$")
_END_TRIM = " \"')]」』"
_INNER_STOP = patterns.compiled(r"[.!?](?<=[^\W\d_]{3}.)[\"')]{0,2} [\"'(]?[^\W\d_]|[。！？][^\s」』)]")
_YEAR = patterns.compiled(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONEY = patterns.compiled(r"[$€£¥₹₩₽₺]\s?\d|\d\s?[€£¥₹₩₽₺]|\b(?:usd|eur|gbp)\b")
_SEPARATOR = patterns.compiled(r"[|•·»›¦→/] ?[^\W_]|\w [|•·»›¦→]|\w > \w")
_URL = patterns.compiled(r"https?://|www\.|\b[a-z0-9-]{2,40}\.(?:com|org|net|de|co\.uk|fr|es|it|io|info|edu|gov)\b")
_DOMAIN_END = patterns.compiled(r"\.(?:com|org|net|de|co\.uk|fr|es|it|io|info|edu|gov)\b")
_EMAIL = patterns.compiled(r"[\w.+-]{1,60}@[\w-]{1,60}\.[a-z]{2,12}")
_HANDLE = patterns.compiled(r"(?:^|[\s(])[@#]\w{2,40}")
_LINK_ONLY = patterns.compiled(r"[\s>*+•\-#\d.)]{0,12}\[[^\]]{0,400}\]\([^)]{0,800}\)\s*$")
_TABLE = patterns.compiled(r"^\s*\||\S(?:\t+| {4,})\S")
_CODE_SIGNS = patterns.compiled(r"[=!<>]=|=>|->|\w = [\w\"'\[({]|</?\w{1,12}>|^\$ [a-z]|^>>> ")
_CODE_CALL = patterns.compiled(r"\w\(.{0,80}\)$")
_CODE_WORD = patterns.compiled(
    r"(?:def|class|import|from|return|const|let|var|if|for|while|public|function|echo|sudo|pip|npm|git|select) "
    r"[^,.!?]{0,60}[(){};=]"
)
# A field with its type, a directive with its address, a call left open, a name in snake case.
_CODE_FORM = patterns.compiled(
    r"\w{1,40}: \[?\w{1,40}[!?\]]{1,3},?$|@\w{2,20}:? .{0,80}>|\w{1,40}\($|[a-z]{1,20}(?:_[a-z\d]{1,20}){1,6}[,:;]?$"
)
# What the compiled core asks of few lines, in its order (`core/own.h`).
RARE = tuple(
    map(
        patterns.asking,
        (_MONEY, _URL, _EMAIL, _HANDLE, _LINK_ONLY, _TABLE, _CODE_SIGNS, _CODE_WORD, _CODE_FORM),
        ("search", "search", "search", "search", "match", "search", "search", "match", "match"),
    )
)
_CLOSING = ("}", ")", "]")
_ARROWS = "→»›>►▶↓←«‹▸⟶"
_B = BITS
# Without any of these characters the patterns need not be asked.
_SEPARATOR_MARKS = frozenset("|•·»›¦→/>")
_CODE_MARKS = frozenset("(){}];=<>$!_")
_CODE_SIGN_MARKS = frozenset("=<>$")
_INNER_STOP_MARKS = frozenset(".!?。！？")
_MONEY_MARKS = frozenset("$€£¥₹₩₽₺")
# Each byte of an ASCII text as its kind: capital, small letter or digit, apostrophe, anything else.
_KINDS = bytes(
    ord("A" if chr(k).isupper() else "a" if chr(k).isalnum() else "'" if chr(k) == "'" else " ") for k in range(128)
).ljust(256)
_LONG = (3).__lt__
# A line longer than this (characters) is taken for prose unseen: no boilerplate line is a book.
_BOOK = 20_000


@patterns.late
def _unspaced() -> re.Pattern[str]:
    # Made late: it is dear, and few texts need it.
    return patterns.compiled("[\u3040-\u30ff\u3400-\u9fff]")


def _size(n: int) -> int:
    if n <= 1:
        return _B["words-1"] | _B["short"]
    if n <= 3:
        return _B["words-2-3"] | _B["short"]
    if n <= 7:
        return _B["words-4-7"] | _B["short"]
    if n <= 14:
        return _B["words-8-14"] | _B["medium"]
    if n <= 29:
        return _B["words-15-29"] | _B["medium"]
    return _B["words-30"]


def _ending(low: str) -> int:
    core = low.rstrip(_END_TRIM)
    end = core[-1:] or low[-1:]
    bits = 0
    if end == "…" or core.endswith("..."):
        return _B["ellipsis"]
    if _STOP.search(low, max(0, len(low) - 4)):
        bits |= _B["stop"]
    if end in "?？؟":
        bits |= _B["question"]
    elif end in "!！":
        bits |= _B["exclaim"]
    elif end in ":：":
        bits |= _B["colon"]
    elif end in ",;，；":
        bits |= _B["comma"]
    if low[-1:] in _ARROWS or low[:1] in _ARROWS:
        bits |= _B["arrow"]
    return bits


def _letters(text: str, reading: Reading) -> int:
    bits = 0
    first = text.lstrip("\"'([")[:1]
    if first.islower():
        bits |= _B["lower-start"]
    elif first.isdigit():
        bits |= _B["digit-start"]
    if text.isupper() and sum(map(str.isalpha, text)) >= 3:
        bits |= _B["caps"]
    tokens = reading.tokens
    if len(tokens) >= 2:
        if text.isascii():
            # By kinds of letters: at least as many capitals as there are (`O'B` are two), at most as many long words
            # without. Most lines of prose are told by that.
            kinds = b" " + text.encode().translate(_KINDS)
            capitals, others = kinds.count(b" A") + kinds.count(b"'A"), kinds.count(b" aaaa")
            cased: list[str] = []
        else:
            cased = TOKEN.findall(text)
            capitals = sum(map(str.isupper, [t[0] for t in cased]))
            others = sum(map(_LONG, map(len, tokens))) - capitals
        # Longer words count whatever their case; four in five of those that count must have a capital.
        if capitals and capitals >= 4 * others:
            words = [t for t in cased or TOKEN.findall(text) if len(t) > 3 or not t.islower()]
            if words and sum(t[0].isupper() for t in words) >= 0.8 * len(words):
                bits |= _B["title"]
    return bits


def _marks(low: str, reading: Reading) -> int:
    bits = 0
    marks = reading.marks
    if not marks.isdisjoint(_SEPARATOR_MARKS) and _SEPARATOR.search(low):
        bits |= _B["separator"]
    if ("." in marks and ("www." in low or _DOMAIN_END.search(low)) or "http" in low) and _URL.search(low):
        bits |= _B["url"]
    if "@" in marks:
        if "." in marks and _EMAIL.search(low):
            bits |= _B["email"]
        if _HANDLE.search(low):
            bits |= _B["handle"]
    elif "#" in marks and _HANDLE.search(low):
        bits |= _B["handle"]
    if "©" in marks or "(" in marks and "(c)" in low:
        bits |= _B["copyright"]
    if not marks.isdisjoint(ASCII_DIGITS) or (not reading.ascii and any(map(str.isdigit, marks))):
        bits |= _B["digit"]
        if ("19" in low or "20" in low) and _YEAR.search(low):
            bits |= _B["year"]
        if (not marks.isdisjoint(_MONEY_MARKS) or "usd" in low or "eur" in low or "gbp" in low) and _MONEY.search(low):
            bits |= _B["money"]
    if not marks.isdisjoint(_CODE_MARKS) and _is_code(low, marks):
        bits |= _B["code"]
    return bits


def _is_code(low: str, marks: frozenset[str]) -> bool:
    return (
        low.endswith((";", "{"))
        or low.startswith(_CLOSING)
        or (low.endswith(")") and _CODE_CALL.search(low) is not None)
        or (not marks.isdisjoint(_CODE_SIGN_MARKS) and _CODE_SIGNS.search(low) is not None)
        or _CODE_WORD.match(low) is not None
        or _CODE_FORM.match(low) is not None
    )


def _markup(raw: str, text: str) -> int:
    bits = 0
    start = raw.lstrip()
    if start[:1] in "-*+•●▪■◦‣∙" and start[:2] not in ("**", "--") or LETTER_BULLET.match(start):
        bits |= _B["bullet"]
    elif start[:1] == "#" and start.lstrip("#")[:1] == " ":
        bits |= _B["heading"]
    if "](" in raw and _LINK_ONLY.match(raw):
        bits |= _B["link"]
    if ("|" in raw or "\t" in raw or "    " in raw) and _TABLE.search(raw):
        bits |= _B["table"]
    if text[:1] in "\"'「『":
        bits |= _B["quote"]
    if text[:1] in "([（【" and text[-1:] in ")]）】":
        bits |= _B["bracket"]
    return bits


def own_signals(view: View, reading: Reading | None = None) -> int:
    """The bits of all `OWN` signals that hold for one line, whatever stands around it.

    Args:
        view: the line.
        reading: what was read off it, if that is at hand.
    """
    text, low = view.text, view.low
    if len(text) > _BOOK:
        return _B["words-30"] | _B["stop"] | _B["rich"] | _B["sentence"] | _B["prose"] | _B["long-prose"]
    if reading is None:
        reading = Reading(view)
    tokens = reading.tokens
    n = len(tokens)
    if not n:
        closing = _B["code"] if low.startswith(_CLOSING) else 0
        return _B["no-words"] | _B["words-1"] | _B["short"] | closing
    function = sum(map(FUNCTION_WORDS.__contains__, tokens))
    rich = function * 4 >= n
    if not reading.ascii and (unspaced := len(_unspaced().findall(text))):
        # One token of Chinese or Japanese is a clause: count by pairs, and take length itself for richness.
        n = max(n, (unspaced + 1) // 2)
        rich = unspaced >= 20
    bits = _size(n) | _ending(low) | _letters(text, reading) | _marks(low, reading) | _markup(view.raw, text)
    if rich:
        bits |= _B["rich"]
    elif n >= 4 and function * 8 < n:
        bits |= _B["poor"]
    if bits & _B["stop"] and function * 6 >= n or rich and bits & _B["stop"]:
        if n >= 5:
            bits |= _B["sentence"]
        if n >= 12:
            bits |= _B["prose"]
        if n >= 40:
            bits |= _B["long-prose"]
    if n >= 8 and not reading.marks.isdisjoint(_INNER_STOP_MARKS) and _INNER_STOP.search(low):
        bits |= _B["two-sentences"]
    return bits
