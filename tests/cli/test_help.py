"""What the program tells of itself: the short help, the long one, its version."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import click
import pytest

from cleaner.cli.clean import clean
from cleaner.cli.version import packs_digest
from tests.running import ROOT, Run


def test_short_help_is_short_and_has_examples(run: Run) -> None:
    short, long = run("-h").out.decode(), run("--help").out.decode()
    assert run("-q", "-h").out.decode() == short
    assert short.count("\n") < 35 < long.count("\n")
    assert all(len(line) <= 80 for line in short.splitlines())
    assert len(re.findall(r"^  cleaner ", short, re.MULTILINE)) >= 5


def test_short_help_names_only_options_that_there_are(run: Run) -> None:
    known = {name for param in clean.params for name in param.opts} | {"--help"}
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*(?![\w-])", run("-h").out.decode()))
    assert named <= known
    assert len(named) > 8


@pytest.mark.parametrize("word", ["-V", "--version"])
def test_version_tells_what_a_report_of_a_fault_needs(run: Run, word: str) -> None:
    first, core, python, rules = run(word).out.decode().splitlines()
    assert first == f"cleaner {importlib.metadata.version('boilerplate-cleaner')}"
    assert core.startswith(("core: compiled", "core: none"))
    assert python.startswith("Python 3.")
    assert importlib.metadata.version("regex") in python
    packs, digest = packs_digest()
    assert packs == len(list(ROOT.glob("rules/**/*.toml")))
    assert rules == f"rules: {packs} packs, digest {digest}"


def test_version_tells_that_the_core_is_turned_off(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_PURE_PYTHON", "1")
    core = run("-V").out.decode().splitlines()[1]
    assert core.startswith("core: none") or core.endswith("turned off by CLEANER_PURE_PYTHON")


def test_digest_is_another_for_other_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.rules.folder.rules_place", lambda: str(tmp_path))
    (tmp_path / "a.toml").write_text("a")
    one = packs_digest()
    (tmp_path / "a.toml").write_text("b")
    assert one[0] == packs_digest()[0] == 1
    assert one[1] != packs_digest()[1]


@pytest.mark.parametrize("command", ["", "explain", "learn", "review", "config show"])
def test_help_comes_beside_broken_settings_under_an_older_click(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def made_anew(self: click.Command, ctx: click.Context) -> click.Option | None:
        """As click did before 8.1.8: its own option is another one each time that it is asked for."""
        names = list(self.get_help_option_names(ctx))
        if not names:
            return None
        made = click.command()(click.help_option(*names)(lambda: None))
        return made.params[0]  # type: ignore[return-value]

    monkeypatch.setattr(click.Command, "get_help_option", made_anew)
    monkeypatch.setenv("COLUMNS", "60")  # at 80 and more the quick way shows it, without click
    (tmp_path / "cleaner.toml").write_text("ignore = ")
    words = command.split()
    assert run(*words, "--help").status == 0
    assert run(*words, "--version" if not words else "-h").status == 0
    assert (run(*words, "--help", "--no-config").status, run("-q", stdin="a").status) == (0, 2)
