"""Records: lines of one make, each with another text. They are a list that the document holds, not furniture it has once.

A page has its byline, its dateline, its address once, or the same one again and again. Where one rule hits many lines that
differ (a programme, a directory, a calendar, a reading list), it has found the make of a list's items, and says nothing of
them. Measured: rules that hit more than eight times in one extract of sites that nobody tuned for took 1,003 lines of body
and 615 of boilerplate.
"""

from __future__ import annotations

from itertools import pairwise

from cleaner.evidence.state import State
from cleaner.rules.rule import Rule

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# So many hits with different texts make a list, if they come in as many runs: right after one another each is one of its
# own, unless what other kinds of rules hit stands beside.
LIST = 4
# So many of one make right after one another are a list whatever stands around, if nearly all of them differ.
STRETCH, DIFFERENT = 8, 0.9
# A text that makes up more than this share of the hits is furniture that repeats.
REPEATED = 0.25
# Lines around a record, on each side, of which this many in all are hit by rules of other kinds: it stands among furniture.
AROUND, MANY = 3, 4
# What of other kinds stands within so many lines parts runs no more: they are all furniture.
BESIDE = 2
# Lines around a record, on each side, and how many of them other kinds of rules take for sure: the same from further off.
FAR, LOUD = 10, 4
# With so many of these in the document, what stands before or after all sentences is furniture.
FURNISHED = 2
# Lines between two records so near to one another belong to the list.
APART = 3
# Labels under which lists are furniture, until the next paragraph.
LABELS = {"promo", "comment", "nav"}
# Kinds that speak of the page around a text. What several of their rules know for sure is the page's labels and buttons, not
# the items of a list, however many of them stand about; one rule alone may still have found the make of such items.
PAGE = {"promo", "comment", "nav", "share", "site", "ui"}


class Records:
    """The lists of one state of a document.

    Attributes:
        void: by line, the rules that say nothing of it.
        closed: lines of lists, and lines between them, that weak evidence may not take.
    """

    __slots__ = ("closed", "void")

    def __init__(
        self, state: State, hits: Mapping[int, Sequence[Rule]], elsewhere: Mapping[int, Sequence[Rule]]
    ) -> None:
        """Find them.

        Args:
            state: the document as it stands.
            hits: the rules that hit each line where it stands, those that take a line alone or open a block, speak
                against it, and have a pattern.
            elsewhere: those that would speak against it, in another zone of the document. They make a list too, or one that ends in
                the tail would be eaten up to its beginning, record by record, as the tail comes nearer.
        """
        self.void: dict[int, set[Rule]] = {}
        self.closed: set[int] = set()
        if sum(map(len, [*hits.values(), *elsewhere.values()])) < LIST or not hits:
            return
        kinds = {i: {rule.category for rule in hits[i]} for i in sorted(hits)}
        below: set[int] | None = None
        beside = _Beside(state, kinds)
        # The largest first: what is a record already is no furniture that the next would stand among.
        for make in _makes(hits, elsewhere):
            if below is None:
                below = _below_labels(state, hits)
            category = next(iter(make.rules)).category
            listed = _listed(state, make.lines, beside.of(category), below)
            if len(make.rules) > 1 and category in PAGE:
                listed = [i for i in listed if not any(r.sure and r.category == category for r in hits.get(i, ()))]
            if not listed:
                continue
            beside.without(listed)
            for i in listed:
                if i in hits:
                    self.void.setdefault(i, set()).update(rule for rule in make.rules if rule in hits[i])
            self.closed.update(listed)
            for one, next_ in pairwise(listed):
                if next_ - one <= APART:
                    self.closed.update(i for i in range(one, next_) if i not in hits)

    def __bool__(self) -> bool:
        return bool(self.void)


class _Beside:
    """What rules of other kinds hit around a line. Asked line by line, so that many makes cost no more than few.

    Args:
        state: the document as it stands.
        kinds: the categories of the rules that hit each line.
    """

    def __init__(self, state: State, kinds: Mapping[int, set[str]]) -> None:
        self._kinds = dict(kinds)
        self._loud = {i for i in kinds if state.lines[i].facts.sure}
        from collections import Counter  # late: the core counts without

        self._counts = Counter(kind for i in self._loud for kind in kinds[i])
        self._own = ""

    def of(self, category: str) -> _Beside:
        """The same, as rules of this category see it: what hits lines with them is none of the others."""
        self._own = category
        return self

    def without(self, lines: Sequence[int]) -> None:
        """Forget lines: they are records, and no furniture."""
        for i in lines:
            kinds = self._kinds.pop(i, ())
            if i in self._loud:
                self._loud.remove(i)
                self._counts.subtract(kinds)

    @property
    def loud(self) -> int:
        """How many lines of the document others take for sure."""
        return len(self._loud) - self._counts[self._own]

    def near(self, i: int, reach: int, loud: bool = False) -> int:
        """How many lines within `reach` of line `i` others hit; with `loud`, take for sure."""
        kinds, own = self._kinds, self._own
        return sum(
            own not in kinds[k] for k in range(i - reach, i + reach + 1) if k in kinds and (not loud or k in self._loud)
        )


class _Make:
    """Rules of one make, and the lines that they hit.

    Attributes:
        rules: one rule, or several of one category.
        lines: those that they hit, in order.
        standing: how many of them they hit where the rules stand.
    """

    __slots__ = ("lines", "rules", "standing")

    def __init__(self) -> None:
        self.rules: dict[Rule, None] = {}
        self.lines: list[int] = []
        self.standing = 0

    def add(self, rule: Rule, i: int, stands: bool) -> None:
        """The rule hits line `i`; those that stand there come first."""
        self.rules[rule] = None
        if not self.lines or self.lines[-1] != i:
            self.lines.append(i)
            self.standing += stands


def _makes(hits: Mapping[int, Sequence[Rule]], elsewhere: Mapping[int, Sequence[Rule]]) -> list[_Make]:
    """Each rule, and each category of several rules, where their lines may be a list; those that stand on most lines first."""
    by_rule: dict[Rule, _Make] = {}
    by_category: dict[str, _Make] = {}
    for i in sorted({*hits, *elsewhere}):
        standing = hits.get(i, ())
        for k, rule in enumerate((*standing, *elsewhere.get(i, ()))):
            by_rule.setdefault(rule, _Make()).add(rule, i, k < len(standing))
            by_category.setdefault(rule.category, _Make()).add(rule, i, k < len(standing))
    several = [make for make in by_category.values() if len(make.rules) > 1]
    makes = [make for make in (*by_rule.values(), *several) if len(make.lines) >= LIST]
    return sorted(makes, key=lambda make: -make.standing)


def _listed(state: State, lines: list[int], beside: _Beside, below: set[int]) -> list[int]:
    """Those of `lines`, which rules of one make hit, that are records of a list; empty if there is none."""
    shown = state.lines
    first, last = state.prose
    furnished = beside.loud >= FURNISHED
    texts = {i: shown[i].facts.low for i in lines}
    from collections import Counter

    counts = Counter(texts.values())
    most = max(1, REPEATED * len(lines))
    records = [
        i
        for i in lines
        if i not in below
        and (first < i < last or not furnished)
        and not shown[i].repeats
        and (counts[texts[i]] == 1 or counts[texts[i]] <= most)
        and (not beside.loud or beside.near(i, FAR, loud=True) < LOUD)
    ]
    if len(records) < LIST:
        return []
    stretched = _stretched(records, texts)
    spread = [i for i in records if beside.near(i, AROUND) < MANY]
    runs = 0
    before = -1
    seen: set[str] = set()
    for i in spread:
        if i != before + 1 or not beside.near(i, BESIDE):
            runs += 1
        before = i
        seen.add(texts[i])
    found = set(stretched)
    if runs >= LIST and len(seen) >= LIST:
        found.update(spread)
    return sorted(found)


def _stretched(records: list[int], texts: Mapping[int, str]) -> set[int]:
    """The records in stretches that are lists by themselves: long, with gaps of one line at most, nearly all different."""
    found: set[int] = set()
    stretch: list[int] = []
    for i in [*records, -9]:
        if stretch and i - stretch[-1] not in (1, 2):
            if len(stretch) >= STRETCH and len({texts[k] for k in stretch}) >= DIFFERENT * len(stretch):
                found.update(stretch)
            stretch = []
        stretch.append(i)
    return found


def _below_labels(state: State, hits: Mapping[int, Sequence[Rule]]) -> set[int]:
    """The lines below a sure label of links, comments or menus, up to the next paragraph."""
    out: set[int] = set()
    open_ = False
    for i in range(len(state.lines)):
        if open_ and state.is_sentence(i):
            open_ = False
        elif open_:
            out.add(i)
        if any(rule.sure and rule.category in LABELS and (rule.reaching or not open_) for rule in hits.get(i, ())):
            open_ = True
    return out
