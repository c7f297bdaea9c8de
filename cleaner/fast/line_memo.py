"""What is found of one line by its own text, remembered: menus, labels and copied paragraphs come again and again."""

from __future__ import annotations

from cleaner.evidence.facts import Facts
from cleaner.fast.dispatch import FastMatcher
from cleaner.rules.matcher import Matcher

# Characters of remembered lines of one generation (there are two), and of the longest that is remembered. It bounds
# memory, whatever the corpus: a process that cleaned the 64 MB of the labelled set ended at 198 MB in all.
_MEMORY = 6_000_000
_LONGEST = 2_000


class LineMemo(dict[str, Facts]):
    """Raw lines and what is found of them, made when first asked for (`memo[raw]`).

    When it is full it is the older of two generations, from which lines that come again are taken over; those that do
    not are forgotten with the next.
    """

    def __init__(self, matcher: Matcher) -> None:
        super().__init__()
        self._matcher = matcher
        self._size = 0
        self._older: dict[str, Facts] = {}

    def __missing__(self, raw: str) -> Facts:
        seen = self._older.get(raw) or Facts(raw, self._matcher)
        size = len(raw)
        if size <= _LONGEST:
            self[raw] = seen
            self._grew(size + 100)
        return seen

    def all_facts(self, raws: list[str]) -> list[Facts]:
        """See `Ways.all_facts`: by one call of the core, where that looks at lines."""
        core = self._matcher.core if isinstance(self._matcher, FastMatcher) else None
        if core is None:
            return [self[raw] for raw in raws]
        found, size = core.facts(raws, self, self._older, _LONGEST)
        self._grew(size)
        return found

    def _grew(self, size: int) -> None:
        self._size += size
        if self._size > _MEMORY:
            self._older = dict(self)
            self.clear()
            self._size = 0
