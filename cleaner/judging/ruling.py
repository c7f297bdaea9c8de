"""One line's verdict in the making, and what rules of form add to it."""

from __future__ import annotations

from cleaner.evidence.form_rules import WEIGHT, FormTable
from cleaner.rules.rule import Rule
from cleaner.text.signals import BITS

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE = BITS["page"]


class Ruling:
    """One line's verdict in the making: its score, and the rules behind it if it goes.

    Args:
        score: the sum of the evidence.
        told: the rules that hit it, heaviest first.
        form: what form rules say of which signals, if these speak too.
    """

    __slots__ = ("_form", "_told", "score")

    def __init__(self, score: float, told: Sequence[Rule], form: tuple[Sums, int] | None = None) -> None:
        self.score = score
        self._told, self._form = told, form

    @property
    def reasons(self) -> list[Rule]:
        """The rules behind it. Most rulings are replaced before anybody asks."""
        # A pattern tells a person more than a form does, whatever it weighs.
        return [*self._told, *(self._form[0].reasons(self._form[1]) if self._form else ())]


class Sums:
    """What form rules add to a line of one document: by so much as on a whole page as the document is one.

    Args:
        form: the rules.
        page: how much of a whole page the document is, 0 to 1.
    """

    def __init__(self, form: FormTable, page: float) -> None:
        self._form, self._page = form, page
        # Most documents are no whole page at all: there it is the table itself that is asked, for every line.
        if not page:
            self.sum = form.sum  # type: ignore[method-assign]
            self.most = form.most  # type: ignore[method-assign]

    def sum(self, bits: int) -> float:
        """What the rules add to a line with these signals."""
        whole = self._form.sum(bits | _PAGE)
        return whole if self._page == 1 else (1 - self._page) * self._form.sum(bits) + self._page * whole

    def most(self, bits: int) -> float:
        """The most that they could add once the line's neighbours are decided."""
        whole = self._form.most(bits | _PAGE)
        return whole if self._page == 1 else (1 - self._page) * self._form.most(bits) + self._page * whole

    def parts(self, bits: int) -> list[tuple[Rule, float]]:
        """What each rule that speaks adds to `sum`, in the order of the rules."""
        shares: dict[Rule, float] = {}
        for seen, share in ((bits | _PAGE, self._page), (bits, 1 - self._page)):
            for rule in self._form.speaking(seen) if share else ():
                shares[rule] = shares.get(rule, 0.0) + share
        return [(rule, rule.score * share) for rule, share in shares.items()]

    def reasons(self, bits: int) -> list[Rule]:
        """The rules that speak against it, heaviest first."""
        if not self._page:
            return self._form.reasons(bits)
        both = {**dict.fromkeys(self._form.reasons(bits | _PAGE)), **dict.fromkeys(self._form.reasons(bits))}
        return sorted(both, key=WEIGHT, reverse=True)
