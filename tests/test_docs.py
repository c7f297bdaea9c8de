"""What the pages of docs show comes out so: their files are written, their commands run, their outputs compared.

A block that begins with three backticks and `text NAME` (or `toml NAME`) is a file. In a `console` block a line that begins with
`$ ` is a command, what follows is all that it writes. `pytest --rewrite-samples` writes what comes out into the page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT

PAGES = ["explain.md", "tutorial.md"]
_BLOCK = re.compile(r"^```(?P<kind>[a-z]+)(?: (?P<name>[\w./-]+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def _program(folder: Path) -> str:
    """A folder with the command `cleaner` of this checkout."""
    folder.mkdir()
    program = folder / "cleaner"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m cleaner "$@"\n')
    program.chmod(0o755)
    return str(folder)


def _ran(body: str, folder: Path, path: str) -> str:
    """A console block as it comes out."""
    out = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)$", body, re.MULTILINE):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            env={**os.environ, "NO_COLOR": "1", "PATH": f"{path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        )
        out.append(f"$ {command}\n{done.stdout}")
    return "".join(out)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_comes_out(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / name
    text = page.read_text()
    work = tmp_path / "work"
    work.mkdir()
    path = _program(tmp_path / "bin")
    commands = 0

    def written(block: re.Match[str]) -> str:
        nonlocal commands
        if block["name"]:
            (work / block["name"]).parent.mkdir(parents=True, exist_ok=True)
            (work / block["name"]).write_text(block["body"])
        if block["kind"] != "console":
            return block[0]
        commands += 1
        return f"```console\n{_ran(block['body'], work, path)}```"

    got = _BLOCK.sub(written, text)
    assert commands > 5
    if request.config.getoption("--rewrite-samples"):
        page.write_text(got)
    assert got == page.read_text()
