"""What is found of one line by its own text, remembered: menus, labels and copied paragraphs come again and again."""

from __future__ import annotations

from cleaner.matcher import Hits, Matcher
from cleaner.reading import Reading
from cleaner.signals import own_signals
from cleaner.view import View

# Characters of remembered lines, and of the longest that is: about 30 MB in all, whatever the corpus.
_MEMORY = 6_000_000
_LONGEST = 2_000


class Seen:
    """What a line is by itself, wherever it stands.

    Attributes:
        view: what patterns see of it.
        own: its own signals; 0 if nothing is to be seen.
        hits: where rules hit it.
    """

    __slots__ = ("hits", "own", "view")

    def __init__(self, raw: str, matcher: Matcher) -> None:
        view = self.view = View(raw)
        self.own = 0
        self.hits: Hits = ()
        if view.text:
            reading = Reading(view)
            self.own = own_signals(view, reading)
            self.hits = matcher.hits(view, self.own, reading)


class LineMemo(dict[str, Seen]):
    """Raw lines and what is found of them, made when first asked for (`memo[raw]`); forgets all when it is full."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__()
        self._matcher = matcher
        self._size = 0

    def __missing__(self, raw: str) -> Seen:
        seen = Seen(raw, self._matcher)
        if len(raw) <= _LONGEST:
            self._size += len(raw) + 100
            if self._size > _MEMORY:
                self.clear()
                self._size = len(raw) + 100
            self[raw] = seen
        return seen
