"""Single texts and streams of JSON lines, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.cleaners import Cleaners
from cleaner.cli.app import FAILED, WOULD_CHANGE, fail
from cleaner.cli.inputs import STDIN, read_page, read_text
from cleaner.cli.known_site import KnownSite
from cleaner.cli.task import Task
from cleaner.errors import InputError
from cleaner.output.losses import Losses
from cleaner.render.terminal import write
from cleaner.signature import hint

if TYPE_CHECKING:
    from cleaner.cli.streams import Site
    from cleaner.disk.inplace import Seen


def clean_texts(paths: tuple[str, ...], cleaners: Cleaners, task: Task, pages: bool, site: Site) -> int:
    """Clean files of one text each (or `pages` of HTML), and the standard input; returns the exit status.

    `site`: as for `Streams`.
    """
    status = 0
    known = KnownSite(*site) if site[0] else None
    read = read_page if pages else read_text
    look = _looking(paths) if task.in_place else lambda _: None
    for path in paths:
        try:
            seen = look(path)
            name = task.name(path)
            text = read(path, name)
            if not pages and (looks := hint(text)):
                fail(f"{name}: {looks}")
            result = task.cleaner(cleaners, path).clean(text, name, known.text(name, text) if known else None)
            task.finish(path, result, seen)
            if result.stopped:
                status = FAILED
        except InputError as e:
            status = fail(str(e))
            task.told.failure(e.file, e.reason)
            continue
        if task.check and result.changed and not status:
            status = WOULD_CHANGE
    task.told.end()
    return status


def _looking(paths: tuple[str, ...]) -> Callable[[str], Seen]:
    """For files to be cleaned in place: what tells each before it is read. What killed runs left is cleared away."""
    from cleaner.batch.source import Choice  # late: what they need takes milliseconds to import
    from cleaner.batch.tables import refuse_tables
    from cleaner.disk.aside import sweep
    from cleaner.disk.inplace import Seen

    refuse_tables(map(Path, paths), Choice(), in_place=True)
    for folder in dict.fromkeys(Path(path).resolve().parent for path in paths):
        sweep(folder)
    return lambda path: Seen.of(Path(path))


def clean_json_lines(
    paths: tuple[str, ...],
    cleaners: Cleaners,
    fields: tuple[str, ...],
    edits: bool,
    losses: Losses,
    task: Task,
    jobs: int,
    site: Site,
) -> int:
    """Clean streams of JSON lines; returns the exit status. `site`: as for `Streams`."""
    from cleaner.cli.streams import Streams

    failures: list[int] = []
    changed = False
    dropped = 0

    def out(text: str) -> None:
        if task.writes_bodies and text:
            write(sys.stdout, text)

    for options, group in groupby(paths, lambda path: cleaners.options_of(task.place(path))):
        streams = Streams(
            options,
            fields,
            edits,
            losses,
            out,
            lambda message: failures.append(fail(message)),
            task.show if task.style or task.told.wanted else None,
            jobs,
            task.name(STDIN),
            site,
            task.bodies,
        )
        streams.clean(tuple(group))
        changed |= streams.changed
        dropped += streams.dropped
    task.told.end()
    if dropped and task.writes_bodies:
        fail(f"dropped {dropped:,}: more of their words went than --drop-above allows")
    return FAILED if failures else WOULD_CHANGE if task.check and changed else 0
