"""Texts that a tool for rules looks through: files, folders and records, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cleaner.batch.plan import Plan
from cleaner.batch.records import records_of
from cleaner.cli.inputs import STDIN, read_text
from cleaner.errors import CleanerError
from cleaner.formats import Fields


def corpus(paths: Sequence[str], text_field: str, tell: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """The texts at `paths` (`-`: the standard input), each with its name.

    Args:
        paths: files (of one text or of records) and folders.
        text_field: where records keep the text.
        tell: is told of each input that cannot be read, in one line; the others go on.
    """
    for path in paths:
        if path == STDIN:
            yield "stdin", read_text(path)
            continue
        folder = Path(path).is_dir()
        for source in Plan(inputs=(Path(path),), fields=Fields(text_field)).sources():
            name = f"{path.rstrip('/')}/{source.name}" if folder else path
            if source.problem:
                tell(f"{name}: {source.problem}")
                continue
            try:
                for record in records_of(source, Fields(text_field)):
                    own = record.name.removeprefix(source.name)
                    yield f"{name}{own}", record.text
            except CleanerError as e:
                tell(str(e))
