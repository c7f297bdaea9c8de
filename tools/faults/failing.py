"""A module run while the disk fails it: `python -m tools.faults.failing NUMBER MODULE arguments…`.

From the NUMBERth time on that our writing asks the disk for anything (a write to a file aside, a flush to the disk, a rename, a
second name), the answer is an I/O error.
"""

from __future__ import annotations

import errno
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_left = 0


def _asked() -> None:
    global _left
    _left -= 1
    if _left < 0:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _failing(real: Callable[..., Any]) -> Callable[..., Any]:
    def ask(*args: Any, **more: Any) -> Any:
        _asked()
        return real(*args, **more)

    return ask


class _File:
    """A file whose writes may fail."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        _asked()
        return int(self._file.write(data))


def main() -> None:
    """Run the module."""
    global _left
    _left, module = int(sys.argv[1]), sys.argv[2]
    opened = os.fdopen
    os.fdopen = lambda *args, **more: _File(opened(*args, **more))  # type: ignore[assignment]
    os.fsync, os.link = _failing(os.fsync), _failing(os.link)
    Path.replace = _failing(Path.replace)  # type: ignore[method-assign]
    sys.argv[:3] = [module]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
