"""Patterns for paths, as in `.gitignore`."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleaner.errors import ConfigError, InputError

# In any folder, what is not to be taken from it.
IGNORE_FILE = ".cleanerignore"


def ignore_spec(patterns: Sequence[str]) -> Any:
    """What tells whether a path fits one of `patterns` (`match_file`); None if there are none.

    Raises:
        ConfigError: a pattern that is not understood.
    """
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of `re`, on `[[`: for who writes Python
            return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error) as e:
        raise ConfigError(f"a pattern is not understood: {e}") from e


def lines_of(file: Path) -> tuple[str, ...]:
    """The patterns in a file. Raises InputError if it cannot be read."""
    try:
        return tuple(file.read_text(encoding="utf-8-sig").splitlines())
    except OSError as e:
        raise InputError(str(file), e.strerror or str(e)) from e
    except UnicodeDecodeError as e:
        raise InputError(str(file), f"not UTF-8: byte 0x{e.object[e.start]:02x} at offset {e.start}") from e


class Ignored:
    """What the ignore files of a folder, and of those above it, leave out. As in Git the nearest that speaks decides.

    Args:
        folder: the folder.
        above: what holds for the folder above it; None: what the files of all folders above say.

    Raises:
        ConfigError: a pattern that is not understood; names the file.
        InputError: a file that cannot be read.
    """

    def __init__(self, folder: Path, above: Ignored | None = None) -> None:
        self._above = above
        if above is None and folder.parent != folder:
            self._above = Ignored(folder.parent)
        file = folder / IGNORE_FILE
        self._folder = folder
        try:
            self._spec = ignore_spec(lines_of(file)) if file.is_file() else None
        except ConfigError as e:
            raise ConfigError(f"{file}: {e}") from e

    def holds(self, path: Path, is_folder: bool) -> bool:
        """Whether to leave out what lies at `path`, under the folder."""
        asked: Ignored | None = self
        while asked:
            if asked._spec:
                name = os.path.relpath(path, asked._folder).replace(os.sep, "/")
                said = asked._spec.check_file(name + "/" * is_folder).include
                if said is not None:
                    return bool(said)
            asked = asked._above
        return False
