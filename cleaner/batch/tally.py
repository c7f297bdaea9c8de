"""What a run did, in figures; and what went wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cleaner.batch.left_out import LeftOut
from cleaner.output.result import Result

# So many failures are named one by one in a summary; all of them are counted.
NAMED = 1000
_COUNTS = (
    "documents", "changed", "guarded", "repeated", "words", "words_removed", "lines_removed", "dropped", "flagged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failure:
    """One file or record that could not be cleaned, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class Tally:
    """Figures that add up.

    Attributes:
        documents: documents read.
        changed: those from which something was taken.
        guarded: those whose weak evidence was set aside.
        repeated: those with lines of which it was evidence that other documents of their site have them.
        words, words_removed, lines_removed: sums over them.
        dropped, flagged: those of which more words went than they may lose.
        categories: words removed, by category.
        failures: what could not be cleaned, as far as it is kept here.
    """

    documents: int = 0
    changed: int = 0
    guarded: int = 0
    repeated: int = 0
    words: int = 0
    words_removed: int = 0
    lines_removed: int = 0
    dropped: int = 0
    flagged: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def count(self, result: Result) -> None:
        """Add one document."""
        figures = result.statistics
        self.documents += 1
        self.changed += result.changed
        self.guarded += result.guarded
        self.words += figures["words"]
        self.words_removed += figures["words_removed"]
        self.lines_removed += figures["lines_removed"]
        self.categories.update(result.words_removed)

    def add(self, other: Tally) -> None:
        """Add the figures of another; failures are no figures."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.categories.update(other.categories)

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values."""
        out: dict[str, Any] = {name: getattr(self, name) for name in _COUNTS}
        out["categories"] = dict(self.categories.most_common())
        out["failures"] = [{"name": f.name, "reason": f.reason} for f in self.failures]
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Tally:
        """The figures from what `to_json` gave."""
        return cls(**{name: data[name] for name in _COUNTS}, categories=Counter(data["categories"]))


@dataclass(slots=True)
class Summary:
    """What a run did.

    Attributes:
        tally: the figures of this run and of those that it went on from; its failures are the first `NAMED`.
        failed: how many files or records failed.
        files: files finished in this run.
        resumed: files that an earlier run had finished.
        size: bytes of the files read in this run.
        seconds: how long it took.
        notes: what a person should know although nothing is lost.
        warnings: the same, of files that were written: what could not stay as it was.
        left_out: files that the run left out for their suffix.
        hints: what some texts look like that people do not mean to clean: how many, and the first one's name.
    """

    tally: Tally = field(default_factory=Tally)
    failed: int = 0
    files: int = 0
    resumed: int = 0
    size: int = 0
    seconds: float = 0.0
    notes: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)
    hints: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        """Whether there was nothing to do: no file was found that could be cleaned, in this run or an earlier one."""
        return not (self.files or self.resumed or self.failed)

    @property
    def exit_code(self) -> int:
        """2 if anything failed, else 0."""
        return 2 if self.failed else 0

    def to_json(self) -> dict[str, Any]:
        """The summary as JSON values, for `--summary json`."""
        return {
            **self.tally.to_json(),
            "failed": self.failed,
            "files": self.files,
            "resumed": self.resumed,
            "bytes": self.size,
            "seconds": round(self.seconds, 3),
            "notes": [{"name": n.name, "reason": n.reason} for n in self.notes],
            "warnings": self.warnings,
            "left_out": dict(self.left_out.suffixes.most_common()),
            "hints": [{"reason": hint, "files": n, "first": name} for hint, (n, name) in self.hints.items()],
        }
