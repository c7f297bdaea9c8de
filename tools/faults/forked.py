"""A run of a module in a process that is forked from this one, where all that it needs is imported, and the rules are read.

To start Python, to import the program and to read its rules takes longer than most runs, and a fault in that time shows nothing: it
is spent once.
"""

from __future__ import annotations

import atexit
import importlib
import os
import pkgutil
import runpy
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import cleaner.batch
import cleaner.cli
import cleaner.formats
from cleaner.batch import feed, ledger
from cleaner.cli.entry import main
from cleaner.formats import jsonl, table, warc
from tools.faults.inputs import RULES

# Small inputs are to show what large ones do: a run hands its work out in more pieces than one, and keeps its account between them.
_PIECE, _FILES, _PAUSE = 1 << 14, 8, 0.01


def prepare() -> None:
    """Import what runs import when they need it, and do what is done once; and make pieces of work, and pauses, small."""
    for package in (cleaner.batch, cleaner.cli, cleaner.formats):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    jsonl.CHUNK = table.CHUNK = warc._CHUNK = _PIECE  # type: ignore[attr-defined]
    feed._FILES, ledger._PAUSE = _FILES, _PAUSE
    with tempfile.TemporaryDirectory() as name:
        text = Path(name, "in", "a.txt")
        text.parent.mkdir()
        text.write_text("Advertisement\n")
        if main([str(text.parent), "-o", f"{name}/out", "-q", *RULES]):
            raise SystemExit("a run of one text failed")


# How Linux numbers the clocks of processes: the process, and which of its clocks.
_OF_A_PROCESS = 2
# Seconds between two looks at such a clock.
_LOOK = 0.001


class Forked:
    """A run as `python -m MODULE ARGUMENTS…` makes it, used as a `subprocess.Popen` is; its stdin and stdout are nothing.

    Args:
        words: the module and its arguments.
        folder: where it runs.
        environment: what is set there besides.

    Attributes:
        returncode: how it ended, once that is known: its exit status, or the signal that ended it below 0.
        seconds: of processor time that it took, once `communicate` waited for it.
    """

    def __init__(self, words: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self.returncode: int | None = None
        self.seconds = 0.0
        self._said, said = os.pipe()
        sys.stdout.flush()
        self._pid = os.fork()
        if not self._pid:
            _run(words, folder, environment, said)
        os.close(said)

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._waited(os.WNOHANG)

    def spent(self) -> float:
        """Seconds of processor time that it took, without its own processes; a dead one's until it is waited for."""
        return time.clock_gettime(~self._pid << 3 | _OF_A_PROCESS)

    def until(self, spent: float) -> None:
        """Wait until it took so many of them, or ended.

        A moment told by the clock on the wall would say on a busy machine how busy it is, and not how far the run came.
        """
        while self.poll() is None and (left := spent - self.spent()) > 0:
            time.sleep(max(left, _LOOK))

    def send_signal(self, which: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self._pid, which)

    def communicate(self) -> str:
        """Wait for it, and for its own processes. Returns what they said on stderr."""
        with os.fdopen(self._said, encoding="utf-8", errors="replace") as pipe:
            said = pipe.read()
        if self.returncode is None:
            os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOWAIT)
            self.seconds = self.spent()
        self._waited(0)
        return said

    def _waited(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self._pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def _run(words: Sequence[str], folder: Path, environment: dict[str, str], said: int) -> NoReturn:
    """Be the process that runs the module."""
    status = 1
    try:
        nothing = os.open(os.devnull, os.O_RDWR)
        for ours, theirs in ((nothing, 0), (nothing, 1), (said, 2)):
            os.dup2(ours, theirs)
        os.close(said)
        os.chdir(folder)
        os.environ.update(environment)
        tempfile.tempdir = None  # it is looked for anew
        sys.argv = list(words)
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as e:
        status = e.code if isinstance(e.code, int) else int(e.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stderr.flush()
        os._exit(status)
