"""The Python in which the writers are installed, at pinned releases."""

from __future__ import annotations

from pathlib import Path

from tools.environment import environment_for, run

PINS = Path(__file__).with_name("requirements.txt")


def writers_python(home: Path) -> Path:
    """The Python of the environment in `home`, which is made or brought to the pins if it is not what they ask for."""

    def install(python: Path) -> None:
        pip: list[str | Path] = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-cache-dir"]
        run(f"Installing the writers into {home} (2 GB)", [*pip, "-r", PINS])

    return environment_for(home, [PINS], install)
