#!/usr/bin/env python3
"""Everything a change must pass, from a clean clone: README's two commands as they stand, lint, types, import contracts, the
rules' own checks, the documentation site, the installed program, and one that was built without a compiler. Ends with one
line: N passed, N failed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path("samples", "news-links")


def step(name: str, command: list[str | Path], cwd: Path, env: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Run a command with its output shown; returns whether it succeeded, and the output."""
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    output = ""
    try:
        with subprocess.Popen(
            command, cwd=cwd, text=True, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            assert process.stdout
            for line in process.stdout:
                print(line, end="", flush=True)
                output += line
        good = process.returncode == 0
    except OSError as e:  # what an earlier step should have made is not there
        print(e)
        good = False
    print(f"=== {name}: {'passed' if good else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return good, output


def clone(to: Path) -> None:
    """Clone this checkout, with what is changed in it and not yet committed."""
    subprocess.run(["git", "clone", "-q", ROOT, to], check=True)
    for options in (["--modified"], ["--others", "--exclude-standard"]):
        listed = subprocess.run(
            ["git", "ls-files", "-z", *options], cwd=ROOT, check=True, capture_output=True, text=True
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).exists():
                (to / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, to / name)
            else:
                (to / name).unlink(missing_ok=True)


def setup_lines(readme: str) -> list[str]:
    """The command lines of README's set-up, as a person would paste them."""
    block = readme.partition("## Set-up")[2].partition("```console\n")[2].partition("```")[0]
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def installs(line: str, where: Path, home: Path, env: Mapping[str, str]) -> bool:
    """Paste the line that installs: it must clean a sample, and leave a program that needs the checkout no more."""
    ok, output = step(f"README: {line}", ["bash", "-c", line], where, env)
    body = (where / "samples" / "local-paywall" / "out.txt").read_text(encoding="utf-8")
    if not ok or body not in output:
        return False
    if any((home / ".cache" / "cleaner").glob("rules-*")):
        print("=== FAILED: the rules were made ready again, or by the build, in the home of who installs")
        return False
    return cleans("installed program", [home / ".local" / "bin" / "cleaner"], where, home, {"HOME": str(home)})


def cleans(name: str, command: list[str | Path], where: Path, away: Path, env: Mapping[str, str]) -> bool:
    """Whether the program cleans a sample of the clone `where`, called from the folder `away`."""
    ran = subprocess.run(
        [*command, "--no-diff"], cwd=away, input=(where / SAMPLE / "in.txt").read_bytes(), capture_output=True, env={**env, "PATH": "/usr/bin:/bin"}
    )  # fmt: skip
    good = ran.returncode == 0 and ran.stdout == (where / SAMPLE / "out.txt").read_bytes()
    print(f"=== {name} cleans a sample from another folder: {'passed' if good else 'FAILED'}", flush=True)
    if not good:
        print(ran.stderr.decode(errors="replace"), ran.stdout.decode(errors="replace")[:500])
    return good


def without_compiler(where: Path, folder: Path, home: Path, env: Mapping[str, str]) -> bool:
    """Build with no compiler; what comes out holds no core, and cleans as well."""
    pip: list[str | Path] = [where / ".venv" / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "-w", folder / "dist", where]
    if not step("no compiler: build", build, folder, {**env, "CC": "/bin/false"})[0]:
        return False
    built = list((folder / "dist").glob("boilerplate_cleaner-*-none-any.whl"))
    if not built:
        print("=== FAILED: no wheel without a compiled core was built")
        return False
    pure = folder / "pure"
    if not step("no compiler: install", [*pip, "install", "--no-deps", "--target", pure, built[0]], folder, env)[0]:
        return False
    # Its own environment has what it depends on.
    python = home / ".local" / "share" / "boilerplate-cleaner" / "bin" / "python"
    program: list[str | Path] = [python, "-m", "cleaner"]
    return cleans("no compiler: program", program, where, folder, {"HOME": str(home), "PYTHONPATH": str(pure)})


def builds_site(where: Path, env: Mapping[str, str]) -> bool:
    """Whether the documentation site is built from the clone `where`, every link checked."""
    python = where / ".venv" / "bin" / "python"
    project = tomllib.loads((where / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    # What the extra names, without building this package again.
    needed = project["optional-dependencies"]["docs"]
    install: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "-q", "install", *needed]
    return (
        step("site: install", install, where, env)[0]
        and step("site: build", [python, "-m", "tools.site"], where, env)[0]
    )


def main() -> int:
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where, home = folder / "clone", folder / "home"
        home.mkdir()
        clone(where)
        install, test = setup_lines((where / "README.md").read_text(encoding="utf-8"))
        # `python3` is the one that runs this, wherever a fresh home would have led; what pip fetched once it may keep.
        cache = subprocess.run([sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True).stdout
        fresh = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "CLEANER_"))}
        env = {
            **fresh, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PIP_CACHE_DIR": cache.strip(), "PIP_CONSTRAINT": str(where / "constraints.txt"),
        }  # fmt: skip
        ok = installs(install, where, home, env)
        passed, failed = passed + ok, failed + (not ok)
        ok, output = step(f"README: {test}", ["bash", "-c", test], where, env)
        counts = {
            word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|error)", output.strip().rpartition("\n")[2])
        }
        passed += counts.get("passed", 0)
        failed += counts.get("failed", 0) + counts.get("error", 0) + (not ok and not counts.get("failed"))
        tools = where / ".venv" / "bin"
        steps: tuple[tuple[str, list[str | Path]], ...] = (
            ("ruff", [tools / "ruff", "check", "."]),
            ("format", [tools / "ruff", "format", "--check", "."]),
            ("mypy", [tools / "mypy"]),
            ("import contracts", [tools / "lint-imports"]),
            ("rules: lint", [tools / "cleaner", "rules", "lint"]),
            ("rules: test", [tools / "cleaner", "rules", "test"]),
        )
        for name, command in steps:
            ok, _ = step(name, command, where, env)
            passed, failed = passed + ok, failed + (not ok)
        ok = builds_site(where, env)
        passed, failed = passed + ok, failed + (not ok)
        ok = without_compiler(where, folder, home, env)
        passed, failed = passed + ok, failed + (not ok)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
