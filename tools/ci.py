#!/usr/bin/env python3
"""Everything a change must pass, from a clean checkout: the README's test command, lint, types, import contracts, the
rules' own checks, and the wheel in an environment of its own. Ends with one line: N passed, N failed."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
SAMPLE = ROOT / "samples" / "news-links"


def step(name: str, command: list[str | Path], cwd: Path = ROOT) -> tuple[bool, str]:
    """Run a command with its output shown; returns whether it succeeded, and the output."""
    print(f"\n=== {name}", flush=True)
    began = time.monotonic()
    output = ""
    with subprocess.Popen(command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            output += line
    print(
        f"=== {name}: {'passed' if process.returncode == 0 else 'FAILED'} in {time.monotonic() - began:.0f} s",
        flush=True,
    )
    return process.returncode == 0, output


def wheel(folder: Path) -> bool:
    """Build the wheel, install it alone into a fresh environment, clean a sample from another folder."""
    python = folder / "venv" / "bin" / "python"
    pins = ROOT / "constraints.txt"
    venv.create(folder / "venv", with_pip=True)
    pip: list[str | Path] = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
    if not step("wheel: build", [*pip, "wheel", "--no-deps", "-w", folder / "dist", ROOT])[0]:
        return False
    built = next((folder / "dist").glob("boilerplate_cleaner-*.whl"))
    if not step("wheel: install", [*pip, "install", "-c", pins, built])[0]:
        return False
    away = folder / "elsewhere"
    away.mkdir()
    ran = subprocess.run(
        [folder / "venv" / "bin" / "cleaner", "--no-diff"],
        cwd=away, input=(SAMPLE / "in.txt").read_bytes(), capture_output=True, env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    good = ran.returncode == 0 and ran.stdout == (SAMPLE / "out.txt").read_bytes()
    print(f"=== wheel cleans a sample from another folder: {'passed' if good else 'FAILED'}")
    if not good:
        print(ran.stderr.decode(errors="replace"), ran.stdout.decode(errors="replace")[:500])
        return False
    (away / "a.txt").write_text("It rained.\n")
    code = "import sys; from cleaner.cli.entry import main; main(['-q', 'a.txt']); sys.exit('cleaner.fast.prepare' in sys.modules)"
    command = ["env", "-i", f"HOME={folder}", folder / "venv" / "bin" / "python", "-c", code]
    return step("wheel brings its rules made ready", command, away)[0]


def main() -> int:
    passed = failed = 0
    ok, output = step("tests", [sys.executable, "tools/test.py"])
    counts = {
        word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|error)", output.strip().rpartition("\n")[2])
    }
    passed += counts.get("passed", 0)
    failed += counts.get("failed", 0) + counts.get("error", 0) + (not ok and not counts.get("failed"))
    for name, command in (
        ("ruff", [BIN / "ruff", "check", "."]),
        ("format", [BIN / "ruff", "format", "--check", "."]),
        ("mypy", [BIN / "mypy"]),
        ("import contracts", [BIN / "lint-imports"]),
        ("rules: lint", [BIN / "cleaner", "rules", "lint"]),
        ("rules: test", [BIN / "cleaner", "rules", "test"]),
    ):
        ok, _ = step(name, list(command))
        passed, failed = passed + ok, failed + (not ok)
    with tempfile.TemporaryDirectory() as folder:
        ok = wheel(Path(folder))
    passed, failed = passed + ok, failed + (not ok)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
