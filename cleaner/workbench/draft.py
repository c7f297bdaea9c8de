"""From a line that was left in to a rule that takes it and its like: pattern, category, examples, for a person to read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import regex

from cleaner.errors import ConfigError
from cleaner.output.saw import NAMES
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Rule
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.language import languages_of
from cleaner.text.view import View
from cleaner.text.words import count_words

# A label before a colon, a bar or a dash has at most so many words; what follows it changes from page to page.
_LABEL_WORDS = 5
_LABEL = re.compile(r"^(?P<label>[^:|]{2,40}?)(?P<mark> ?: | \| )(?P<rest>\S.*)$")
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['.-][^\W\d_]+)*|[^\w]+|_")
_WORDS = re.compile(r"[a-z0-9]+")
# A line of more words than this is told by its first ones; others that begin so may be longer by some.
_LONG_WORDS, _FIRST_WORDS, _MORE_WORDS = 14, 8, 10
# Nor is more than this of it (characters) told, where nothing parts the words, or one has no end.
_LONG, _FIRST = 200, 40
_NAME = "[^.!?]{1,40}"
# Languages in which every noun has a capital: there it tells of no name.
_NOUNS = frozenset({"de"})
_NUMBER = r"\d{1,12}"
# A line of fewer letters is no phrase.
_LEAST_OF_LINE = 3
# What must be left of a pattern beside names and numbers, in letters.
_LEAST_LETTERS = 8
_OTHER_NAME, _OTHER_NUMBER, _OTHER_TITLE = "Elswick Harbour", "17", "Storm closes the harbour road"
# Words of the notice's kind, where no known rule is like it.
_CUES = {
    "newsletter": ("newsletter", "subscribe", "inbox", "sign up"),
    "share": ("follow", "share", "facebook", "mastodon", "twitter", "whatsapp"),
    "promo": ("read more", "related", "more stories", "also read", "recommended", "watch"),
    "cookie": ("cookie", "consent"),
    "paywall": ("log in", "subscriber", "free trial", "unlock"),
    "comment": ("comment", "reply"),
    "legal": ("copyright", "all rights", "terms of"),
    "ad": ("advertis", "sponsor", "promoted", "coupon", "deal"),
    "byline": ("written by", "reporter", "correspondent"),
    "dateline": ("published", "updated", "posted on"),
    "credit": ("photo", "picture:", "credit"),
    "contact": ("contact", "call us", "e-mail us"),
    "tag": ("tags", "topics", "filed under"),
    "nav": ("menu", "home", "skip to", "back to top", "next article", "previous"),
    "ui": ("loading", "click here", "close this"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule to begin from.

    Attributes:
        category, language: those of its pack.
        entry: its keys as a pack writes them.
        guess: the category that the line looks like.
    """

    category: str
    language: str
    entry: dict[str, Any]
    guess: str


def draft(
    line: str,
    prose: Sequence[str] = (),
    alike: Iterable[Rule] = (),
    beside: Collection[str] = (),
    category: str | None = None,
    language: str = "en",
    name: str | None = None,
    taken: Collection[str] = (),
) -> Draft:
    """A rule that takes `line` and its like.

    Args:
        line: the line as it came.
        prose: sentences of its text, of which the nearest that must stay is taken as an example.
        alike: rules that come close to it, the closest first: the first gives the category.
        beside: the categories of what goes beside it.
        category, language, name: what the person said; the category and the name are guessed where they did not.
        taken: names that other rules have.

    Raises:
        ConfigError: nothing can be drafted from such a line, or in such a category.
    """
    view = View(line)
    if len(view.text) > MAX_LINE:
        raise ConfigError(
            f"a line of more than {MAX_LINE} characters is seen by no pattern: no rule can be drafted from it"
        )
    if not _enough(view):
        raise ConfigError(f"{line.strip()!r} has too few letters to draft a rule from")
    label = _label(view)
    pattern, other, bound = _pattern(view, label)
    guess = _category(view, alike, beside)
    category = category or guess
    if category not in NAMES:
        raise ConfigError(
            f"a rule of {category!r} cannot be drafted from a line: 'cleaner rules new {category}/{language}/NAME'"
        )
    entry: dict[str, Any] = {
        "id": name or rule_name(label["label"].lower() if label else view.low, taken),
        "why": f"{_capital(NAMES[category][0])} is no part of the text.",
        "match": pattern,
    }
    if bound:
        entry["max_words"] = bound
    entry["drop"] = [view.text, other]
    entry["keep"] = [_keep(view, pattern, prose)]
    return Draft(category, language, entry, guess)


def drafted_pattern(line: str) -> str:
    """The pattern that a draft from `line` would begin with; empty where nothing can be drafted."""
    view = View(line)
    return _pattern(view, _label(view))[0] if _enough(view) else ""


def _enough(view: View) -> bool:
    return len(view.low) <= MAX_LINE and _letters(view.low) >= _LEAST_OF_LINE


def _label(view: View) -> re.Match[str] | None:
    """What stands before a colon or a bar and is short enough to be what such lines have in common."""
    label = _LABEL.match(view.text)
    return label if label and count_words(label["label"]) <= _LABEL_WORDS and _letters(label["label"]) >= 3 else None


def _pattern(view: View, label: re.Match[str] | None) -> tuple[str, str, int | None]:
    """A pattern that hits the view, another line that it hits, and how many words such lines may have (None: no bound)."""
    bound: int | None
    if label:
        start, other = _generalised(label["label"], names=False)
        mark = " ?: ?" if ":" in label["mark"] else r" \| "
        bound = max(12, count_words(view.text) + 6)
        return f"^{start}{mark}", f"{other}{label['mark']}{_OTHER_TITLE}", bound
    begun = _beginning(view.text)
    cut = re.match(r"\w\w", view.text[len(begun) - 1 :]) is not None
    end = "$" if begun == view.text else "" if cut else r"\b"
    bound = None if begun == view.text else count_words(view.text) + _MORE_WORDS
    for names in (False,) if _NOUNS & languages_of(view.low) else (True, False):
        pattern, other = _generalised(begun, names)
        pattern, other = f"^{pattern}{end}", other + view.text[len(begun) :]
        if all(regex.search(pattern, View(text).low) for text in (view.text, other)):
            break
    return pattern, f"* {other}" if other == view.text else other, bound


def _beginning(text: str) -> str:
    """The text, of a long one its first words: the whole of it would stand nowhere else."""
    words = list(islice(re.finditer(r"[^\W_]+", text), _LONG_WORDS + 1))
    begun = text if len(words) <= _LONG_WORDS else text[: words[_FIRST_WORDS - 1].end()]
    return begun if len(begun) <= _LONG else begun[:_FIRST].rstrip()


def _generalised(text: str, names: bool) -> tuple[str, str]:
    """The text as a pattern with any numbers (and names) in place of its own, and the text with others."""
    tokens = _TOKEN.findall(text)
    chosen = _names(tokens) if names else set()
    if _letters("".join(t for i, t in enumerate(tokens) if i not in chosen)) < _LEAST_LETTERS:
        chosen = set()
    pattern, other = [], []
    for i, token in enumerate(tokens):
        if i in chosen:
            if i - 1 in chosen:
                continue
            pattern.append(_NAME)
            other.append(_OTHER_NAME)
        elif token.isdecimal():
            pattern.append(_NUMBER)
            other.append(_OTHER_NUMBER)
        else:
            pattern.append(regex.escape(token.lower(), special_only=True, literal_spaces=True).replace("\\-", "-"))
            other.append(token)
    return "".join(pattern), "".join(other)


def _names(tokens: Sequence[str]) -> set[int]:
    """The places of words that look like names: capitals inside a line that has words without, two wide gaps at most."""
    words = [i for i, t in enumerate(tokens) if t[0].isalpha()]
    small = [i for i in words if tokens[i].islower()]
    if not words or 2 * len(small) < len(words) - 1:
        return set()
    found = {i for i in words[1:] if tokens[i][0].isupper() and tokens[i].lower() not in FUNCTION_WORDS}
    found |= {i for i in range(1, len(tokens) - 1) if tokens[i] == " " and {i - 1, i + 1} <= found}
    starts = sorted(i for i in found if i - 1 not in found)
    if len(starts) > 2:
        last = starts[2]
        found = {i for i in found if i < last}
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def _category(view: View, alike: Iterable[Rule], beside: Collection[str]) -> str:
    cued = {c: max((len(cue) for cue in cues if cue in view.low), default=0) for c, cues in _CUES.items()}
    best = max(cued, key=lambda c: cued[c])
    if cued[best]:
        return best
    known = [rule.category for rule in alike] + list(beside)
    return next((c for c in known if c not in ("shape", "prose")), "site")


def _keep(view: View, pattern: str, prose: Sequence[str]) -> str:
    """A line that looks like it and must stay."""
    words = {w for w in view.low.split() if len(w) > 3}
    fitting = [
        text for text in prose if not regex.search(pattern, View(text).low) and words & set(View(text).low.split())
    ]
    best = max(fitting, key=lambda text: len(words & set(View(text).low.split())), default=None)
    return best or f'The sign on the wall said "{view.text.rstrip(".")}", and he went on.'


def pattern_of(form: str) -> str:
    """An anchored pattern that hits the view `form`, with any numbers in place of its own."""
    return f"^{_generalised(View(form).low, names=False)[0]}$"


def rule_name(low: str, taken: Collection[str] = ()) -> str:
    """A rule's name from the first words of a line in small letters, without their accents, with a number if it is among those `taken`."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    words = [w for w in _WORDS.findall(bare) if len(w) < 20 and not w.isdecimal()]
    base = "-".join(words[:4]) or "line"
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base}-{n}"
    return name
