"""`cleaner review`: documents gone through in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from cleaner.api import Cleaner
from cleaner.batch import Plan
from cleaner.batch.source import Source
from cleaner.cli.app import fail
from cleaner.cli.config import Config
from cleaner.cli.options import cleaner_options, folder_options, help_option, rule_options
from cleaner.disk.aside import put
from cleaner.disk.outputs import refuse_loss
from cleaner.distribution import installing
from cleaner.errors import ConfigError, InputError
from cleaner.formats import TextFile, read_text
from cleaner.render.review.packs import draft, examples, keep_list
from cleaner.render.review.session import Review

_PACKS: dict[str, tuple[str, Callable[[Sequence[Review]], str]]] = {
    "keep": ("keep.toml", keep_list),
    "examples": ("examples.toml", examples),
    "draft": ("draft.toml", draft),
}


@click.command("review")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILES|FOLDERS...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("reviewed"),
    metavar="FOLDER",
    help="Where bodies and decisions are saved [reviewed].",
)
@click.option("--overwrite", is_flag=True, help="Replace files of the same name there.")
@folder_options
@rule_options
@help_option("-h", "--help")
def command(
    paths: tuple[Path, ...],
    output: Path,
    overwrite: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    config: Config,
    **choice: Any,
) -> int:
    """Go through texts line by line: put back what should not go, take out what should; '?' shows the keys.

    Nothing is written but what you save: bodies under their names in the folder, and the decisions as keep.toml (a
    pack that lets stay what you put back), examples.toml and draft.toml (rules for what you took out). Needs
    pip install 'boilerplate-cleaner[review]'.
    """  # fmt: skip
    plan = Plan(inputs=paths, options=cleaner_options(config, **choice), include=include, exclude=exclude)
    sources = _texts(plan)
    try:
        from cleaner.render.review.app import ReviewApp
    except ImportError as e:
        if not (e.name or "").startswith("textual"):
            raise
        raise ConfigError(f"review needs the package textual: {installing('review')}") from e
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise ConfigError("review needs a terminal; 'cleaner report' makes a page instead")
    table = Desk(sources, Cleaner(**plan.options), output, paths, overwrite)
    ReviewApp([s.name for s in sources], table.load, table.save).run()
    return 0


def _texts(plan: Plan) -> list[Source]:
    """The files of one text each. Raises InputError if there are none, or one that was named holds records."""
    found = []
    for source in plan.sources():
        if source.problem:
            fail(f"{source.path}: {source.problem}")
        elif source.shape.kind.one_text:
            found.append(source)
        elif source.path in plan.inputs:
            raise InputError(str(source.path), "holds records; review goes through files of one text each")
    if not found:
        raise InputError(", ".join(map(str, plan.inputs)), "no texts there")
    return found


class Desk:
    """What the screen reads and writes.

    Args:
        sources: the files.
        cleaner: what cleans them.
        folder: where things are saved.
        inputs: what is read, which no output may be.
        overwrite: files there may be replaced; those that were saved before in this session always may.
    """

    def __init__(
        self, sources: Sequence[Source], cleaner: Cleaner, folder: Path, inputs: Sequence[Path], overwrite: bool
    ) -> None:
        self._sources, self._cleaner, self._folder = sources, cleaner, folder
        self._inputs, self._overwrite = inputs, overwrite
        self._files: dict[str, TextFile] = {}
        self._ours: set[Path] = set()

    def load(self, at: int) -> Review:
        """Read and clean a document. Raises InputError if it cannot be read."""
        source = self._sources[at]
        file = read_text(source.path, source.shape.packing)
        self._files[source.name] = file
        return Review(self._cleaner.clean(file.text, source.name))

    def save(self, what: str, review: Review, decided: Sequence[Review]) -> str:
        """Write something down; returns what to tell. Raises ConfigError or InputError if it cannot be written."""
        if what == "body":
            return self._write(self._folder / review.name, self._files[review.name].encode(review.body))
        name, make = _PACKS[what]
        text = make(decided)
        if not text:
            return f"nothing was {'taken out' if what == 'draft' else 'put back'} that could be written down"
        return self._write(self._folder / name, text.encode())

    def _write(self, path: Path, data: bytes) -> str:
        if path not in self._ours:
            refuse_loss(path, self._inputs, self._overwrite)
        put(path, data)
        self._ours.add(path)
        return f"saved: {path}"
