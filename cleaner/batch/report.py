"""A line of JSON for each document: what was taken out of it, and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from cleaner.batch.tally import Failure
from cleaner.disk import writing
from cleaner.disk.aside import Aside, kept
from cleaner.errors import ConfigError
from cleaner.output.result import Result

# What is told of every document, whatever it is.
_TOLD = frozenset(("name", "changed", "lines", "words", "words_removed", "edits", "warnings"))
_GUARD = "weak evidence was set aside: it would have taken too large a share of the words"


def document(result: Result) -> dict[str, Any]:
    """What is told of one document: its figures, and what was taken out. `column` counts characters, from 1."""
    starts = list(accumulate((len(line) for line, _ in result.lines), initial=0))
    return {
        "name": result.name,
        "changed": result.changed,
        **result.statistics,
        "categories": result.words_removed,
        "warnings": [_GUARD] if result.guarded else [],
        "edits": [
            {
                "line": e.line,
                "column": e.start - starts[e.line - 1] + 1,
                "start": e.start,
                "end": e.end,
                "action": e.action,
                "rule": e.rule,
                "category": e.category,
                "score": e.score,
                "removed": e.removed,
                "saw": e.saw,
            }
            for e in result.edits
        ],
    }


def record(result: Result, **more: Any) -> bytes:
    """The line for one document; with `more` to tell of it."""
    return _line(document(result) | more)


def record_of(name: str) -> int | None:
    """The number that the name of a record ends with (`a.jsonl:12`); None if it ends otherwise."""
    number = name.rpartition(":")[2]
    return int(number) if number.isascii() and number.isdecimal() else None


def failure_record(failure: Failure) -> bytes:
    """The line for what failed."""
    return _line({"name": failure.name, "error": failure.reason})


def _line(data: dict[str, Any]) -> bytes:
    text = json.dumps(data, ensure_ascii=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        # Bytes that are no UTF-8, in a name or a text: only escapes can carry them.
        return json.dumps(data).encode() + b"\n"


def is_told(data: Mapping[str, Any]) -> bool:
    """Whether this is what a report tells of a document that was cleaned."""
    return set(data) >= _TOLD


def is_failure(data: Mapping[str, Any]) -> bool:
    """Whether this is what a report tells of a document that failed."""
    return set(data) == {"name", "error"}


def is_report(path: Path) -> bool:
    """Whether a file looks like a report of ours, which nobody edits."""
    try:
        with path.open("rb") as file:
            first = json.loads(file.readline(1 << 24))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and (is_failure(first) or is_told(first))


class ReportFile:
    """The report, appended to as results come in order; written aside until it is complete.

    Args:
        path: the file.
        keep: its first bytes that stay: what an earlier run had accounted for.

    Raises:
        ConfigError: what is there is not the earlier run's.
        InputError: it cannot be written.
    """

    def __init__(self, path: Path | None, keep: int = 0) -> None:
        self._path = path
        self._aside: Aside | None = None
        self.size = keep if path else 0
        if not path:
            return
        if keep and kept(path) >= keep:
            self._aside = Aside(path, keep=keep)
            return
        if keep and not (path.is_file() and path.stat().st_size >= keep):
            raise ConfigError(f"{path}: is not the report of the run to resume")
        self._aside = Aside(path)
        if keep:  # the earlier run had come to its end
            with writing(path), path.open("rb") as old:
                shutil.copyfileobj(old, self._aside.file)
            self.cut(keep)

    def write(self, data: bytes) -> None:
        """Append."""
        if self._aside:
            with writing(self._aside.path):
                self._aside.file.write(data)
            self.size += len(data)

    def cut(self, size: int) -> None:
        """Take back everything after the first `size` bytes."""
        if self._aside:
            with writing(self._aside.path):
                self._aside.file.flush()
                self._aside.file.truncate(size)
                self._aside.file.seek(size)
            self.size = size

    def flush(self) -> None:
        """Hand everything to the system."""
        if self._aside:
            with writing(self._aside.path):
                self._aside.file.flush()

    def commit(self) -> None:
        """It is complete: put it in its place."""
        if self._aside:
            self._aside.commit()
            self._aside = None

    def close(self, keep: bool) -> None:
        """Close it. If it was not put in its place, what there is stays aside for a run to resume, if `keep`."""
        if self._aside and keep:
            with writing(self._aside.path):
                self._aside.file.close()
        elif self._aside:
            self._aside.discard()
        self._aside = None
