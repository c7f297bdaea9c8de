"""Writing a file in its own place: whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from cleaner.errors import InputError


def replace(path: Path, data: bytes, suffix: str = "") -> None:
    """Put `data` in place of the file at `path`, atomically; mode (and owner, where allowed) stay; links are followed.

    Args:
        path: the file.
        data: what it shall hold.
        suffix: if given, the old content is kept beside it, under its name with this suffix.

    Raises:
        InputError: it cannot be written; then the file is as it was.
    """
    target = path.resolve()
    try:
        if suffix:
            # The backup arrives by a rename too: a half-written one would be worse than none.
            _put(target.with_name(target.name + suffix), target.read_bytes(), target)
        _put(target, data, target)
    except OSError as e:
        raise InputError(str(path), f"cannot be written: {e.strerror or e}") from e


def _put(path: Path, data: bytes, like: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        shutil.copymode(like, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
