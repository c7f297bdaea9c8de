"""The one rule of what may be written over: nothing that a person has, unless they say so.

An input is never an output, and neither is a file that is there in an input folder, unless it is one of ours. A new file
in such a folder, and a file that is there elsewhere, are no output either, unless the person said `--overwrite`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from cleaner.errors import ConfigError


def refuse_loss(
    path: Path, inputs: Iterable[Path], overwrite: bool, ours: Callable[[Path], bool] | None = None
) -> None:
    """Say no to an output file that would cost a person a file of theirs; called before anything is read.

    Args:
        path: the file to be written.
        inputs: the files and folders that are read.
        overwrite: the person said that what is there may go.
        ours: tells whether a file that is there is an earlier output of this kind, which nobody edits.

    Raises:
        ConfigError: it may not be written; one line says why.
    """
    there = _stated(path)
    if there and not stat.S_ISREG(there.st_mode):
        raise ConfigError(f"{path}: is there already, and no regular file; name another one")
    theirs = there and there.st_size and not (ours and ours(path))
    real = path.resolve()
    folders = []
    for given in inputs:
        info = _stated(given)
        if info and there and os.path.samestat(info, there):
            raise ConfigError(f"{path}: is an input; name another file for the output")
        if info and stat.S_ISDIR(info.st_mode) and real.is_relative_to(given.resolve()):
            folders.append(given)
    if folders and (theirs or not overwrite):
        more = "" if theirs else ", or say --overwrite"
        raise ConfigError(f"{path}: lies in the input folder {folders[0]}; name another place{more}")
    if theirs and not overwrite:
        raise ConfigError(f"{path}: is there already; --overwrite replaces it")


def refuse_inputs_inside(folder: Path, inputs: Iterable[Path]) -> None:
    """Say no to an output folder that holds inputs: they would be written over. Raises ConfigError."""
    real = folder.resolve()
    for given in inputs:
        # A link that lies in it is in the way too, wherever it leads.
        if given.resolve().is_relative_to(real) or (given.parent.resolve() / given.name).is_relative_to(real):
            raise ConfigError(f"{folder}: {given} is an input and lies in it; choose another folder, or --in-place")


def _stated(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except (OSError, ValueError):  # what cannot be asked about is left to the writing
        return None
