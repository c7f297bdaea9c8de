"""Options of some paths alone: the same with any number of processes, and a run to resume must have had the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner.batch import Mirror, Plan, run
from cleaner.batch.cleaners import Own
from cleaner.errors import ConfigError
from tests.batch_help import CLEAN, DIRTY, PACK, contents, tree

FILES: dict[str, str | bytes] = {"blog/a.txt": DIRTY, "news/b.txt": DIRTY}


def plan(source: Path, out: Path, patterns: tuple[str, ...], options: dict[str, Any], **more: Any) -> Plan:
    own = (Own(str(source), patterns, options),)
    general = {"built_in": False}
    return Plan(inputs=(source,), target=Mirror(out), options=general, own=own, **more)


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_its_paths(tmp_path: Path, jobs: int) -> None:
    source = tree(tmp_path / "in", FILES)
    run(plan(source, tmp_path / "out", ("blog/",), {"rules": (PACK,)}, jobs=jobs))
    assert contents(tmp_path / "out") == {"blog/a.txt": CLEAN.encode(), "news/b.txt": DIRTY.encode()}


def test_a_mistake_in_them_is_told_before_any_process_begins(tmp_path: Path) -> None:
    source = tree(tmp_path / "in", FILES)
    with pytest.raises(ConfigError, match="no-such"):
        run(plan(source, tmp_path / "out", ("blog/",), {"ignore": ("no-such",)}, jobs=2))
    assert not (tmp_path / "out").exists()


def test_a_run_to_resume_had_the_same(tmp_path: Path) -> None:
    source, out = tree(tmp_path / "in", FILES), tmp_path / "out"
    packs = [tree(tmp_path / name, {"pack.toml": PACK.read_bytes()}) / "pack.toml" for name in ("one", "two")]
    run(plan(source, out, ("blog/",), {"rules": (packs[0],)}, resume=True))
    assert run(plan(source, out, ("blog/",), {"rules": (packs[1],)}, resume=True)).resumed == 2, "the same pack moved"
    packs[0].write_text(PACK.read_text().replace("'^advertisement$'", "'^advertisements?$'"))
    assert packs[0].read_bytes() != PACK.read_bytes()
    with pytest.raises(ConfigError, match="rules: "):
        run(plan(source, out, ("blog/",), {"rules": (packs[0],)}, resume=True))
    with pytest.raises(ConfigError, match="per-path: "):
        run(plan(source, out, ("news/",), {"rules": (packs[1],)}, resume=True))
