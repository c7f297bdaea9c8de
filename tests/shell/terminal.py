"""A shell at a terminal of its own: keys in, lines out."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

# How long (seconds) a shell may take to answer, on a machine that does much besides.
_PATIENCE = 60.0
# What moves the cursor, sets colours and modes.
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def found(shell: str) -> str:
    """Where a program is; skips the test where it is missing."""
    path = shutil.which(shell)
    if not path:
        pytest.skip(f"{shell} is not installed")
    return path


def with_cleaner(home: Path) -> dict[str, str]:
    """An environment in which `cleaner` is this checkout's, and nobody's settings hold."""
    folder = Path(sys.executable).parent
    if not (folder / "cleaner").exists():
        pytest.skip("the command cleaner is not installed beside this Python")
    return {
        "PATH": f"{folder}:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "TERM": "xterm", "LC_ALL": "C.UTF-8",
        "CLEANER_CACHE": os.environ.get("CLEANER_CACHE", str(Path.home() / ".cache" / "cleaner")),
    }  # fmt: skip


class Terminal:
    """What runs at the other end of a pseudo-terminal."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.seen = ""

    def type(self, keys: str) -> None:
        os.write(self._descriptor, keys.encode())

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first hit of `pattern` in what was shown since the last one."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if hit := re.search(pattern, self.seen, re.MULTILINE):
                self.seen = self.seen[hit.end() :]
                return hit
            if select.select([self._descriptor], [], [], 0.2)[0]:
                try:
                    data = os.read(self._descriptor, 1 << 16)
                except OSError:  # the other end is gone
                    data = b""
                if not data:
                    break
                self.seen = _STEERING.sub("", self.seen + data.decode(errors="replace"))
        raise AssertionError(f"{pattern!r} was not shown, but {self.seen!r}")


@contextmanager
def terminal(command: Sequence[str], env: dict[str, str], folder: Path) -> Iterator[Terminal]:
    """Run `command` at a terminal of 80 columns; it is ended with the block."""
    process, descriptor = pty.fork()
    if not process:
        os.chdir(folder)
        os.execve(command[0], list(command), env)
    try:
        yield Terminal(descriptor)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(descriptor)
