"""What the main job does with each result: the body to its place, what was taken out shown beside it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.api import Cleaner
from cleaner.batch.cleaners import Cleaners
from cleaner.batch.report import record_of
from cleaner.cli.app import fail
from cleaner.cli.inputs import STDIN, Bodies
from cleaner.cli.plain import guarded
from cleaner.cli.standard import telling
from cleaner.cli.told import Told
from cleaner.output.result import Result
from cleaner.render.changes import changes
from cleaner.render.terminal import mark, wants_color, write, write_styled

if TYPE_CHECKING:
    from cleaner.disk.inplace import Seen


class Marks:
    """Lines that part bodies from what is shown beside them, where both go to a terminal and would run into each other."""

    def __init__(self) -> None:
        self._shown = False

    def before_body(self, result: Result, color: str) -> None:
        """Where a diff stands above, say that a body follows."""
        if self._shown:
            self._shown = False
            with telling():
                write_styled(sys.stderr, [mark(f"body of {result.name}", sys.stderr)], wants_color(sys.stderr, color))

    def before_diff(self, result: Result, color: str) -> None:
        """Say that what was taken out follows."""
        if not (sys.stdout.isatty() and sys.stderr.isatty()):
            return
        self._shown = True
        if result.body and not result.body.endswith("\n"):
            write(sys.stderr, "\n")
        line = mark(f"taken out of {result.name}", sys.stderr)
        write_styled(sys.stderr, [line], wants_color(sys.stderr, color))


@dataclass(frozen=True, slots=True)
class Task:
    """What a run does with each result.

    Attributes:
        check: only tell whether something would change.
        diff_only: the diff on stdout in place of the body.
        in_place: write the body back to its file.
        suffix: keep the old content under this suffix; "" for not.
        keep_times: a file tells that it was changed when the old content was.
        style: how changes are shown on stderr (or on stdout, for `diff_only`); None: not at all.
        color: auto, always or never.
        told: gets the results, and tells of them.
        stdin_name: what the standard input is called, and where it counts as lying; None: nowhere.
        bodies: what parts those that go to stdout.
        marks: what parts them from diffs on a terminal.
    """

    check: bool
    diff_only: bool
    in_place: bool
    suffix: str
    keep_times: bool
    style: str | None
    color: str
    told: Told
    stdin_name: str | None = None
    bodies: Bodies = field(default_factory=Bodies)
    marks: Marks = field(default_factory=Marks)

    @property
    def writes_bodies(self) -> bool:
        """Whether bodies go to stdout."""
        return not (self.check or self.diff_only or self.in_place or self.told.takes_stdout)

    def name(self, path: str) -> str:
        """What the input at `path` is called."""
        return self.stdin_name or "stdin" if path == STDIN else path

    def place(self, path: str) -> str | None:
        """Where the input at `path` lies, for what the settings say of paths."""
        return self.stdin_name if path == STDIN else path

    def cleaner(self, cleaners: Cleaners, path: str) -> Cleaner:
        """The cleaner for the input at `path`."""
        return cleaners.of(self.place(path))

    def finish(self, path: str, result: Result, seen: Seen | None) -> None:
        """Put the body of one text where it belongs. Raises InputError if its file cannot be written."""
        if seen:
            if result.changed:
                from cleaner.disk.inplace import replace

                for line in replace(Path(path), result.body.encode(), seen, self.suffix, keep_times=self.keep_times):
                    fail(line)
        elif self.writes_bodies:
            self.marks.before_body(result, self.color)
            write(sys.stdout, self.bodies.next(result.body))
        self.told.result(result, result.name)
        self._show(result)

    def show(self, result: Result, row: str) -> None:
        """Tell of and show what was taken out of a text in the line that is called `row` (`FILE:LINE`)."""
        self.told.result(result, row.rpartition(":")[0], record_of(row))
        self._show(result)

    def _show(self, result: Result) -> None:
        if self.style and result.changed:
            lines = changes(result, self.style)
            if self.diff_only:
                write_styled(sys.stdout, lines, wants_color(sys.stdout, self.color))
            else:
                with telling():
                    if self.writes_bodies:
                        self.marks.before_diff(result, self.color)
                    write_styled(sys.stderr, lines, wants_color(sys.stderr, self.color))
        if result.stopped:
            fail(f"{result.name}: left as it is: {result.stopped}")
        if self.style and result.guarded:
            fail(guarded(result.name))
