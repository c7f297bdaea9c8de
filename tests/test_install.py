"""The programs of README's set-up, beside what `.ci/run` does with them in a clean clone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.running import ROOT


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[ModuleType, ModuleType]]:
    """The modules `install` and `environment`, as the script finds them."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    import environment  # type: ignore[import-not-found]
    import install  # type: ignore[import-not-found]

    yield install, environment
    for name in ("install", "environment"):
        del sys.modules[name]


Tools = tuple[ModuleType, ModuleType]


def test_a_folder_of_somebody_s_is_not_taken(tools: Tools, tmp_path: Path) -> None:
    install, environment = tools
    (tmp_path / "mine").write_text("letters")
    for home in (tmp_path, tmp_path / "mine"):
        with pytest.raises(environment.SetupError, match="is there already and not by this program"):
            install.install(home, [])
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def test_another_program_of_that_name_stays(tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install, _ = tools
    command, link = tmp_path / "venv" / "cleaner", tmp_path / "bin" / "cleaner"
    monkeypatch.setenv("PATH", str(link.parent))
    command.parent.mkdir()
    command.touch(0o755)
    assert install.linked(command, link) == "The command is: cleaner"
    assert link.readlink() == command
    assert install.linked(command, link) == "The command is: cleaner"  # once more is the same
    monkeypatch.setenv("PATH", "/nowhere")
    assert install.linked(command, link).startswith(f"The command is: {link} (its folder is not on your PATH")
    link.unlink()
    link.write_text("another's")
    assert "is another program, and stays" in install.linked(command, link)
    assert link.read_text() == "another's"


def test_a_step_that_fails_shows_what_it_said(tools: Tools, capsys: pytest.CaptureFixture[str]) -> None:
    _, environment = tools
    with pytest.raises(environment.SetupError, match="with exit status 3: Trying it"):
        environment.run("Trying it", [sys.executable, "-c", "print('why'); raise SystemExit(3)"])
    assert capsys.readouterr().err == "why\n"


def test_a_long_step_says_that_it_goes_on(
    tools: Tools, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, environment = tools
    monkeypatch.setattr(environment, "_PAUSE", 0.05)
    environment.run("Sleeping", [sys.executable, "-c", "import time; time.sleep(0.5)"])
    first, *still, last = capsys.readouterr().out.splitlines()
    assert first == "Sleeping ..."
    assert still
    assert all(line.startswith("  still at it after ") for line in still)
    assert last.startswith("  done in ")


def test_half_an_environment_is_not_left(tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, environment = tools

    def fail(*_: object) -> None:
        (tmp_path / "venv" / "bin").mkdir(parents=True)
        raise environment.SetupError("no space")

    monkeypatch.setattr(environment, "run", fail)
    with pytest.raises(environment.SetupError):
        environment.make_environment(tmp_path / "venv")
    assert list(tmp_path.iterdir()) == []


def test_an_environment_is_filled_again_when_its_files_are_others(
    tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, environment = tools
    home, pins = tmp_path / "venv", tmp_path / "pins.txt"

    def make(home: Path) -> None:
        python = environment.python_of(home)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    monkeypatch.setattr(environment, "make_environment", make)
    filled = []
    for pinned in ("a==1", "a==1", "a==2"):
        pins.write_text(pinned)
        python = environment.environment_for(home, [pins], lambda _: filled.append(pins.read_text()))
        assert python == environment.python_of(home)
    assert filled == ["a==1", "a==2"]

    def fails(_: Path) -> None:
        raise environment.SetupError("no space")

    pins.write_text("a==3")
    for _ in range(2):  # what failed is tried again
        with pytest.raises(environment.SetupError):
            environment.environment_for(home, [pins], fails)


@pytest.mark.parametrize("script", ["install.py", "test.py"])
def test_a_python_that_is_too_old_is_one_line(script: str) -> None:
    code = f"import sys; sys.version_info = (3, 10); sys.argv = ['x']; sys.path.insert(0, 'tools'); import runpy; runpy.run_path('tools/{script}', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_set_up_is_two_lines() -> None:
    from tools.ci import setup_lines

    lines = setup_lines((ROOT / "README.md").read_text())
    assert [line.split()[:2] for line in lines] == [["python3", "tools/install.py"], ["python3", "tools/test.py"]]


def test_the_tutorial_installs_by_the_line_that_a_clean_clone_tries() -> None:
    from tools.ci import setup_lines

    tutorial = (ROOT / "docs/tutorial.md").read_text()
    lines = [line for block in tutorial.split("```sh\n")[1:] for line in block.partition("```")[0].splitlines()]
    tried = [line.partition("#")[0].strip() for line in setup_lines((ROOT / "README.md").read_text())]
    assert [line.partition("#")[0].strip() for line in lines] == tried[:1]


def test_without_java_the_engines_are_not_begun(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/test.py", "--engines"], cwd=ROOT, capture_output=True, text=True, env={"PATH": str(tmp_path)}
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "test: Spark needs Java 17 or newer (on Debian: apt install openjdk-17-jre-headless)\n"


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--no-skips"], 1)])
def test_a_skipped_test_is_a_failure_where_that_is_asked_for(tmp_path: Path, options: list[str], status: int) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_one(): pytest.skip('not here')\ndef test_two(): pass\n"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        *options,
        str(tmp_path),
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == status
