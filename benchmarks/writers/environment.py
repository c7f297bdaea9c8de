"""The Python in which the writers are installed, at pinned releases."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tools.environment import make_environment, python_of, run

PINS = Path(__file__).with_name("requirements.txt")


def writers_python(home: Path) -> Path:
    """The Python of the environment in `home`, which is made or brought to the pins if it is not what they ask for."""
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    stamp = home / "installed-for"
    python = python_of(home)
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        make_environment(home)
        install: list[str | Path] = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-cache-dir"]
        run(f"Installing the writers into {home} (2 GB)", [*install, "-r", PINS])
        stamp.write_text(wanted)
    return python
