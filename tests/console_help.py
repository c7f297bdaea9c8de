"""What the tests of pages share: the commands that a page shows, run in a shell that has this checkout's `cleaner`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.running import ROOT

# A block of a page: a file if it has a name; in one of the kind `console` stand commands and what they write.
BLOCK = re.compile(r"^```(?P<kind>[a-z]+)(?: (?P<name>[\w./-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


@dataclass(frozen=True)
class Shown:
    """A command (its lines, where a backslash joins several), and the lines below that show what it prints."""

    command: str
    output: str


def shown(block: str) -> Iterator[Shown]:
    """The commands of a `console` block, each behind `$ `; what follows is all that it writes."""
    first, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not first, f"a block of commands begins with one: {block}"
    for part in parts:
        found = re.match(r"(?:.*\\\n)*.*", part)
        assert found
        yield Shown(found[0], part[found.end() :].removeprefix("\n"))


def program(folder: Path) -> Path:
    """Make `folder`, which holds the command `cleaner` of this checkout."""
    folder.mkdir()
    made = folder / "cleaner"
    made.write_text(f'#!/bin/sh\nexec {sys.executable} -m cleaner "$@"\n')
    made.chmod(0o755)
    return folder


def ran(command: str, here: Path, programs: Path) -> subprocess.CompletedProcess[str]:
    """What a command gives in the folder `here`; all that it writes is in `stdout`."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=here,
        env={**ENV, "PATH": f"{programs}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
    )
