"""Completion, tried at the prompt of each shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from cleaner.cli.app import VERBS
from tests.running import Run
from tests.shell.terminal import found, terminal, with_cleaner

# What is typed before the tabulator, and what must stand there then.
TYPED = [
    ("cleaner --diff-o", "cleaner --diff-only"),
    ("cleaner --diff ann", "cleaner --diff annotated"),
    ("cleaner --diff=ann", "cleaner --diff=annotated"),
    ("cleaner -q --level tho", "cleaner -q --level thorough"),
    ("cleaner --ignore ad,byl", "cleaner --ignore ad,byline"),
    ("cleaner --select promo/en/also-l", "cleaner --select promo/en/also-like"),
    ("cleaner arti", "cleaner article.txt"),
    ("cleaner lea", "cleaner learn"),
    ("cleaner rules sig", "cleaner rules signals"),
    ("cleaner rules list --category newsl", "cleaner rules list --category newsletter"),
    ("cleaner learn --by", "cleaner learn --by-site"),
]
_START = {
    "bash": (["--norc", "--noprofile", "-i"], "source <(cleaner completion bash)"),
    "zsh": (["-f", "-i"], "autoload -U compinit; compinit -u -D; source <(cleaner completion zsh)"),
}


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_at_the_prompt(shell: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("It rained.\n")
    options, setup = _START[shell]
    with terminal([found(shell), *options], with_cleaner(tmp_path), tmp_path) as at:
        at.type(f"PS1='$ '; {setup}; echo REA''DY\n")
        at.wait_for(r"(?:^|\r)READY\r?$")
        for typed, completed in TYPED:
            # The beginning of the line is a word that is no command, so that the line is shown and not run.
            at.type(f"{typed}\t\x01echo LI''NE: \n")
            assert at.wait_for(r"(?:^|\r)LINE: (.*?)\s*\r?$")[1] == completed


def test_in_fish(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text("It rained.\n")
    fish, env = found("fish"), with_cleaner(tmp_path)
    asked = "; ".join(f"complete -C '{typed}'; echo --" for typed, _ in TYPED)
    shown = subprocess.run(
        [fish, "--no-config", "-c", f"cleaner completion fish | source; {asked}"],
        env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    for (typed, completed), answer in zip(TYPED, shown.split("--\n"), strict=False):
        offered = [line.partition("\t")[0] for line in answer.splitlines()]
        assert completed.rpartition(" ")[2] in offered, typed


def test_all_verbs_are_offered(tmp_path: Path) -> None:
    env = with_cleaner(tmp_path) | {"_CLEANER_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    for verb in VERBS:
        asked = subprocess.run(
            ["cleaner"], env=env | {"COMP_WORDS": f"cleaner {verb[:2]}"}, capture_output=True, text=True, check=True
        )
        assert f"plain,{verb}" in asked.stdout.splitlines()


def test_without_a_shell_it_says_how_to_install(run: Run) -> None:
    ran = run("completion")
    assert ran.status == 0
    assert b"bash-completion/completions/cleaner" in ran.out
    assert run("completion", "tcsh").status == 2


def test_odd_question_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for asked in ("bash_dance", "tcsh_source", "bash_complete"):
        monkeypatch.setenv("_CLEANER_COMPLETE", asked)
        ran = run()
        assert (ran.status, ran.out, ran.err.count("\n")) == (2, b"", 1)
