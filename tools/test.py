#!/usr/bin/env python3
"""Run the tests, from a clean checkout and with nothing but Python 3.11 or newer: `python3 tools/test.py [pytest options]`.

Makes a virtual environment in `.venv` and installs the package and its development tools there, pinned by
`constraints.txt`; does so again when either file changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = HOME / "installed-for"
NEEDED_BY = ("pyproject.toml", "constraints.txt", *(f"core/{p.name}" for p in sorted((ROOT / "core").glob("*.[ch]"))))


def prepare() -> None:
    """Make `.venv` what `pyproject.toml` and `constraints.txt` ask for. Raises CalledProcessError if pip fails."""
    wanted = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in NEEDED_BY)).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("Making .venv ...", flush=True)
        venv.create(HOME, with_pip=True)
    print("Installing into .venv ...", flush=True)
    pins = str(ROOT / "constraints.txt")
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", pins, "-e", ".[dev]"],
        check=True, cwd=ROOT, env={**os.environ, "PIP_CONSTRAINT": pins},
    )  # fmt: skip
    STAMP.write_text(wanted)


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - run by whatever Python there is
        print(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        prepare()
    except subprocess.CalledProcessError as e:
        return e.returncode
    return subprocess.run([PYTHON, "-m", "pytest", *(sys.argv[1:] or ["-q", "-n", "auto"])], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
