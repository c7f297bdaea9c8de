"""Streams of JSON lines through `JsonLines`: by this process, and once they turn out to be large by two others.

Light: a small run imports none of what starts processes.
"""

from __future__ import annotations

import io
import os
import stat

from cleaner.api import Cleaner
from cleaner.cli.inputs import STDIN, Bodies, open_binary
from cleaner.cli.jsonl import JsonLines
from cleaner.errors import InputError
from cleaner.memory import collect_seldom
from cleaner.output.losses import Losses

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any, BinaryIO

    from cleaner.batch.pool import Pool

    # See `Streams`.
    Site = tuple[tuple[Path, ...], str, str | None]
    # Some lines: the name of their stream, the number of the first, and they themselves.
    Piece = tuple[str, int, bytes]
    # What they gave: the lines that go out, what is wrong with some, why the stream ends here (empty: it does not),
    # whether anything was taken out, and how many lines were dropped.
    Outcome = tuple[str, list[str], str, bool, int]

# Bytes read at a time, and handed to another process at a time.
_READ = 1 << 16
_PIECE = 1 << 20


class Feed:
    """The whole lines of a stream as they come.

    Attributes:
        taken: how many bytes were read.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0
        try:
            self._descriptor = stream.fileno()
        except (AttributeError, OSError, ValueError):  # held in memory
            self._descriptor = -1

    def __iter__(self) -> Iterator[bytes]:
        """What there is to read, up to its last line end; an unfinished line waits for the rest."""
        left: list[bytes] = []
        while data := self._stream.read1(_READ):  # type: ignore[attr-defined]  # all binary streams that are read have it
            self.taken += len(data)
            end = data.rfind(b"\n") + 1
            if end:
                yield b"".join([*left, data[:end]])
                left = []
            if end < len(data):
                left.append(data[end:])
        if left:
            yield b"".join(left)

    @property
    def size(self) -> int:
        """How many bytes there are, as far as that is known beforehand."""
        info = os.fstat(self._descriptor) if self._descriptor >= 0 else None
        return info.st_size if info and stat.S_ISREG(info.st_mode) else 0

    @property
    def idle(self) -> bool:
        """Whether to read on may mean to wait for whoever writes the stream."""
        if self._descriptor < 0:
            return False
        import select

        try:
            return not select.select([self._descriptor], [], [], 0)[0]
        except (OSError, ValueError):  # a system that cannot tell
            return True


class Streams:
    """Cleans streams of JSON lines, one after the other.

    Args:
        options: arguments of `Cleaner`.
        fields, edits, losses, show: see `JsonLines`.
        out: takes what comes out.
        fail: takes what is wrong with a line or a stream.
        stdin_name: what the standard input is called.
        site: packs of `cleaner learn --site`, and the fields that hold a record's address and site.
        bodies: if other `Streams` write to the same stream, what they share.
        jobs: how many processes clean; 0: one, and two from so many bytes on that they pay. With `show` it is one.

    Attributes:
        changed: whether anything was taken out of any text so far.
        dropped: how many lines were dropped so far.
    """

    def __init__(
        self,
        options: Mapping[str, Any],
        fields: tuple[str, ...],
        edits: bool,
        losses: Losses,
        out: Callable[[str], object],
        fail: Callable[[str], object],
        show: Callable[[Any, str], object] | None = None,
        jobs: int = 0,
        stdin_name: str = "stdin",
        site: Site | None = None,
        bodies: Bodies | None = None,
    ) -> None:
        self._facts = dict(options), fields, edits, losses, site
        self._lines = JsonLines(
            Cleaner(**options), fields, edits, losses, show, _repeats(site)
        )  # in any case: bad options are found here
        self._write, self._bodies, self._fail = out, bodies or Bodies(), fail
        self._jobs = 1 if show else jobs
        self._stdin_name = stdin_name
        self._taken = 0
        self._workers: AbstractContextManager[Pool] | None = None
        self._pool: Pool | None = None
        self.changed = False
        self.dropped = 0

    def _out(self, text: str) -> None:
        self._write(self._bodies.next(text))

    def clean(self, paths: tuple[str, ...]) -> None:
        """Clean the streams at `paths` (`-`: the standard input). One that cannot be read on is named, and left."""
        try:
            for path in paths:
                try:
                    with open_binary(path) as stream:
                        self._stream(stream, self._stdin_name if path == STDIN else path)
                except InputError as e:
                    self._fail(str(e))
        finally:
            if self._workers:
                self._workers.__exit__(None, None, None)
        self.changed |= self._lines.changed
        self.dropped += self._lines.dropped

    def _stream(self, stream: BinaryIO, name: str) -> None:
        feed = Feed(stream)
        pieces = iter(feed)
        number = 1
        self._start_if_large(feed.size)
        while not self._pool:
            data = next(pieces, None)
            if data is None:
                self._taken += feed.taken
                return
            self._lines.clean(io.BytesIO(data), name, self._out, self._fail, number)
            number += data.count(b"\n")
            self._start_if_large(feed.taken)
        self._together(self._pool, _larger(feed, pieces, name, number))
        self._taken += feed.taken

    def _start_if_large(self, size: int) -> None:
        """Start other processes if they pay, with so many bytes besides those of earlier streams."""
        size += self._taken
        if self._pool or self._jobs == 1 or not self._jobs and size < _PIECE:  # most runs end here
            return
        from cleaner.batch.pool import WORTH_TWO, cores, workers

        if self._jobs or size >= WORTH_TWO and cores() > 1:
            self._workers = workers(self._jobs or 2, _begin, *self._facts)
            self._pool = self._workers.__enter__()

    def _together(self, pool: Pool, pieces: Iterator[Piece | None]) -> None:
        from concurrent.futures.process import BrokenProcessPool

        outcomes = pool.in_order(_work, pieces)
        try:
            for _, outcome in outcomes:
                assert outcome
                text, wrong, end, changed, dropped = outcome
                self._out(text)
                for message in wrong:
                    self._fail(message)
                self.changed |= changed
                self.dropped += dropped
                if end:
                    self._fail(end)
                    break
        except BrokenProcessPool as e:
            raise InputError(
                "--jobs", "a worker process ended unexpectedly (out of memory?); --jobs 1 needs none"
            ) from e
        finally:
            outcomes.close()  # type: ignore[attr-defined]  # it is a generator


def _larger(feed: Feed, pieces: Iterator[bytes], name: str, first: int) -> Iterator[Piece | None]:
    """Pieces of a size that is worth handing on; None wherever the next may have to be waited for."""
    held: list[bytes] = []
    size = 0
    for data in pieces:
        held.append(data)
        size += len(data)
        idle = feed.idle
        if size >= _PIECE or idle:
            whole = b"".join(held)
            yield name, first, whole
            first += whole.count(b"\n")
            held, size = [], 0
        if idle:
            yield None
    if held:
        yield name, first, b"".join(held)


def _repeats(site: Site | None) -> Callable[[Mapping[str, Any], str], list[int] | None] | None:
    if not site or not site[0]:
        return None
    from cleaner.cli.known_site import KnownSite  # late: most runs have no use for it

    return KnownSite(*site).record


_worker: JsonLines | None = None


def _begin(options: dict[str, Any], fields: tuple[str, ...], edits: bool, losses: Losses, site: Site | None) -> None:
    global _worker
    _worker = JsonLines(Cleaner(**options), fields, edits, losses, None, _repeats(site))
    collect_seldom()


def _work(piece: Piece, killers: frozenset[int]) -> Outcome:
    from cleaner.batch.pool import at
    from cleaner.cli.app import fail
    from cleaner.rules.pattern import given_up

    assert _worker
    name, first, data = piece
    out: list[str] = []
    wrong: list[str] = []
    end = ""
    _worker.changed = False
    _worker.dropped = 0
    try:
        _worker.clean(io.BytesIO(data), name, out.append, wrong.append, first, killers, at)
    except InputError as e:
        end = str(e)
    for line in given_up():
        fail(line)
    return "".join(out), wrong, end, _worker.changed, _worker.dropped
