"""What `install.py`, `test.py` and the benchmark of writers share: virtual environments, and long steps that say what they do.

Imports nothing but Python's own library, and is read by whatever Python there is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Seconds after which a step says that it is still at work.
_PAUSE = 15.0


class SetupError(Exception):
    """What is in the way, in one line for a person."""


def python_of(home: Path) -> Path:
    """The Python of the environment in `home`."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def check_python() -> None:
    """Raise SetupError if this Python is too old or cannot make environments."""
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python there is
        raise SetupError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]} ({sys.executable})")
    try:
        import ensurepip
        import venv
    except ImportError as e:
        raise SetupError(f"{sys.executable} cannot make environments (on Debian: apt install python3-venv)") from e
    del ensurepip, venv


def make_environment(home: Path) -> None:
    """Make a virtual environment in `home`, unless one that works is there; half of one is never left."""
    python = python_of(home)
    if python.exists() and subprocess.run([python, "-m", "pip", "-V"], capture_output=True).returncode == 0:
        return
    try:
        run(f"Making an environment in {home}", [sys.executable, "-m", "venv", "--clear", home])
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise


def environment_for(home: Path, files: Iterable[Path], install: Callable[[Path], None]) -> Path:
    """The Python of the environment in `home`; `install` fills it, again when one of `files` is another. Raises SetupError."""
    python, stamp = python_of(home), home / "installed-for"
    wanted = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        make_environment(home)
        install(python)
        stamp.write_text(wanted)
    return python


def run(what: str, command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run `command` in the checkout; say `what` it does, now and then that it goes on, and how long it took.

    What it writes is shown if it fails. Raises SetupError then.
    """
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(_PAUSE):
            print(f"  still at it after {time.monotonic() - began:.0f} s", flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        done = subprocess.run(
            list(map(str, command)), cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
    finally:
        ended.set()
        teller.join()
    if done.returncode:
        print(done.stdout, end="", file=sys.stderr, flush=True)
        raise SetupError(f"that failed, with exit status {done.returncode}: {what}")
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)
