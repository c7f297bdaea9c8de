"""What form rules say, remembered: equal to `cleaner.evidence.form_rules`. (The core, where there is one, sums by itself.)"""

from __future__ import annotations

from cleaner.evidence.form_rules import FormTable
from cleaner.light import Remembered
from cleaner.rules.rule import Rule

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable

# Distinct combinations of signals that are remembered; a corpus has some ten thousand.
_MEMORY = 200_000


class FastFormTable(FormTable):
    """See `FormTable`. Each answer is asked for every line, so the methods are the look-ups themselves."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        super().__init__(rules)
        self.sum = Remembered(super().sum, _MEMORY).__getitem__  # type: ignore[method-assign, assignment]
        self.most = Remembered(super().most, _MEMORY).__getitem__  # type: ignore[method-assign, assignment]
        self.reasons = Remembered(super().reasons, _MEMORY // 10).__getitem__  # type: ignore[method-assign, assignment]
