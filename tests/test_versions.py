"""`tools/versions.py`: the tests on other Pythons and dependencies, beside what running it shows."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.running import ROOT


@pytest.fixture
def versions(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module, as the script finds it."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    import versions  # type: ignore[import-not-found]

    yield versions
    for name in ("versions", "ci", "environment"):
        del sys.modules[name]


def test_of_two_bounds_the_higher_one_is_the_lowest_release(versions: ModuleType) -> None:
    extras: dict[str, list[str]] = {name: [] for name in ("parquet", "zstd", "html", "lz4", "warc")}
    project = {
        "dependencies": ["rich>=9.9", "click>=8.1"],
        "optional-dependencies": {**extras, "review": ["rich>=14.2"]},
    }
    assert versions.lowest(project) == ["click==8.1", "rich==14.2"]


def test_every_bound_of_ours_can_be_read(versions: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = versions.lowest(project)
    assert {pin.partition("==")[0] for pin in pins} >= {"click", "rich", "regex", "textual", "pyarrow"}
    with pytest.raises(versions.SetupError, match="no lower bound to be read: regex"):
        versions.lowest({**project, "dependencies": ["regex"]})


def test_the_command_line_is_content_with_a_click_whose_types_are_not_generic() -> None:
    # As in click 8.1: to ask such a class for what it converts to is a TypeError.
    older = "import click; click.ParamType = type('Older', (click.ParamType,), {'__class_getitem__': None})"
    script = f"{older}; from cleaner.cli.entry import main; raise SystemExit(main(['rules', 'list', 'also-like']))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "also-like" in ran.stdout
