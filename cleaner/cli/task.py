"""What the main job does with each result: the body to its place, what was taken out shown beside it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.app import fail
from cleaner.cli.inputs import Bodies
from cleaner.cli.standard import telling
from cleaner.output.result import Result
from cleaner.render.changes import changes
from cleaner.render.terminal import wants_color, write, write_styled

if TYPE_CHECKING:
    from cleaner.disk.inplace import Seen


@dataclass(frozen=True, slots=True)
class Task:
    """What a run does with each result.

    Attributes:
        check: only tell whether something would change.
        diff_only: the diff on stdout in place of the body.
        in_place: write the body back to its file.
        suffix: keep the old content under this suffix; "" for not.
        style: how changes are shown on stderr (or on stdout, for `diff_only`); None: not at all.
        color: auto, always or never.
        bodies: what parts those that go to stdout.
    """

    check: bool
    diff_only: bool
    in_place: bool
    suffix: str
    style: str | None
    color: str
    bodies: Bodies = field(default_factory=Bodies)

    def finish(self, path: str, result: Result, seen: Seen | None) -> None:
        """Put the body of one text where it belongs. Raises InputError if its file cannot be written."""
        if seen:
            if result.changed:
                from cleaner.disk.inplace import replace

                for line in replace(Path(path), result.body.encode(), seen, self.suffix):
                    fail(line)
        elif not (self.check or self.diff_only):
            write(sys.stdout, self.bodies.next(result.body))
        self.show(result)

    def show(self, result: Result) -> None:
        """Show what was taken out, and whether the guard held weak evidence back."""
        if self.style and result.changed:
            lines = changes(result, self.style)
            if self.diff_only:
                write_styled(sys.stdout, lines, wants_color(sys.stdout, self.color))
            else:
                with telling():
                    write_styled(sys.stderr, lines, wants_color(sys.stderr, self.color))
        if self.style and result.guarded:
            fail(f"{result.name}: weak evidence was set aside: it would have taken too much (see --max-removed)")
