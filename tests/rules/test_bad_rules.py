"""Each broken pack of `bad_rules/` gives one error that names file, rule and reason, and exit status 2.

The first line of a fixture says what the error must hold.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import ROOT, Run

FIXTURES = sorted((ROOT / "tests" / "rules" / "bad_rules").glob("*.toml"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda p: p.stem)
def test_broken_pack(path: Path, run: Run) -> None:
    wanted = path.read_text().split("\n", 1)[0].removeprefix("# error: ")
    for ran in (run("--rules", path, stdin="Prices rose.\n"), run("rules", "test", path)):
        assert ran.status == 2
        first, *others = ran.err.splitlines()
        assert first.startswith(f"cleaner: {path}: ")
        assert wanted in first
        assert others == []
    assert run("--rules", path, stdin="Prices rose.\n").out == b""


def test_missing_pack(run: Run, tmp_path: Path) -> None:
    ran = run("--rules", tmp_path / "none.toml", stdin="x")
    assert (ran.status, ran.out) == (2, b"")
    assert "none.toml: no such file or directory" in ran.err
    (tmp_path / "empty").mkdir()
    assert "holds no .toml file" in run("--rules", tmp_path / "empty", stdin="x").err


def test_pack_that_is_no_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b'about = "\xff"\n')
    ran = run("--rules", tmp_path / "bytes.toml", stdin="x")
    assert ran.status == 2
    assert "not valid TOML" in ran.err
    assert ran.err.count("\n") == 1


def test_id_used_by_a_built_in_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(run("rules", "new", "promo/en/also-like").out.decode())
    ran = run("--rules", tmp_path / "own.toml", stdin="x")
    assert ran.status == 2
    assert "duplicate id, first used in rules/en/promo" in ran.err
