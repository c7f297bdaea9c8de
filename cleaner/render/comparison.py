"""How two runs differ, for people: line by line with the rules, as a diff of the bodies, and by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from cleaner.batch.compare import Change, Difference
from cleaner.batch.results import Entry
from cleaner.output.diff import unified_diff
from cleaner.output.edit import by_line
from cleaner.render.changes import colored
from cleaner.render.terminal import StyledLine

_GONE, _STAYS, _RULE = ("gone", "red"), ("stays", "green"), ("rule", "yellow")


@dataclass(slots=True)
class Sums:
    """What adds up over all documents of a comparison.

    Attributes:
        documents: pairs looked at.
        differ: those of which something else comes out.
        gone, stays: words that only the new run takes out, and that only the old one took.
        by_rule: the same for each rule, and how many stretches are another rule's now.
    """

    documents: int = 0
    differ: int = 0
    gone: Counter[str] = field(default_factory=Counter)
    stays: Counter[str] = field(default_factory=Counter)
    other: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, found: Difference) -> None:
        """Add one document."""
        self.documents += 1
        self.differ += found.body_differs
        for change in found.changes:
            if change.old and change.new:
                self.other[change.old.rule, change.new.rule] += 1
            elif change.new:
                self.gone[change.new.rule] += change.words
            elif change.old:
                self.stays[change.old.rule] += change.words


def listing(found: Difference) -> Iterator[StyledLine]:
    """One document: each line on which the runs differ, with the rule that took it."""
    yield [(f"{found.name}\n", "bold")]
    if reason := _whole(found):
        yield [(f"  {reason}\n", "yellow")]
    # Blank lines go and stay with their neighbours.
    changes = [c for c in found.changes if c.removed.strip()] or found.changes
    wide = max((len(_rules(c)) for c in changes), default=0)
    for change in changes:
        word, color = _kind(change)
        yield [
            (f"{change.line:5}  ", "dim"),
            (f"{word:<5}  ", color),
            (f"{_rules(change):<{wide}}  ", "cyan"),
            (" ".join(change.removed.split()) + "\n", color),
        ]


def _whole(found: Difference) -> str:
    if found.error:
        return found.error
    if not found.old or not found.new:
        return "only in the new run" if found.new else "only in the old run"
    return "the two runs had different texts" if found.other_text else ""


def _kind(change: Change) -> tuple[str, str]:
    return _RULE if change.same_text else _GONE if change.new else _STAYS


def _rules(change: Change) -> str:
    return " → ".join(t.rule for t in (change.old, change.new) if t)


def diff(found: Difference) -> Iterator[StyledLine]:
    """A unified diff from the old run's body to the new one's, which `patch` takes; each hunk names its rules.

    The entries carry their texts.
    """
    assert found.old
    assert found.new
    rules: dict[int, str] = {}
    for change in found.changes:
        if not change.same_text:
            rules.setdefault(change.line - 1, _rules(change))
    pairs = list(zip(_left(found.old), _left(found.new), strict=True))
    here = [i for i, pair in enumerate(pairs) if pair != (None, None)]
    return colored(unified_diff([pairs[i] for i in here], [rules.get(i, "") for i in here], found.name))


def _left(entry: Entry) -> Iterator[str | None]:
    """What is left of each line of a text, with its ending; None if it goes."""
    taken = by_line(entry.taken)
    at = 0
    # Nothing but a line feed parts lines.
    for number, line in enumerate(StringIO(entry.text or "", newline="\n"), 1):
        left, here = "", 0
        for t in taken.get(number, ()):
            left += line[here : t.start - at]
            here = t.end - at
        gone = any(t.whole for t in taken.get(number, ()))
        yield None if gone else left + line[here:]
        at += len(line)


def closing(sums: Sums) -> Iterator[StyledLine]:
    """The figures of a comparison: by rule, then in one line."""
    words = {r: (sums.gone[r], sums.stays[r]) for r in sums.gone.keys() | sums.stays.keys()}
    told = sorted(((rule, both) for rule, both in words.items() if any(both)), key=lambda x: (-sum(x[1]), x[0]))
    wide = max((len(rule) for rule, _ in told), default=0)
    if told:
        yield [("words by rule\n", "bold")]
    for rule, (gone, stay) in told:
        yield [
            (f"  {rule:<{wide}}", "cyan"),
            (f"  {gone or '·':>6} gone", "red"),
            (f"  {stay or '·':>6} stay\n", "green"),
        ]
    for (old, new), times in sums.other.most_common():
        yield [(f"  {old} → {new}", "cyan"), (f"  the same text by another rule: {times}\n", "yellow")]
    figures = f"{sums.gone.total()} words more are taken out, {sums.stays.total()} stay now"
    yield [(f"{sums.differ} of {sums.documents} documents come out otherwise: {figures}\n", "dim")]
