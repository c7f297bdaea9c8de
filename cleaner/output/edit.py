"""An edit: a verdict carried out."""

from __future__ import annotations

from cleaner.judging.verdict import Action
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final, Protocol, TypeVar

    class _OfLine(Protocol):
        @property
        def line(self) -> int: ...

    _T = TypeVar("_T", bound=_OfLine)


class Edit(Value):
    """One thing taken out of a document.

    Attributes:
        line: number of the input line, from 1.
        start, end: the span taken out, as offsets in characters of the input text. A dropped line includes its
            line feed.
        removed: the text taken out.
        action: `drop` for a whole line (a blank line that went with its neighbour too), `cut` for a span.
        rule: full id of the rule to name first (with a pattern if any, then the heaviest), such as `promo/en/also-like`.
        category: its category, such as `promo`.
        score: the sum of the evidence.
        rules: full ids of all rules that spoke, in that order.
        saw: what was seen of a line that goes by its form alone ("a short line between two menus"); empty where a pattern
            speaks.
    """

    __match_args__ = ("line", "start", "end", "removed", "action", "rule", "category", "score", "rules", "saw")
    __slots__ = __match_args__

    def __init__(
        self,
        line: int,
        start: int,
        end: int,
        removed: str,
        action: Action,
        rule: str,
        category: str,
        score: float,
        rules: tuple[str, ...],
        saw: str = "",
    ) -> None:
        self.line: Final = line
        self.start: Final = start
        self.end: Final = end
        self.removed: Final = removed
        self.action: Final = action
        self.rule: Final = rule
        self.category: Final = category
        self.score: Final = score
        self.rules: Final = rules
        self.saw: Final = saw

    @property
    def reason(self) -> str:
        """What to call what decided: what was seen of the line, if its form alone did, else the rule."""
        return self.saw or self.rule


def by_line(edits: Iterable[_T]) -> dict[int, list[_T]]:
    """Edits, or what was read back of them, by the number of their line."""
    found: dict[int, list[_T]] = {}
    for edit in edits:
        found.setdefault(edit.line, []).append(edit)
    return found
