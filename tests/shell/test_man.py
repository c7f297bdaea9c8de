"""The manual page."""

from __future__ import annotations

import subprocess

from cleaner.cli.clean import clean
from cleaner.distribution import version
from tests.running import ROOT, Run
from tests.shell.terminal import found
from tools.man_page import TARGET, date_of, escaped, page


def test_page_is_made_of_the_help() -> None:
    text = TARGET.read_text(encoding="utf-8")
    assert text == page(date_of(text), version() or ""), "run: python -m tools.help_text"


def test_command_prints_it(run: Run) -> None:
    assert run("man").out == TARGET.read_bytes()


def test_mandoc_finds_nothing_wrong() -> None:
    done = subprocess.run([found("mandoc"), "-Tlint", str(TARGET)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_man_shows_every_option() -> None:
    env = {"PATH": "/usr/bin:/bin", "MANWIDTH": "200", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}
    done = subprocess.run(
        [found("man"), "--warnings", "-l", str(TARGET)], env=env, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    shown = [param.opts[-1] for param in clean.params if param.opts[0].startswith("-") and not param.hidden]  # type: ignore[attr-defined]
    assert len(shown) > 30
    assert not [name for name in shown if name not in done.stdout]


def test_text_that_man_would_take_for_a_request() -> None:
    assert escaped(".SH") == r"\&.SH"
    assert escaped("'x' -a\\b") == r"\&'x' \-a\eb"


def test_wheel_brings_it() -> None:
    assert '"cleaner/cli/cleaner.1" = "share/man/man1/cleaner.1"' in (ROOT / "pyproject.toml").read_text()
