"""The distribution has a name of its own: nothing tells people to install a stranger's program."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

from cleaner.distribution import NAME, installing, version
from cleaner.errors import InputError
from cleaner.formats import Packing
from cleaner.formats.arrow import pyarrow
from cleaner.formats.packing import pack
from tests.running import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
SAYING = [
    *ROOT.glob("*.md"),
    ROOT / "pyproject.toml",
    *(p for name in ("docs", "cleaner", "examples", "tools", ".ci") for p in (ROOT / name).rglob("*")),
]
# What lies in a corpus for fuzzing is nothing that anybody reads.
TEXTS = sorted(
    p for p in SAYING if p.suffix in (".md", ".py", ".toml", ".txt", "") and "corpus" not in p.parts and p.is_file()
)
# An extra of `cleaner`, or `cleaner` as what an installer is to get. (A module's path and a command's are neither.)
STRANGER = re.compile(
    r"(?<![\w-])cleaner\[[a-z]|(?:pipx? install|uv (?:pip|tool) install|uvx|pipx run)\s+(?:-\S+\s+)*['\"]?cleaner(?![\w/-])"
)


def test_nothing_names_the_distribution_of_others() -> None:
    found = [f"{p}: {line}" for p in TEXTS for line in p.read_text().splitlines() if STRANGER.search(line)]
    assert not found


def test_the_pattern_above_finds_what_it_should() -> None:
    bad = (
        "pip install 'cleaner[zstd]'",
        "`cleaner[ray]`",
        "pip install -U cleaner",
        "uvx cleaner x",
        "pipx install cleaner",
    )
    assert all(map(STRANGER.search, bad))
    good = (installing("zstd"), "pip install .  # the command `cleaner`", "uvx --from boilerplate-cleaner cleaner")
    assert not any(map(STRANGER.search, good))


def test_the_name_is_the_project_s() -> None:
    assert PROJECT["name"] == NAME
    assert version() == PROJECT["version"]
    assert version("no-such-distribution-anywhere") is None


def test_every_extra_that_is_named_exists() -> None:
    named = {
        extra
        for path in TEXTS
        for extras in re.findall(rf"{NAME}\[([\w,-]+)\]", path.read_text())
        for extra in extras.split(",")
    }
    assert named
    assert named <= set(PROJECT["optional-dependencies"])


def test_messages_name_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match=re.escape("pip install 'boilerplate-cleaner[zstd]'")):
        pack(b"", Packing.ZSTD)
    with pytest.raises(InputError, match=re.escape("pip install 'boilerplate-cleaner[parquet]'")):
        pyarrow()
