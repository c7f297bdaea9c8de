"""The fast matcher: looks at how a line begins and which words it holds, and tries only the patterns that fit.

What it finds is what `NaiveMatcher` finds; the gates of `cleaner.fast.gates` only spare patterns that cannot hit.
"""

from __future__ import annotations

from cleaner.light import cached_property
from cleaner.rules import pattern
from cleaner.rules.matcher import Matcher
from cleaner.rules.pattern import MAX_LINE
from cleaner.rules.rule import Scope
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.signals import OWN_MASK
from cleaner.text.view import View

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from cleaner.evidence.facts import Facts
    from cleaner.fast.binding import Looker as CoreLooker
    from cleaner.fast.candidates import Candidates
    from cleaner.fast.lookup import Entries
    from cleaner.fast.packed import Packed
    from cleaner.rules.matcher import Hit, Hits, Look
    from cleaner.rules.rule import Rule

    # The rule of an entry, its place among all before it; the programs of its `unless` (None: ask the rule) and, if it cuts spans, of all
    # its patterns; and which own signals it asks for and forbids.
    Rest = tuple[int, Rule, tuple[int, ...] | None, tuple[int, ...], int, int]
    # A pattern as `re` searches it (None: ask the rule), whether in the text as cased, and the rule's place.
    _Try = tuple[Callable[[str], re.Match[str] | None] | None, bool, int]


class FastMatcher(Matcher):
    """Finds what `NaiveMatcher` finds, without trying every rule.

    Args:
        rules: the rules that have patterns, in the order of `entries`. Only those that may hit are looked at.
        entries: all their patterns.
        candidates: makes what tells which patterns are worth trying on a line, once a line is looked at without the core.
        packed: gives the same as the core wants it, where there is one.
        programs: gives the number of each entry's program (32 bits), and the programs, where there are any.
        numbers: those of the patterns of rules that were made, by source and case.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        entries: Entries,
        candidates: Callable[[], Candidates],
        packed: Callable[[], Packed],
        programs: Callable[[], tuple[bytes, Packed] | None] = lambda: None,
        numbers: Mapping[tuple[str, bool], int] | None = None,
    ) -> None:
        self.rules = rules
        self._entries = entries
        self._make_candidates = candidates
        self._packed = packed
        self._programs, self._numbers = programs, {} if numbers is None else numbers
        self._tries: list[_Try | None] = [None] * len(entries)
        self._candidates: Candidates | None = None

    @cached_property
    def core(self) -> CoreLooker | None:
        """What looks at lines by the compiled core; None if there is none."""
        from cleaner.fast import binding  # late: what makes rules ready has no use for it

        return binding.looker(self._packed, len(self._entries), self._programs, self._rest, self._asked, self._facts)

    def look(self, raw: str) -> Look | None:
        """See `Matcher.look`: by the compiled core, where there is one."""
        return self.core.look(raw) if self.core else None

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        low, text = view.low, view.text
        if not low or len(low) > MAX_LINE:
            return ()
        from cleaner.fast.standard_re import fits  # late: the core does without

        if reading is None:
            reading = Reading(view)
        if self._candidates is None:
            self._candidates = self._make_candidates()
        numbers = self._candidates.of(reading, len(low))
        if not numbers:
            return ()
        # By pattern in `re`: whether it reads the text (lower-cased, cased) as `regex` does. ASCII is read alike.
        alike: list[bool | None] = [low.isascii() or None, text.isascii() or None]
        hits: list[Hit] = []
        tries = self._tries
        done = -1  # the rule that the last hit is of: one of its patterns is enough
        for number in numbers:
            known = tries[number]
            if known is None:
                known = tries[number] = self._try(number)
            search, case, r = known
            if r == done:
                continue
            span = None
            if search is not None:
                good = alike[case]
                if good is None:
                    good = alike[case] = fits(text if case else low)
                if good:
                    hit = search(text if case else low)
                    if hit is None:
                        continue
                    span = hit.span()
            if own is None:
                own = own_signals(view, reading)
            spans = self._hit(number, span, view, own, reading.count)
            if spans:
                done = r
                rule = self.rules[r]
                hits += [(rule, a, b) for a, b in spans]
        return tuple(hits)

    def _hit(
        self, number: int, span: tuple[int, int] | None, view: View, own: int, words: int
    ) -> list[tuple[int, int]]:
        """Where the rule of an entry hits. `span`: where its pattern does; None if that is not known."""
        r, p, _, _, fewest, many = self._entries[number][:6]
        rule: Rule = self.rules[r]
        if rule.scope is Scope.SPAN:
            return rule.hits(view, lambda _: words, None, own)
        if span is None:
            return rule.hits(view, lambda _: words, [rule.match[p]], own)
        if not fewest <= words <= many or rule.when.names and not rule.when.own_hold(own):
            return []
        return [] if rule.unless and rule.spared(view.text if rule.case else view.low) else [span]

    def _rest(self, number: int) -> Rest:
        r = self._entries[number][0]
        rule = self.rules[r]
        numbers = self._numbers
        if not numbers:
            return r, rule, None, (), 0, 0
        spare = tuple([numbers[p, rule.case] for p in rule.unless])
        cut = tuple([numbers[p, rule.case] for p in rule.match]) if rule.scope is Scope.SPAN else ()
        return r, rule, spare, cut, rule.must & OWN_MASK, rule.never & OWN_MASK

    def _asked(self, number: int, raw: str, text: str, low: str, own: int, words: int) -> list[tuple[int, int]]:
        """Where the rule of an entry hits, as it says itself."""
        return self._hit(number, None, View.of(raw, text, low), own, words)

    def _facts(self, raw: str) -> Facts:
        """What is found of a line that the core leaves to Python."""
        from cleaner.evidence.facts import Facts  # late: what makes rules ready has no say in it

        return Facts(raw, self)

    def _try(self, number: int) -> _Try:
        r, p = self._entries[number][:2]
        rule = self.rules[r]
        quick = pattern.quick(rule.match[p], rule.case)
        return quick[0].search if quick else None, rule.case, r
