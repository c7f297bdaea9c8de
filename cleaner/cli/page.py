"""What the verbs that write a page share: the page's file, the texts beside results, what rules are there for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleaner.batch import Plan
from cleaner.batch.records import records_of
from cleaner.cli.rules_present import present
from cleaner.disk import writing
from cleaner.disk.aside import replacing
from cleaner.errors import CleanerError, InputError
from cleaner.formats import Fields, Record
from cleaner.render.page.writer import Frame, Page

_MARK = b'<!doctype html>\n<html lang="en" data-cleaner-page>\n'


@contextmanager
def page(output: Path, frame: Frame) -> Iterator[Page]:
    """A page that is in its place when it is whole, and not before. Raises InputError if it cannot be written."""
    with replacing(output) as file, Page(Guarded(file, output), frame) as out:
        yield out
        out.finish()


class Guarded:
    """A file of which each write that fails names it."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path

    def write(self, data: bytes) -> None:
        """Append. Raises InputError."""
        with writing(self._path):
            self._file.write(data)


def is_page(path: Path) -> bool:
    """Whether a file is a page of ours, which nobody edits."""
    try:
        with path.open("rb") as file:
            return file.read(len(_MARK)) == _MARK
    except OSError:
        return False


def reasons() -> dict[str, str]:
    """What the rules are there for, by id: those built in, and those of the settings file."""
    return {rule.id: rule.why for rule in present().rules}


def inputs(path: Path, text_field: str) -> Iterator[Record]:
    """The documents of a file or folder, in the order in which a run takes them. Raises InputError if it is not there."""
    for source in Plan(inputs=(path,), fields=Fields(text_field)).sources():
        if source.problem:
            if source.path == path:
                raise InputError(str(path), source.problem)
            continue
        try:
            yield from records_of(source, Fields(text_field))
        except CleanerError:
            continue  # the run could not read it either, and its report says so
