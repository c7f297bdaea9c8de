"""What the pages of docs show comes out so: their files are written, their commands run, their outputs compared.

A block that begins with three backticks and `text NAME` (or `toml NAME`) is a file. In a `console` block a line that begins with
`$ ` is a command, what follows is all that it writes. `pytest --rewrite-samples` writes what comes out into the page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.console_help import BLOCK, program, ran, shown
from tests.running import ROOT

PAGES = ["explain.md", "tutorial.md"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_comes_out(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / name
    text = page.read_text()
    work = tmp_path / "work"
    work.mkdir()
    programs = program(tmp_path / "bin")
    commands = 0

    def written(block: re.Match[str]) -> str:
        nonlocal commands
        if block["name"]:
            (work / block["name"]).parent.mkdir(parents=True, exist_ok=True)
            (work / block["name"]).write_text(block["body"])
        if block["kind"] != "console":
            return block[0]
        commands += 1
        came_out = (f"$ {one.command}\n{ran(one.command, work, programs).stdout}" for one in shown(block["body"]))
        return f"```console\n{''.join(came_out)}```"

    got = BLOCK.sub(written, text)
    assert commands > 5
    if request.config.getoption("--rewrite-samples"):
        page.write_text(got)
    assert got == page.read_text()
