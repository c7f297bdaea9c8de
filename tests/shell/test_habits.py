"""What hands that know other tools type, typed into each shell: where its words, globs, pipes and statuses come from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.shell.terminal import found, with_cleaner

# A line as a person types it, what it shows (stdout, then stderr), and its status.
HABITS = [
    ("cleaner -V", r"cleaner \d.*\ncore: .*\nPython 3\..*\nrules: \d+ packs, digest [0-9a-f]{12}\n", 0),
    ("cleaner -h | head -n 1", r"Usage: cleaner .*\n", 0),
    ("cleaner --help | grep -c -- --stdin-name", r"1\n", 0),
    ("cleaner rules | grep -E '^ +(list|try) '", r"  list .*\n  try .*\n", 0),
    ("cleaner rules list nosuchword", r"", 1),
    ("cleaner rules try 'never there' *.txt", r"(?s).*", 1),
    (
        "cat a.txt | cleaner --stdin-name news.txt --diff-only",
        r"--- news\.txt\n\+\+\+ news\.txt\n(?s:.*)-SHOP NOW\n",
        0,
    ),
    ("cleaner --check -q --output-format github *.txt", r"::warning file=a\.txt,line=3,.*\n", 1),
    ("cleaner --output-format json a.txt | grep -c '\"removed\"'", r"[1-9]\d*\n", 0),
    ('cleaner --check --output-format sarif < a.txt | grep -c \'"version": *"2.1.0"\'', r"1\n", 0),
    ("cleaner config show | grep ^level", r'level = "careful" .*cleaner\.toml\n', 0),
    ("cleaner config show --no-config | grep level", r"# level: \"standard\" .*\n", 0),
    ("cleaner -q --statistics a.txt", r"It rained\.\ntimes +words +rule\n(?s:.*)", 0),
    ("cleaner -q --keep kept.list a.txt", r"It rained\.\n\nSHOP NOW\n", 0),
    ("cleaner . --exclude-from .cleanerignore --check -q", r"", 0),
    ("cleaner a.txt > a.txt", r"cleaner: a\.txt: .*\n", 2),
    ("cleaner man | head -n 1", r"\.TH CLEANER 1 .*\n", 0),
    ("cleaner completion $SHELL_NAME | head -n 3 | grep -c _cleaner_completion", r"[1-9]\n", 0),
    ("cleaner -q --config later.toml a.txt", r"cleaner: later\.toml: asks for cleaner >=99, and this is .*\n", 2),
    ("cleaner -q --config paths.toml *.txt", r"It rained\.\n\nSHOP NOW\nSnow fell\.\n", 0),
    ("cd others && cleaner -q ../a.txt && cleaner config show | grep -c cleaner.toml", r"It rained\.\n[1-9]\d*\n", 0),
    ("cd / && cleaner config show | grep ^level", r'level = "thorough" .*/\.config/cleaner/cleaner\.toml\n', 0),
    ("cleaner -q -i a.txt && cat a.txt", r"It rained\.\n", 0),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("It rained.\n\nSHOP NOW\n")
    (tmp_path / "b.txt").write_text("Snow fell.\n")
    (tmp_path / "kept.list").write_text("SHOP NOW\n")
    (tmp_path / "cleaner.toml").write_text('level = "careful"\n')
    (tmp_path / ".cleanerignore").write_text("a*.txt\n")
    (tmp_path / "later.toml").write_text('required-version = ">=99"\n')
    (tmp_path / "paths.toml").write_text('[[per-path]]\npaths = ["a*"]\nkeep = ["kept.list"]\n')
    for name, text in (("others/pyproject.toml", "[[[\n"), (".config/cleaner/cleaner.toml", 'level = "thorough"\n')):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize("typed", HABITS, ids=lambda habit: habit[0])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_habits(shell: str, typed: tuple[str, str, int], folder: Path) -> None:
    quiet = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    line, shown, status = typed
    done = subprocess.run(
        [found(shell), *quiet, "-c", line],
        env=with_cleaner(folder) | {"SHELL_NAME": shell}, cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert re.fullmatch(shown, done.stdout + done.stderr), (done.stdout, done.stderr)
    assert done.returncode == status, done.stderr
