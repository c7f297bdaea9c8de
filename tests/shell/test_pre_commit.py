"""The hooks for pre-commit, run by it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.running import ROOT
from tests.shell.terminal import found, with_cleaner

DIRTY = "It rained.\n\nSHOP NOW\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with two texts, beside one with the hooks."""
    git = found("git")
    for name in ("hooks", "site"):
        (tmp_path / name).mkdir()
        subprocess.run([git, "init", "-q", str(tmp_path / name)], check=True)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert hooks.count("language: python\n") == 2
    # Nothing is installed: the command of this checkout is at hand.
    (tmp_path / "hooks" / ".pre-commit-hooks.yaml").write_text(
        hooks.replace("language: python\n", "language: system\n")
    )
    (tmp_path / "site" / "a.txt").write_text(DIRTY)
    (tmp_path / "site" / "b.py").write_text("SHOP = 'NOW'\n\n\nSHOP NOW\n")
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for name in ("hooks", "site"):
        subprocess.run([git, "-C", str(tmp_path / name), "add", "."], check=True)
        subprocess.run([git, "-C", str(tmp_path / name), *author, "commit", "-qm", "x"], check=True)
    return tmp_path / "site"


def tried(site: Path, hook: str) -> subprocess.CompletedProcess[str]:
    env = with_cleaner(site.parent)
    program = (
        found("pre-commit") if not (path := Path(env["PATH"].split(os.pathsep)[0], "pre-commit")).exists() else path
    )
    return subprocess.run(
        [str(program), "try-repo", str(site.parent / "hooks"), hook, "--all-files", "--color", "never"],
        cwd=site, env=env, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_hook_cleans_texts_and_fails_until_they_are_clean(site: Path) -> None:
    before = (site / "b.py").read_text()
    first = tried(site, "cleaner")
    assert (first.returncode, "files were modified by this hook" in first.stdout) == (1, True), first.stdout
    assert (site / "a.txt").read_text() == "It rained.\n"
    assert (site / "b.py").read_text() == before
    assert tried(site, "cleaner").returncode == 0


def test_check_names_the_lines_and_changes_nothing(site: Path) -> None:
    ran = tried(site, "cleaner-check")
    assert ran.returncode == 1
    assert "3  drop  ad  " in ran.stdout
    assert (site / "a.txt").read_text() == DIRTY
    (site / "a.txt").write_text("It rained.\n")
    assert tried(site, "cleaner-check").returncode == 0
