"""What a walk leaves out because nothing says how to read it: counted by suffix, so that it can be told."""

from __future__ import annotations

import re
from collections import Counter

from cleaner.formats import packing_of
from cleaner.formats.html import PAGE_SUFFIXES

# So many suffixes are told, and so many are counted apart: names may end in anything.
_TOLD = 8
_APART = 1000
_SUFFIX = re.compile(r"\.[\w~+-]{1,12}\Z")
OTHER = "of other names"
# What makes texts of the kinds that people have most.
_TOOLS = {
    **dict.fromkeys(PAGE_SUFFIXES, "--format html"),
    ".pdf": "pdftotext",
    ".docx": "pandoc",
    ".odt": "pandoc",
    ".epub": "pandoc",
    ".rtf": "pandoc",
    ".zip": "unzip",
    ".tar": "tar",
}


class LeftOut:
    """Counts files that were left out for their suffix; those that a user's own patterns leave out are none.

    Attributes:
        suffixes: how many, by lower-case suffix (with that of a packing, `.html.gz`), or `OTHER`.
    """

    def __init__(self) -> None:
        self.suffixes: Counter[str] = Counter()

    def add(self, name: str) -> None:
        """Count the file called `name`."""
        suffix = suffix_of(name)
        known = suffix in self.suffixes or len(self.suffixes) < _APART
        self.suffixes[suffix if known else OTHER] += 1

    def __str__(self) -> str:
        """How many, by suffix, and what helps, as one line; empty if there are none."""
        if not self.suffixes:
            return ""
        count = self.suffixes.total()
        most = self.suffixes.most_common(_TOLD)
        parts = [f"{n:,} {suffix}{_helped(suffix)}" for suffix, n in most]
        if rest := count - sum(n for _, n in most):
            parts.append(f"{rest:,} more")
        files = "1 file was" if count == 1 else f"{count:,} files were"
        return f"{files} left out by suffix: {', '.join(parts)}; --include GLOB takes those that are texts"


def suffix_of(name: str) -> str:
    """The suffix that says what the file called `name` holds, in lower case; `OTHER` if it is none that one would know.

    >>> suffix_of("a/Page.HTML.gz")
    '.html.gz'
    """
    name = name.lower()
    _, stem = packing_of(name)
    found = _SUFFIX.search(stem)
    return found[0] + name[len(stem) :] if found else OTHER


def _helped(suffix: str) -> str:
    tool = next((tool for end, tool in _TOOLS.items() if suffix == end or suffix.startswith(f"{end}.")), "")
    return f" ({tool})" if tool else ""
