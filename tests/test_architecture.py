"""The house is as docs/architecture.md shows it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.running import ROOT
from tools.rooms import PAGE, drawn

FILES = sorted([*(ROOT / "cleaner").rglob("*.py"), *(ROOT / "core").glob("*.[ch]")])


def test_the_picture_of_the_rooms_is_fresh() -> None:
    page = PAGE.read_text()
    assert drawn(page) == page, "run: python -m tools.rooms"


@pytest.mark.parametrize("room", sorted(p.parent.name for p in (ROOT / "cleaner").glob("*/__init__.py")))
def test_each_room_says_where_to_begin(room: str) -> None:
    first = ast.get_docstring(ast.parse((ROOT / "cleaner" / room / "__init__.py").read_text()))
    assert first
    named = re.findall(r"Begin with `(\w+)", first)
    assert named
    assert all((ROOT / "cleaner" / room / f"{name}.py").exists() for name in named)


def test_the_walk_names_files_that_are_there() -> None:
    walk = PAGE.read_text().partition("## A newcomer's walk")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d\. `([\w/]+\.py)`", walk, re.MULTILINE)
    assert 0 < len(steps) <= 6
    for name in steps:
        assert (ROOT / "cleaner" / name).exists(), name


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 320
