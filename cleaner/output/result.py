"""The result of cleaning one document: the body, the edits and the figures, all views of the verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from cleaner.judging.verdict import Action, Verdict
from cleaner.output.edit import Edit
from cleaner.text.words import count_words


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
        raws = self.text.split("\n")
        last = len(raws) - 1
        out: list[tuple[str, str | None]] = []
        for i, (raw, verdict) in enumerate(zip(raws, self.verdicts, strict=True)):
            end = "\n" if i < last else ""
            if i == last and not raw:
                break
            line = raw + end
            if verdict.action is Action.KEEP:
                out.append((line, line))
            elif verdict.action is Action.DROP:
                out.append((line, None))
            else:
                out.append((line, _cut(raw, verdict) + end))
        return tuple(out)

    @cached_property
    def body(self) -> str:
        """The text that stays: the input's lines in order, to the byte, without what the edits took."""
        if not self.changed:
            return self.text
        left = [
            raw if verdict.action is Action.KEEP else _cut(raw, verdict)
            for raw, verdict in zip(self.text.split("\n"), self.verdicts, strict=True)
            if verdict.action is not Action.DROP
        ]
        # Each line that stays keeps its line feed, so one is left where the last line of the text goes.
        return "\n".join(left) + ("\n" if left and self.verdicts[-1].action is Action.DROP else "")

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
        counts: Counter[str] = Counter()
        for i, _, _, removed in self._taken():
            counts[self.verdicts[i].reasons[0].category] += count_words(removed)
        return {category: n for category, n in counts.most_common() if n}

    @cached_property
    def statistics(self) -> dict[str, int]:
        """Counts: `lines`, `lines_removed`, `spans_cut`, `words`, `words_removed`."""
        actions = [self.verdicts[i].action for i, *_ in self._taken()]
        dropped = actions.count(Action.DROP)
        return {
            "lines": len(self.lines),
            "lines_removed": dropped,
            "spans_cut": len(actions) - dropped,
            "words": count_words(self.text),
            "words_removed": sum(self.words_removed.values()),
        }

    def _taken(self) -> Iterator[tuple[int, int, int, str]]:
        """What was taken out, in order: the line's index, the span in the text, and what stood there."""
        at = 0
        for i, ((line, _), verdict) in enumerate(zip(self.lines, self.verdicts, strict=False)):
            if verdict.action is not Action.KEEP:
                for a, b in verdict.cuts if verdict.action is Action.CUT else ((0, len(line)),):
                    yield i, at + a, at + b, line[a:b]
            at += len(line)

    @cached_property
    def _blank(self) -> list[bool]:
        return [not raw.strip() for raw in self.text.split("\n")]

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

        return unified_diff(
            self.lines, [self._named(i) for i in range(len(self.verdicts))], name or self.name or "text", context
        )


def _cut(raw: str, verdict: Verdict) -> str:
    """What is left of a line whose spans are cut."""
    left, at = "", 0
    for a, b in verdict.cuts:
        left += raw[at:a]
        at = b
    return left + raw[at:]


def _edit(line: int, start: int, end: int, removed: str, verdict: Verdict, saw: str) -> Edit:
    top = verdict.reasons[0]
    return Edit(
        line, start, end, removed, verdict.action, top.id, top.category, verdict.score,
        tuple(r.id for r in verdict.reasons), saw,
    )  # fmt: skip
