#!/usr/bin/env python3
"""Run the tests on other Pythons, and with the oldest or newest dependencies that `pyproject.toml` allows.

`python3 tools/versions.py [--python 3.13 …] [--dependencies pinned|lowest|newest …] [pytest options]`. Each run is one of
`tools/test.py` in a clone of its own, which goes afterwards: neither the checkout's `.venv` nor its compiled core is touched.
A Python is named by its version (looked for on the path, under pyenv and, where it is installed, by uv) or by its path.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ci import clone
from environment import ROOT, SetupError

DEPENDENCIES = ("pinned", "lowest", "newest")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0], epilog="Further options go to pytest.")
    asked.add_argument("--python", action="append", metavar="VERSION", help="a version or a path (default: this one)")
    asked.add_argument("--dependencies", action="append", choices=DEPENDENCIES, help="which (default: pinned)")
    options, pytest = asked.parse_known_args()
    lines, status = [], 0
    for named in options.python or [sys.executable]:
        for which in options.dependencies or ["pinned"]:
            try:
                said, failed = tested(python_named(named), which, pytest)
            except SetupError as e:
                said, failed = str(e), True
            lines.append(f"{named}, {which} dependencies: {said}")
            status |= failed
    print("", *lines, sep="\n")
    return status


def python_named(name: str) -> Path:
    """The Python of this version, or at this path. Raises SetupError if there is none that runs."""
    for path in _places(name):
        asked = [str(path), "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"]
        try:
            version = subprocess.run(asked, capture_output=True, text=True).stdout.strip()
        except OSError:
            continue
        if version and (os.sep in name or f"{version}.".startswith(f"{name}.")):
            return path
    raise SetupError("no such Python here")


def _places(name: str) -> Iterator[Path]:
    if os.sep in name:
        yield Path(name)
        return
    found = shutil.which(f"python{name}")
    if found:
        yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from sorted(pyenv.glob(f"versions/{name}*/bin/python"), reverse=True)
    if shutil.which("uv"):
        yield Path(subprocess.run(["uv", "python", "find", name], capture_output=True, text=True).stdout.strip())


def tested(python: Path, which: str, pytest: list[str]) -> tuple[str, bool]:
    """What a run with `python` came to, in a few words, and whether it failed."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder, "clone")
        clone(where)
        if which != "pinned":
            project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            pins = lowest(project) if which == "lowest" else []
            (where / "constraints.txt").write_text("".join(f"{pin}\n" for pin in pins), encoding="utf-8")
        print(f"\n=== {python}, {which} dependencies", flush=True)
        ran = subprocess.Popen(
            [python, "tools/test.py", *pytest], cwd=where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        last = ""
        with ran:
            assert ran.stdout
            for line in ran.stdout:
                print(line, end="", flush=True)
                last = line.strip() or last
        return last.strip("= ") if ran.returncode < 2 else f"stopped: {last}", ran.returncode != 0


def lowest(project: dict[str, Any]) -> list[str]:
    """Pins to the oldest release that `project` allows of each thing its program needs, or may use, all installed together.

    A bound must be a release that there is. Where two are told for one thing (an extra asks for a newer one than the program),
    the higher one counts.
    """
    extras = project["optional-dependencies"]
    used = {"parquet", "zstd", "html", "lz4", "warc", "review"}  # the engines and the tools have their own commands
    bounds: dict[str, str] = {}
    for name, bound in _bounds([*project["dependencies"], *(need for extra in used for need in extras[extra])]):
        bounds[name] = max(bounds.get(name, "0"), bound, key=_order)
    return sorted(f"{name}=={bound}" for name, bound in bounds.items())


def _bounds(needs: Iterable[str]) -> Iterator[tuple[str, str]]:
    for need in needs:
        found = re.fullmatch(r"([\w-]+)>=([\d.]+)(?:,<[\w.]+)?", need)
        if not found:
            raise SetupError(f"pyproject.toml: no lower bound to be read: {need}")
        yield found[1], found[2]


def _order(release: str) -> list[int]:
    return [int(part) for part in release.split(".")]


if __name__ == "__main__":
    sys.exit(main())
