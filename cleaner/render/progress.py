"""How a batch run is shown: a bar on a terminal, a line now and then elsewhere, and the table that closes it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TextIO

from cleaner.batch import Progress, Silent, Summary
from cleaner.render.terminal import StyledLine, visible

# Seconds between two plain lines.
_PAUSE = 10.0
_MB = 1_000_000


def progress_for(stream: TextIO, colored: bool, quiet: bool) -> Progress:
    """What shows a run on `stream`: nothing if `quiet`, a bar on a terminal, else plain lines."""
    if quiet:
        return Silent()
    return Bar(stream, colored) if stream.isatty() else Lines(stream)


class Lines:
    """A line every ten seconds."""

    wants_totals = False

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._documents = self._size = 0
        self._began = self._last = time.monotonic()

    def begin(self, files: int | None, size: int | None) -> None:
        """See `Progress.begin`."""
        self._documents = self._size = 0
        self._began = self._last = time.monotonic()

    def advance(self, documents: int, size: int) -> None:
        """See `Progress.advance`."""
        self._documents += documents
        self._size += size
        now = time.monotonic()
        if now - self._last >= _PAUSE:
            self._last = now
            rate = self._documents / (now - self._began)
            self._say(f"{self._documents:,} documents, {self._size / _MB:,.1f} MB, {rate:,.0f} documents/s")

    def failed(self, name: str, reason: str) -> None:
        """See `Progress.failed`. Failures are named in the end."""

    def note(self, text: str) -> None:
        """See `Progress.note`."""
        self._say(text)

    def end(self) -> None:
        """See `Progress.end`."""

    def _say(self, text: str) -> None:
        with suppress(OSError):  # a stream that is full or has no reader is no reason to stop
            print(f"cleaner: {visible(text)}", file=self._stream, flush=True)


class Bar:
    """A bar of rich's: documents, megabytes, rate, time left."""

    wants_totals = True

    def __init__(self, stream: TextIO, colored: bool) -> None:
        self._stream, self._colored = stream, colored
        self._bar: Any = None
        self._task: Any = None
        self._documents = self._failed = 0

    def begin(self, files: int | None, size: int | None) -> None:
        """See `Progress.begin`."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        self.end()
        self._documents = 0
        console = Console(file=self._stream, no_color=not self._colored, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
            TimeRemainingColumn(), console=console, transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task(self._text(), total=size)
        self._bar.start()

    def advance(self, documents: int, size: int) -> None:
        """See `Progress.advance`."""
        self._documents += documents
        if self._bar:
            self._bar.update(self._task, advance=size, description=self._text())

    def failed(self, name: str, reason: str) -> None:
        """See `Progress.failed`."""
        self._failed += 1

    def note(self, text: str) -> None:
        """See `Progress.note`."""
        if self._bar:
            self._bar.console.print(f"cleaner: {visible(text)}", markup=False)

    def end(self) -> None:
        """See `Progress.end`."""
        if self._bar:
            self._bar.stop()
            self._bar = None

    def _text(self) -> str:
        return f"{self._documents:,} documents" + (f", {self._failed:,} failed" if self._failed else "")


def table(summary: Summary) -> Iterator[StyledLine]:
    """The figures of a run, a line each, then the words removed by category."""
    tally = summary.tally
    share = 100 * tally.words_removed / tally.words if tally.words else 0.0
    rows = [
        ("documents", f"{tally.documents:,}", ""),
        ("changed", f"{tally.changed:,}", ""),
        ("lines removed", f"{tally.lines_removed:,}", ""),
        ("words removed", f"{tally.words_removed:,}", f"{share:.2f}%"),
        *((f"  {name}", f"{n:,}", "") for name, n in tally.categories.most_common()),
        ("failures", f"{summary.failed:,}", ""),
    ]
    if tally.guarded:
        rows.insert(2, ("held back", f"{tally.guarded:,}", "weak evidence asked for too much"))
    for name, n in (("dropped", tally.dropped), ("flagged", tally.flagged)):
        if n:
            rows.insert(2, (name, f"{n:,}", "more of their words went than they may lose"))
    if tally.repeated:
        rows.insert(
            2, ("site repetition", f"{tally.repeated:,}", "share lines with their site (--no-repeats: not looked for)")
        )
    if summary.resumed:
        rows.append(("done before", f"{summary.resumed:,}", "files"))
    if summary.seconds:
        size = summary.size / _MB
        rows.append(("time", f"{summary.seconds:,.1f} s", f"{size:,.1f} MB, {size / summary.seconds:,.1f} MB/s"))
    width = max(len(n) for _, n, _ in rows)
    for name, number, more in rows:
        style = "bold red" if name == "failures" and summary.failed else "dim" if name.startswith(" ") else ""
        line = f"{name:<16}{number:>{width}}" + (f"  {more}" if more else "")
        yield [(line + "\n", style)]
