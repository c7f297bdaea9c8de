"""From input files to pieces of work, in order, without reading far ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.journal import Mark
from cleaner.batch.source import Source
from cleaner.errors import CleanerError
from cleaner.formats import Chunk, Fields, Reader, Resumable, open_reader

# Small texts go to a worker together: up to so many files, or so many bytes.
_FILES = 64
_SIZE = 2 << 20


@dataclass(frozen=True, slots=True)
class Files:
    """Files of one text each."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Begin:
    """A file of records begins; if `mark`, it goes on from there."""

    source: Source
    reader: Reader
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some records of it. `size`: bytes of the file since the last piece. `place`: where a reader could go on after it
    (line, offset); None if it could not. `path`: the file."""

    chunk: Chunk
    size: int
    place: tuple[int, int] | None
    path: Path


@dataclass(frozen=True, slots=True)
class End:
    """It ends; with `error`, too early."""

    source: Source
    error: str


Item = Files | Begin | Piece | End


def feed(sources: Iterable[Source], fields: Fields, mark: Mark | None) -> Iterator[Item]:
    """The pieces of `sources`, none of which has a problem. `mark`: where an earlier run stopped."""
    held: list[Source] = []
    size = 0
    for source in sources:
        if source.shape.kind.one_text:
            held.append(source)
            size += source.size
            if len(held) < _FILES and size < _SIZE:
                continue
        if held:
            yield Files(tuple(held))
            held, size = [], 0
        if not source.shape.kind.one_text:
            here = mark if mark and (mark.name, mark.size, mark.stamp) == _identity(source) else None
            yield from _records(source, fields, here)
    if held:
        yield Files(tuple(held))


def _identity(source: Source) -> tuple[str, int, int]:
    return source.name, source.size, source.stamp


def _records(source: Source, fields: Fields, mark: Mark | None) -> Iterator[Item]:
    try:
        reader = open_reader(source.path, source.name, source.shape, fields)
    except CleanerError as e:
        yield End(source, reason_of(e))
        return
    error = ""
    at = 0
    try:
        resumable = reader if isinstance(reader, Resumable) else None
        if mark and resumable:
            resumable.go_on(mark.line, mark.offset)
        yield Begin(source, reader, mark if resumable else None)
        for chunk in reader:
            yield Piece(chunk, reader.position - at, resumable.checkpoint if resumable else None, source.path)
            at = reader.position
    except CleanerError as e:
        error = reason_of(e)
    finally:
        reader.close()
    yield End(source, error)


def reason_of(error: CleanerError) -> str:
    """The reason without the file's name, which stands beside it."""
    return str(getattr(error, "reason", error))
