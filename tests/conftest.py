"""What the tests share: the command line run in this process, and packs that are read once."""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from cleaner import Cleaner
from cleaner.cli.entry import main
from cleaner.rules import packs
from cleaner.rules.loader import Fault, fault_of
from cleaner.rules.rule import RulePack
from tests.running import ROOT, Ran, Run, Stream

# How many documents a test without a number of its own looks at: HYPOTHESIS_PROFILE=laws for a long run.
settings.register_profile("suite", max_examples=40, deadline=None)
settings.register_profile("laws", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


# A shell starts what runs in the background deaf to an interrupt, `nohup` to a hang-up; programs started here would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-samples", action="store_true", help="write what comes out as the samples' bodies")
    parser.addoption("--no-skips", action="store_true", help="a test that is skipped is a failure")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def packs_read_once() -> Iterator[None]:
    """Each built-in pack is parsed once for all tests: hundreds of them build a `Cleaner`."""
    original = packs.load_pack
    once = functools.cache(original)

    def load(path: Path, name: str | None = None, fault: Fault = fault_of) -> RulePack:
        # Whoever finds faults his own way wants to see each pattern.
        known = path.is_relative_to(ROOT / "rules") and fault is fault_of
        return once(path, name) if known else original(path, name, fault)

    packs.load_pack = load
    yield
    packs.load_pack = original


@pytest.fixture(scope="session")
def cleaner(packs_read_once: None) -> Cleaner:
    """One with all built-in packs."""
    return Cleaner()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the command line in this process, in an empty folder: `run("-q", "a.txt", stdin=b"…")`."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def go(*args: object, stdin: bytes | str = b"", tty: tuple[str, ...] = ()) -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = {
            name: Stream(data if name == "stdin" else b"", name in tty) for name in ("stdin", "stdout", "stderr")
        }
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, stream)
            status = main([str(a) for a in args])
        return Ran(status, streams["stdout"].content(), streams["stderr"].content().decode())

    return go
