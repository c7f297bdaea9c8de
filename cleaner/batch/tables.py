"""Folders that are tables: what their engine's log or checksums say of their files must stay true.

A Delta, Iceberg or Lance folder also holds rows that were deleted or replaced long ago, which only its log tells from the
living ones. Spark's checksums are those of the very bytes beside them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cleaner.batch.patterns import Ignored
from cleaner.batch.source import Choice
from cleaner.errors import ConfigError

_RECIPE = "see 'Tables' in docs/integrations.md for how its engine does it"
_CHECKSUM = ".crc"
_PARQUET = b"PAR1"
# What dask, fastparquet and others write of all Parquet files of a folder: where in each its parts lie.
_SUMMARY = "_metadata"


def refuse_tables(paths: Iterable[Path], choice: Choice, in_place: bool) -> None:
    """Refuse to change what is a table, or to write a copy of it.

    Args:
        paths: the inputs. Folders are looked through with all that `choice` goes into.
        choice: see `Choice`.
        in_place: the inputs are changed. (A copy of a file that is named needs no checksum.)

    Raises:
        ConfigError: one is a table, lies in one or holds one; names the folder, what it is and the recipe.
    """
    seen: set[Path] = set()
    for path in paths:
        whole = path.is_dir()
        folder = path if whole else path.parent
        if folder not in seen:
            seen.add(folder)
            real = Path(os.path.realpath(folder))
            for above in (real, *real.parents):
                _refuse(folder if above == real else above, table_in(above) or summary_in(above, in_place))
        if whole:
            for below in _folders(path, choice):
                _refuse(below, table_in(below) or summary_in(below, in_place) or checksums_in(below, in_place))
        elif in_place and _is_there(Path(folder, f".{path.name}{_CHECKSUM}")):
            _refuse(path, "has a checksum of Spark's beside it")


def _refuse(path: Path, table: str) -> None:
    if table:
        raise ConfigError(f"{path}: {table}; {_RECIPE}")


def table_in(folder: Path) -> str:
    """What kind of table `folder` is; empty if it is none."""
    if (folder / "_delta_log").is_dir():
        return "is a Delta table (_delta_log)"
    if (folder / "data").is_dir():
        if _holds(folder / "metadata", (".metadata.json", ".avro", "version-hint.text")):
            return "is an Iceberg table (metadata, data)"
        if _holds(folder / "_versions", (".manifest",)):
            return "is a Lance table (_versions, data)"
    return ""


def summary_in(folder: Path, in_place: bool) -> str:
    """What is to be said of a summary of the Parquet files in `folder`; empty if there is none, or it is left behind."""
    if not in_place or not _is_there(folder / _SUMMARY):
        return ""
    try:
        with (folder / _SUMMARY).open("rb") as raw:
            known = raw.read(len(_PARQUET)) == _PARQUET
    except OSError:
        return ""
    return (
        f"has a summary of its Parquet files ({_SUMMARY}), which would fit them no more; readers do without"
        if known
        else ""
    )


def checksums_in(folder: Path, in_place: bool) -> str:
    """What is to be said of checksums beside the files of `folder`; empty if there are none. See `refuse_tables`."""
    try:
        names = {path.name for path in folder.iterdir()}
    except OSError:
        return ""
    for name in sorted(names):
        if name.startswith(".") and name.endswith(_CHECKSUM) and name[1 : -len(_CHECKSUM)] in names:
            way_on = "" if in_place else "; name its files one by one"
            return f"holds checksums of Spark's ({name}){way_on}"
    return ""


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # the name of the file alone is as long as names can be


def _holds(folder: Path, ends: tuple[str, ...]) -> bool:
    try:
        return any(path.name.endswith(ends) for path in folder.iterdir())
    except OSError:
        return False


def _folders(root: Path, choice: Choice) -> Iterator[Path]:
    """`root` and the folders in it that a run goes into."""
    top = root.resolve()
    stack: list[tuple[str, Ignored | None]] = [("", None)]
    while stack:
        base, above = stack.pop()
        folder = root / base
        yield folder
        ignored = Ignored(top / base, above)
        try:
            with os.scandir(folder) as entries:
                found = sorted(e.name for e in entries if e.is_dir(follow_symlinks=False) and e.name[0] != ".")
        except OSError:
            continue  # is named by the run
        stack += [
            (f"{base}{name}/", ignored)
            for name in reversed(found)
            if choice.folder(folder / name, base + name) and not ignored.holds(top / base / name, True)
        ]
