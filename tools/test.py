#!/usr/bin/env python3
"""Run the tests, from a clean checkout and with nothing but Python 3.11 or newer: `python3 tools/test.py [pytest options]`.

Makes a virtual environment in `.venv` and installs the package and its development tools there, pinned by
`constraints.txt`; does so again when either file changes.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys

from environment import ROOT, SetupError, check_python, make_environment, python_of, run

HOME = ROOT / ".venv"
PYTHON = python_of(HOME)
STAMP = HOME / "installed-for"
NEEDED_BY = ("pyproject.toml", "constraints.txt", *(f"core/{p.name}" for p in sorted((ROOT / "core").glob("*.[ch]"))))


def prepare() -> None:
    """Make `.venv` what `pyproject.toml` and `constraints.txt` ask for. Raises SetupError."""
    wanted = hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in NEEDED_BY)).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    make_environment(HOME)
    pins = str(ROOT / "constraints.txt")
    run(
        "Installing this checkout and what the tests need into .venv; the core is compiled",
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "-c", pins, "-e", ".[dev]"],
        {"PIP_CONSTRAINT": pins},
    )
    STAMP.write_text(wanted)


def main() -> int:
    try:
        check_python()
        prepare()
    except SetupError as e:
        print(f"test: {e}", file=sys.stderr)
        return 2
    options = sys.argv[1:]
    if not options:
        print("Running all tests on all cores; that takes some minutes ...", flush=True)
    return subprocess.run(
        [PYTHON, "-m", "pytest", *(options or ["-q", "-n", "auto", "--dist", "worksteal", "--durations", "20"])],
        cwd=ROOT,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
