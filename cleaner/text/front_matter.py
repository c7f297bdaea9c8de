"""Front matter: what stands above a text for the program that publishes it. It is no line of the article, and stays whole.

YAML between lines of `---` (Jekyll, Hugo, Pandoc), TOML between lines of `+++` (Hugo), keywords of Org (`#+TITLE:`) and field
lists of reStructuredText (`:date:`).
"""

from __future__ import annotations

from cleaner.text import patterns

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

# A block that has not ended after so many lines is none.
_LONGEST = 60
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_YAML = patterns.compiled(r"[\w.@-]{1,60} ?:(?:\s|$)|[\w.@\"'-]{1,60} ?=|\s*- |\s+\S|\s*#|\s*$|[\]}\[{]")
_KEYWORDS = (patterns.compiled(r"#\+[A-Za-z_]{2,30}:"), patterns.compiled(r":[A-Za-z][\w -]{1,30}:(?:\s|$)"))
# One such line may be anything.
_FEWEST = 2


def front_matter(raws: Sequence[str]) -> int:
    """How many of a document's first lines are its front matter; 0 if it has none.

    >>> front_matter(["---", "title: The bridge", "---", "", "It opened on Tuesday."])
    3
    """
    if not raws or not raws[0]:
        return 0
    if ends := _FENCES.get(raws[0].rstrip()):
        for n, raw in enumerate(raws[1:_LONGEST], 1):
            if raw.rstrip() in ends:
                return n + 1 if n > 1 else 0
            if not _YAML.match(raw):
                return 0
        return 0
    for keyword in _KEYWORDS if raws[0].startswith(("#+", ":")) else ():
        n = 0
        while n < len(raws) and keyword.match(raws[n]):
            n += 1
        if n >= _FEWEST:
            return n
    return 0
