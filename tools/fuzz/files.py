"""Bytes as a file of a kind, read and written again by our readers and writers."""

from __future__ import annotations

import functools
import io
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from cleaner.errors import InputError
from cleaner.formats import Cleaned, Fields, Record, Shape, open_reader

Change = Callable[[str], str]
# What a file became, its documents, and what failed: names with reasons.
Rewritten = tuple[bytes, list[Record], list[tuple[str, str]]]


@functools.cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="cleaner-fuzz-")


def put(data: bytes, name: str = "input") -> Path:
    """The bytes as a file, which the next call writes over."""
    path = Path(_folder().name, name)
    path.write_bytes(data)
    return path


def rewritten(data: bytes, shape: Shape, fields: Fields, change: Change) -> Rewritten | None:
    """What a file becomes when each text is changed; None if the reader says no to it."""
    path = put(data)
    sink = io.BytesIO()
    seen: list[Record] = []
    failures: list[tuple[str, str]] = []

    def clean(records: Sequence[Record]) -> Cleaned:
        seen.extend(records)
        return Cleaned([change(record.text) for record in records])

    try:
        with closing(open_reader(path, "input", shape, fields)) as reader:
            writer = reader.writer(sink)
            for chunk in reader:
                told = list(chunk.records())
                before = len(seen)
                writer.write(chunk.rewrite(clean, lambda name, why: failures.append((name, why))))
                assert [(r.name, r.text) for r in told] == [(r.name, r.text) for r in seen[before:]]
            writer.close()
    except InputError:
        return None
    return sink.getvalue(), seen, failures


def as_it_is(text: str) -> str:
    """Nothing changes."""
    return text


def fewer(text: str) -> str:
    """What cleaning does to texts: every second line goes, and the last one is cut."""
    lines = text.split("\n")[::2]
    return "\n".join([*lines[:-1], lines[-1][: len(lines[-1]) // 2]])


def same_and_changed(
    data: bytes, shape: Shape, fields: Fields, change: Change = fewer
) -> tuple[Rewritten, Rewritten] | None:
    """A file with no text changed, which must be the same to the byte, and with each changed.

    None if the reader says no to it.
    """
    same = rewritten(data, shape, fields, as_it_is)
    if same is None:
        return None
    assert same[0] == data
    changed = rewritten(data, shape, fields, change)
    assert changed is not None
    return same, changed
