"""What a matcher is, and the naive one: every rule on every line. It is the definition of right for any faster one."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.rules.rule import Rule
from cleaner.text.reading import Reading
from cleaner.text.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

Hit = tuple[Rule, int, int]
Hits = Sequence[Hit]
# View, view in lower case, own signals, words, words if it is a sentence (else 0), content words, hits.
Look = tuple[str, str, int, int, int, tuple[str, ...], Hits]


class Matcher:
    """Finds where rules hit a line, by the line's own text alone."""

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """Where rules hit one line, in the order of the rules.

        Args:
            view: the line.
            own: its own signals, if they are at hand.
            reading: what was read off it, if that is at hand.

        Returns (rule, start, end), with offsets in characters of `view.text`.
        """
        raise NotImplementedError

    def look(self, raw: str) -> Look | None:
        """All that is found of a raw line at once, if there is a quicker way than one after the other."""
        del raw
        return None


class NaiveMatcher(Matcher):
    """Every rule with a pattern, on every line."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = [r for r in rules if r.match]

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        del own, reading  # each rule sees for itself
        return [(rule, start, end) for rule in self.rules for start, end in rule.hits(view)]


class Joined(Matcher):
    """Several matchers as one; of what they find only the hits of chosen rules.

    Args:
        matchers: asked in this order.
        chosen: the rules whose hits count.
    """

    def __init__(self, matchers: Sequence[Matcher], chosen: Iterable[Rule]) -> None:
        self._matchers, self._chosen = matchers, frozenset(chosen)

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        return [hit for matcher in self._matchers for hit in matcher.hits(view, own, reading) if hit[0] in self._chosen]

    def look(self, raw: str) -> Look | None:
        """See `Matcher.look`: as the first of them does."""
        looked = self._matchers[0].look(raw) if self._matchers else None
        if looked is None:
            return None
        text, low, own, words, said, content, first = looked
        view = View.of(raw, text, low)
        others = [hit for matcher in self._matchers[1:] for hit in matcher.hits(view, own)]
        hits = tuple(hit for hit in (*first, *others) if hit[0] in self._chosen)
        return text, low, own, words, said, content, hits
