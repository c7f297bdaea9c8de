#!/usr/bin/env python3
"""Run the tests, from a clean checkout and with nothing but Python 3.11 or newer: `python3 tools/test.py [pytest options]`.

Makes a virtual environment in `.venv` and installs the package and its development tools there, pinned by
`constraints.txt`; does so again when either file changes.

`python3 tools/test.py --engines [pytest options]` makes another one, `.venv-engines`, with all that `cleaner.integrations` serves
(pinned by `constraints-engines.txt`; 2.3 GB, some minutes), but for NeMo Curator, and runs the tests of the integrations there: one
that is skipped is a failure. Spark needs Java 17 or newer on the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT, SetupError, check_python, environment_for, run

CORE = [f"core/{p.name}" for p in sorted((ROOT / "core").glob("*.[ch]"))]


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds this checkout, in `home`: with the extras named, and that file's pins."""

    home: Path
    extras: str
    pins: str

    def prepare(self) -> Path:
        """Make it what its files ask for, and give its Python. Raises SetupError."""
        files = [ROOT / name for name in ("pyproject.toml", self.pins, *CORE)]
        python: Path = environment_for(self.home, files, self._install)
        return python

    def _install(self, python: Path) -> None:
        pins = str(ROOT / self.pins)
        run(
            f"Installing this checkout and what the tests need into {self.home.name}; the core is compiled",
            [python, "-m", "pip", "install", "--disable-pip-version-check", "-c", pins, "-e", f".[{self.extras}]"],
            {"PIP_CONSTRAINT": pins},
        )


USUAL = Environment(ROOT / ".venv", "dev", "constraints.txt")
ENGINES = Environment(ROOT / ".venv-engines", "dev,engines", "constraints-engines.txt")


def main() -> int:
    options = sys.argv[1:]
    engines = options[:1] == ["--engines"]
    try:
        check_python()
        if engines and not shutil.which("java"):
            raise SetupError("Spark needs Java 17 or newer (on Debian: apt install openjdk-17-jre-headless)")
        python = (ENGINES if engines else USUAL).prepare()
    except SetupError as e:
        print(f"test: {e}", file=sys.stderr)
        return 2
    if engines:
        # NeMo Curator wants torch with CUDA, which is more than all the others together.
        left_out = ["--ignore", "tests/integrations/test_nemo_curator.py"]
        options = ["-q", "--no-skips", "--durations", "20", *left_out, "tests/integrations", *options[1:]]
    elif not options:
        print("Running all tests on all cores; that takes some minutes ...", flush=True)
        options = ["-q", "-n", "auto", "--dist", "worksteal", "--durations", "20"]
    return subprocess.run([python, "-m", "pytest", *options], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
