#!/usr/bin/env python3
"""Install `cleaner` from this checkout and clean a sample, with nothing but Python 3.11 or newer.

    python3 tools/install.py [--into FOLDER] [EXTRA ...]

It goes into a virtual environment of its own, since a Python that a system manages takes nothing else; by default into
~/.local/share/boilerplate-cleaner, with a link to the command in ~/.local/bin. What others put there stays. Run again, it
installs what the checkout holds by then.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from environment import ROOT, SetupError, check_python, make_environment, python_of, run

NAME = "boilerplate-cleaner"
# Tells an environment of this program's from a folder of somebody's.
MARK = "made-by-cleaner"
SAMPLE = "samples/local-paywall/in.txt"
LINK = Path("~/.local/bin/cleaner")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument(
        "extras", nargs="*", metavar="EXTRA", help="what else to install: html, lz4, parquet, review, warc, zstd"
    )
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="make the environment here, and no link")
    wanted = parser.parse_args()
    share = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    home = (wanted.into or share / NAME).absolute()
    try:
        check_python()
        command = install(home, wanted.extras)
    except SetupError as e:
        print(f"install: {e}", file=sys.stderr)
        return 2
    print(f"Cleaning a sample: cleaner --diff=annotated {SAMPLE}\n", flush=True)
    status = subprocess.run([command, "--diff=annotated", SAMPLE], cwd=ROOT).returncode
    if status:
        return status
    print(f"\nInstalled: {command}")
    if not wanted.into and os.name != "nt":
        print(linked(command, LINK.expanduser()))
    print(
        f"To remove it: rm -r {home}" + (f" {LINK}" if not wanted.into and is_ours(LINK.expanduser(), command) else "")
    )
    return 0


def install(home: Path, extras: list[str]) -> Path:
    """Install the checkout into an environment in `home`; returns the command's path. Raises SetupError."""
    if home.exists() and not (home / MARK).exists() and (not home.is_dir() or any(home.iterdir())):
        raise SetupError(f"{home} is there already and not by this program; name another place with --into")
    make_environment(home)
    (home / MARK).touch()
    python = python_of(home)
    what = f".[{','.join(extras)}]" if extras else "."
    run(
        "Building and installing: the core is compiled, and the rules are made ready",
        [python, "-m", "pip", "install", "--disable-pip-version-check", "--upgrade", what],
    )
    built = subprocess.run([python, "-c", "import cleaner.fast._core"], cwd=home, capture_output=True)
    if built.returncode:
        print("  without the compiled core (no C compiler?): slower on large runs, otherwise the same")
    command: Path = python.with_name("cleaner.exe" if os.name == "nt" else "cleaner")
    return command


def linked(command: Path, link: Path) -> str:
    """Link to the command, unless something of another's has that name; returns what to say of it."""
    if not is_ours(link, command):
        if link.is_symlink() or link.exists():
            return f"{link} is another program, and stays; call this one by its path"
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(command)
    found = shutil.which("cleaner")
    if found and Path(found).resolve() == link.resolve():
        return "The command is: cleaner"
    return f"The command is: {link} (its folder is not on your PATH, or another 'cleaner' comes before it)"


def is_ours(link: Path, command: Path) -> bool:
    """Whether `link` is a link to the command."""
    return link.is_symlink() and link.readlink() == command


if __name__ == "__main__":
    sys.exit(main())
