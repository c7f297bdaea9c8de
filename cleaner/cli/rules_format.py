"""`cleaner rules format`: packs that people write, put in one form."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.app import FAILED, WOULD_CHANGE, fail
from cleaner.cli.inputs import decode
from cleaner.disk.inplace import Seen, replace
from cleaner.errors import InputError, RuleError
from cleaner.workbench.pack_format import formatted


@click.command("format")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PACK|FOLDER...")
@click.option("--check", is_flag=True, help="Write nothing; exit status 1 if a pack would change.")
def format_(paths: tuple[Path, ...], check: bool) -> int:
    """Put packs in one form, in place: keys in their order, lists and texts written alike; comments stay where they belong.

    A pack that cannot be put in order without loss is named and left as it is.
    """
    from cleaner.rules.packs import pack_files  # late: with it comes what reads packs

    status = 0
    for path in [file for given in paths for file in pack_files(given)]:
        try:
            seen = Seen.of(path)
            old = pack_text(path)
            text = formatted(old, str(path))
        except (InputError, RuleError) as e:
            status = fail(str(e))
            continue
        if text == old:
            continue
        if check:
            click.echo(f"{path}: would change")
            status = status or WOULD_CHANGE
            continue
        for message in replace(path, text.encode(), seen):
            fail(message)
        click.echo(f"{path}: written anew")
    return FAILED if status == FAILED else status


def pack_text(path: Path) -> str:
    """The text of a pack. Raises InputError where it cannot be read."""
    try:
        return decode(path.read_bytes(), str(path))
    except OSError as e:
        raise InputError(str(path), e.strerror or str(e)) from e
