"""When two lines count as the same: by what patterns see of them, numbers masked, punctuation and case aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from cleaner.text.view import View

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GAPS = re.compile(r"[\W_]+")


def masked(low: str) -> str:
    """The lower-cased view of a line without what varies: `12 comments` and `7 Comments:` are both `0 comments`.

    Empty for a line without letters: a number alone says nothing.
    """
    text = _folded(_DIGITS.sub("0", low))
    return text if any(map(str.isalpha, text)) else ""


def _folded(low: str) -> str:
    return _GAPS.sub(" ", low).strip()


def line_keys(site: str, lines: Iterable[str]) -> list[int | None]:
    """For each raw line a number (64 bits, signed) that stands for it on this site; None for one without letters.

    Two different lines share a number by chance once in 2**64.
    """
    key = _Keys(site)
    return [key(text) if (text := masked(View(line).low)) else None for line in lines]


class Keys:
    """The numbers (64 bits, signed) that stand for a document's lines on its site, and for each with the line beside it.

    Lines without letters have none, and are passed over where lines stand beside one another. The beginning and the end of
    a document are lines, too.

    Args:
        site: the document's site.
        lines: its raw lines.

    Attributes:
        lines: of each line its own number, or None.
        before, after: of each line that of the pair which it makes with the line before, or after; None where it has none.
        exact: of each line that of the line with its digits; its own number where it has no digits.
    """

    __slots__ = ("after", "before", "exact", "lines")

    def __init__(self, site: str, lines: Sequence[str]) -> None:
        key = _Keys(site)
        self.lines: list[int | None] = [None] * len(lines)
        self.before, self.after, self.exact = self.lines.copy(), self.lines.copy(), self.lines.copy()
        last, at = "", -1
        for i, line in enumerate(lines):
            low = View(line).low
            text = masked(low)
            if not text:
                continue
            self.lines[i] = key(text)
            full = _folded(low)
            self.exact[i] = self.lines[i] if full == text else key(f"\0{full}")
            self.before[i] = key(f"{last}\n{text}")
            if at >= 0:
                self.after[at] = self.before[i]
            last, at = text, i
        if at >= 0:
            self.after[at] = key(f"{last}\n")

    def all(self) -> set[int]:
        """Each of them once."""
        return {k for keys in (self.lines, self.before, self.after, self.exact) for k in keys if k is not None}


class _Keys:
    """Numbers for texts on one site."""

    def __init__(self, site: str) -> None:
        self._start = blake2b(site.encode("utf-8", "surrogatepass") + b"\0", digest_size=8)

    def __call__(self, text: str) -> int:
        digest = self._start.copy()
        digest.update(text.encode("utf-8", "surrogatepass"))
        return int.from_bytes(digest.digest(), "big", signed=True)


def page_key(page: str) -> int:
    """A number (64 bits, signed) for a page."""
    digest = blake2b(page.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)
