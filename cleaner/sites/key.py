"""When two lines count as the same: by what patterns see of them, numbers masked, punctuation and case aside."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

from cleaner.text.view import View

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*")
_GAPS = re.compile(r"[\W_]+")


def masked(low: str) -> str:
    """The lower-cased view of a line without what varies: `12 comments` and `7 Comments:` are both `0 comments`.

    Empty for a line without letters: a number alone says nothing.
    """
    text = _GAPS.sub(" ", _DIGITS.sub("0", low)).strip()
    return text if any(map(str.isalpha, text)) else ""


def line_keys(site: str, lines: Iterable[str]) -> list[int | None]:
    """For each raw line a number (64 bits, signed) that stands for it on this site; None for one without letters.

    Two different lines share a number by chance once in 2**64.
    """
    start = blake2b(site.encode("utf-8", "surrogatepass") + b"\0", digest_size=8)
    out: list[int | None] = []
    for line in lines:
        text = masked(View(line).low)
        if text:
            digest = start.copy()
            digest.update(text.encode("utf-8", "surrogatepass"))
            out.append(int.from_bytes(digest.digest(), "big", signed=True))
        else:
            out.append(None)
    return out


def page_key(page: str) -> int:
    """A number (64 bits, signed) for a page."""
    digest = blake2b(page.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)
