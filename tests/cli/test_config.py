"""Settings files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli.config import Config, find_config, load_config
from cleaner.errors import ConfigError
from cleaner.judging.engine import THRESHOLDS
from cleaner.render.changes import STYLES
from tests.running import Run

DIRTY = "It rained.\n\nSHOP NOW\n"


def test_nearest_file_upward_holds(run: Run, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.cleaner]\nignore = ["ad", "promo"]\n')
    assert find_config(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "other"\n')
    assert find_config(inner) == tmp_path / "pyproject.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.cleaner]\n")
    assert find_config(inner) == tmp_path / "a" / "pyproject.toml"
    (tmp_path / "a" / "cleaner.toml").write_text("")
    assert find_config(inner) == tmp_path / "a" / "cleaner.toml"


def test_options_outdo_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_text('select = "cookie"\ndiff = "annotated"\n')
    assert b"SHOP NOW" in run("-q", stdin=DIRTY).out
    ran = run("--select", "ad", stdin=DIRTY)
    assert ran.out == b"It rained.\n"
    assert "drop  ad" in ran.err
    assert run("--select", "ad", "--diff=unified", stdin=DIRTY).err.startswith("--- stdin")
    assert run("--select", "ad", "--diff-only", stdin=DIRTY).out.startswith(b"--- stdin")
    (tmp_path / "other.toml").write_text('ignore = "ad,promo"\n')
    assert run("-q", "--config", "other.toml", stdin=DIRTY).status == 2


def test_rules_of_settings_are_found_beside_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = run("rules", "new", "promo/en/on-the-matter").out
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.toml").write_bytes(own)
    (tmp_path / "cleaner.toml").write_text('rules = "packs"\nselect = ["promo/en/on-the-matter"]\n')
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert run("-q", stdin="It rained.\nMore on this: rain\n").out == b"It rained.\n"
    assert b"on-the-matter" in run("rules", "list", "on-the-matter").out


def test_every_key(tmp_path: Path) -> None:
    path = tmp_path / "cleaner.toml"
    path.write_text(
        'select = ["ad"]\nignore = "promo"\nlevel = "careful"\nlang = ["en"]\nrules = ["x.toml"]\n'
        'max-removed = 0.25\ndiff = "words"\n'
    )
    assert load_config(path) == Config(("ad",), ("promo",), "careful", ("en",), (tmp_path / "x.toml",), 0.25, "words")


@pytest.mark.parametrize("value", [f'level = "{x}"' for x in THRESHOLDS] + [f'diff = "{x}"' for x in STYLES])
def test_every_value_of_a_choice_is_known(tmp_path: Path, value: str) -> None:
    (tmp_path / "cleaner.toml").write_text(value)
    assert load_config(tmp_path / "cleaner.toml") != Config()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("levl = 'careful'", "unknown key 'levl'; known: select, ignore, level, lang, rules, max-removed, diff"),
        ("level = 'strict'", "'level' must be one of careful, standard, thorough, not 'strict'"),
        ("level = 3", "'level' must be a text, not 3"),
        ("select = 3", "'select' must be a text or a list of texts"),
        ("select = ['a', 3]", "'select' must be a text or a list of texts"),
        ("select = ['a', '']", "'select' must be a text or a list of texts"),
        ("max-removed = 3", "'max-removed' must be a number from 0 to 1"),
        ("max-removed = true", "'max-removed' must be a number from 0 to 1"),
        ("diff = 'side'", "'diff' must be one of"),
        ("level = ", "not valid TOML"),
        ("level = '\udcff'", "not valid TOML"),
    ],
)
def test_errors_name_file_and_key(run: Run, tmp_path: Path, text: str, error: str) -> None:
    path = tmp_path / "cleaner.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    ran = run(stdin="x")
    assert (ran.status, ran.out) == (2, b"")
    assert ran.err.startswith(f"cleaner: {path}: {error}")
    path.rename(tmp_path / "pyproject.toml")
    (tmp_path / "pyproject.toml").write_bytes(b"[tool.cleaner]\n" + text.encode("utf-8", "surrogateescape"))
    assert "pyproject.toml: " in run(stdin="x").err


def test_missing_and_odd_files(run: Run, tmp_path: Path) -> None:
    assert "No such file" in run("--config", "none.toml", stdin="x").err
    (tmp_path / "pyproject.toml").write_text("tool = 3\n")
    with pytest.raises(ConfigError, match="'tool' must be a table"):
        find_config(tmp_path)
