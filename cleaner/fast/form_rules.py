"""Form rules summed by the core, or by look-up where there is none: equal to `cleaner.evidence.form_rules`."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.evidence.form_rules import FormTable
from cleaner.fast import binding
from cleaner.fast.remembered import Remembered
from cleaner.rules.rule import Rule
from cleaner.text.signals import CONTEXT_MASK

# Distinct combinations of signals that are remembered; a corpus has some ten thousand.
_MEMORY = 200_000


class FastFormTable(FormTable):
    """See `FormTable`. Each answer is asked for every line, so the methods are the look-ups themselves."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__(rules)
        made = binding.forms(self.facts, CONTEXT_MASK)
        self.sum = made.sum if made else Remembered(super().sum, _MEMORY).__getitem__  # type: ignore[method-assign, assignment]
        self.most = made.most if made else Remembered(super().most, _MEMORY).__getitem__  # type: ignore[method-assign, assignment]
        if made:
            self.holding = made.holding  # type: ignore[method-assign]
        self.reasons = Remembered(super().reasons, _MEMORY // 10).__getitem__  # type: ignore[method-assign, assignment]
