"""The result of cleaning one document: the body, the edits and the figures, all views of the verdicts."""

from __future__ import annotations

from array import array
from itertools import islice, pairwise

from cleaner.judging.verdict import Action, Verdict
from cleaner.light import cached_property
from cleaner.output.edit import Edit
from cleaner.output.pairs import Named, Pairs
from cleaner.text.words import count_words

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# A text of fewer characters has places that four bytes hold.
_LONG = 1 << 32


class Result:
    """What cleaning gave.

    Attributes:
        name: the document's name, for diffs and reports.
        text: the input, as it came.
        verdicts: one for each line of `text.split("\\n")`.
        guarded: whether weak evidence was set aside because it would have taken too large a share of the words.
        stopped: why the text is left as it is, if it would cost more than a text may; else empty.
    """

    def __init__(
        self, name: str, text: str, verdicts: Sequence[Verdict], guarded: bool = False, stopped: str = ""
    ) -> None:
        self.name, self.text, self.verdicts, self.guarded = name, text, tuple(verdicts), guarded
        self.stopped = stopped

    @cached_property
    def lines(self) -> tuple[tuple[str, str | None], ...]:
        """Each input line with its ending, and what is left of it: the same text, less, or None if it goes."""
        return tuple(self._pairs)

    @property
    def _pairs(self) -> Pairs:
        """The same, each made when it is asked for."""
        return Pairs(self.text, self._starts, self.verdicts)

    @cached_property
    def _starts(self) -> array[int]:
        """Where each line begins, and where the last one ends."""
        starts = array("I" if len(self.text) < _LONG else "Q", [0])
        at = self.text.find("\n") + 1
        while at:
            starts.append(at)
            at = self.text.find("\n", at) + 1
        starts.append(len(self.text))
        return starts

    @cached_property
    def body(self) -> str:
        """The text that stays: the input's lines in order, to the byte, without what the edits took."""
        if not self.changed:
            return self.text
        starts, pairs = self._starts, self._pairs
        pieces = []
        kept_from = 0
        for i, verdict in enumerate(self.verdicts):
            if verdict.action is not Action.KEEP:
                pieces.append(self.text[kept_from : starts[i]])
                if verdict.action is Action.CUT:
                    pieces.append(pairs[i][1] or "")
                kept_from = starts[i + 1]
        return "".join([*pieces, self.text[kept_from:]])

    @cached_property
    def changed(self) -> bool:
        """Whether anything was taken out."""
        return any(v.action is not Action.KEEP for v in self.verdicts)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What was taken out, in order of the text."""
        return tuple(_edit(i + 1, a, b, removed, self.verdicts[i], self._saw(i)) for i, a, b, removed in self._taken())

    @cached_property
    def words_removed(self) -> dict[str, int]:
        """Words taken out, by category, most first."""
        from collections import Counter

        counts: Counter[str] = Counter()
        for i, _, _, removed in self._taken():
            counts[self.verdicts[i].reasons[0].category] += count_words(removed)
        return {category: n for category, n in counts.most_common() if n}

    @cached_property
    def statistics(self) -> dict[str, int]:
        """Counts: `lines`, `lines_removed`, `spans_cut`, `words`, `words_removed`."""
        from collections import Counter

        actions = Counter(self.verdicts[i].action for i, *_ in self._taken())
        return {
            "lines": len(self._pairs),
            "lines_removed": actions[Action.DROP],
            "spans_cut": actions[Action.CUT],
            "words": count_words(self.text),
            "words_removed": sum(self.words_removed.values()),
        }

    def _taken(self) -> Iterator[tuple[int, int, int, str]]:
        """What was taken out, in order: the line's index, the span in the text, and what stood there."""
        starts = self._starts
        for i, verdict in enumerate(islice(self.verdicts, len(self._pairs))):
            if verdict.action is not Action.KEEP:
                at, end = starts[i], starts[i + 1]
                for a, b in verdict.cuts if verdict.action is Action.CUT else ((0, end - at),):
                    yield i, at + a, at + b, self.text[at + a : at + b]

    @cached_property
    def _blank(self) -> bytearray:
        return bytearray(not self.text[a:b].strip() for a, b in pairwise(self._starts))

    def _saw(self, i: int) -> str:
        """What was seen of a line that goes by its form alone; empty for any other, and for blank ones beside it."""
        from cleaner.output.saw import by_form_alone, saw  # late: many a run shows no edit

        if self._blank[i] or not by_form_alone(self.verdicts[i].reasons):
            return ""
        return saw(self.verdicts, self._blank, i)

    def _named(self, i: int) -> str:
        """What the header of a hunk says of a line; nothing of a blank one that goes with a line of another name."""
        from cleaner.output.saw import by_form_alone  # late, as above

        reasons = self.verdicts[i].reasons
        return self._saw(i) or ("" if not reasons or self._blank[i] and by_form_alone(reasons) else reasons[0].id)

    def diff(self, context: int = 3, name: str | None = None) -> str:
        """A unified diff from the input to the body that `patch` takes; each hunk names its rules. Empty if equal.

        Args:
            context: how many kept lines to show around each change.
            name: the name in the header; the document's by default.
        """
        from cleaner.output.diff import unified_diff  # late: many a run shows none

        named = Named(len(self.verdicts), self._named)
        return unified_diff(self._pairs, named, name or self.name or "text", context)


def _edit(line: int, start: int, end: int, removed: str, verdict: Verdict, saw: str) -> Edit:
    top = verdict.reasons[0]
    return Edit(
        line, start, end, removed, verdict.action, top.id, top.category, verdict.score,
        tuple(r.id for r in verdict.reasons), saw,
    )  # fmt: skip
