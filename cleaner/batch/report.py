"""A line of JSON for each document: what was taken out of it, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.batch.tally import Failure
from cleaner.disk import writing
from cleaner.errors import ConfigError
from cleaner.output.result import Result

_GUARD = "weak evidence was set aside: it would have taken too large a share of the words"


def record(result: Result) -> bytes:
    """The line for one document."""
    data = {
        "name": result.name,
        "changed": result.changed,
        **result.statistics,
        "categories": result.words_removed,
        "warnings": [_GUARD] if result.guarded else [],
        "edits": [
            {
                "line": e.line,
                "start": e.start,
                "end": e.end,
                "action": e.action,
                "rule": e.rule,
                "category": e.category,
                "score": e.score,
                "removed": e.removed,
            }
            for e in result.edits
        ],
    }
    return _line(data)


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


class ReportFile:
    """The report, appended to as results come in order.

    Args:
        path: the file.
        keep: its first bytes that stay: what an earlier run had accounted for.

    Raises:
        ConfigError: it is not long enough to be the earlier run's.
        InputError: it cannot be written.
    """

    def __init__(self, path: Path | None, keep: int = 0) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self.size = 0
        if path:
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                if keep and (not path.exists() or path.stat().st_size < keep):
                    raise ConfigError(f"{path}: is not the report of the run to resume")
                self._file = path.open("r+b" if keep else "wb")
                self.cut(keep)

    def write(self, data: bytes) -> None:
        """Append."""
        if self._file and self._path:
            with writing(self._path):
                self._file.write(data)
            self.size += len(data)

    def cut(self, size: int) -> None:
        """Take back everything after the first `size` bytes."""
        if self._file and self._path:
            with writing(self._path):
                self._file.flush()
                self._file.truncate(size)
                self._file.seek(size)
            self.size = size

    def flush(self) -> None:
        """Hand everything to the system."""
        if self._file and self._path:
            with writing(self._path):
                self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file and self._path:
            with writing(self._path):
                self._file.close()
