#!/usr/bin/env python3
"""Run the hooks of `.pre-commit-hooks.yaml` as a stranger's repository gets them: pre-commit installs this checkout into an
environment of its own, with its dependencies, and runs each hook on texts there.

`.venv/bin/python tools/try_hooks.py`. Needs a package index and a minute of processor time, so the tests of the hooks
(`tests/shell/test_pre_commit.py`) do without the installation.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ci import clone

DIRTY, CLEAN = "It rained.\n\nSHOP NOW\n", "It rained.\n"
AUTHOR = ["-c", "user.name=A", "-c", "user.email=a@example.org"]


def committed(folder: Path) -> None:
    """Make a repository of what lies in a folder."""
    for command in (["init", "-q"], ["add", "-A"], [*AUTHOR, "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", folder, *command], check=True)


def main() -> int:
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        hooks, site = Path(name, "hooks"), Path(name, "site")
        clone(hooks)
        subprocess.run(["git", "-C", hooks, "add", "-A"], check=True)
        subprocess.run(["git", "-C", hooks, *AUTHOR, "commit", "-qm", "x", "--allow-empty"], check=True)
        site.mkdir()
        (site / "a.txt").write_text(DIRTY)
        committed(site)
        env = {**os.environ, "PRE_COMMIT_HOME": str(Path(name, "environments"))}
        for hook, status, left in (("cleaner-check", 1, DIRTY), ("cleaner", 1, CLEAN), ("cleaner-check", 0, CLEAN)):
            print(f"=== {hook}; the first takes its time: the environment is installed", flush=True)
            ran = subprocess.run(
                [sys.executable, "-m", "pre_commit", "try-repo", hooks, hook, "--all-files"],
                cwd=site,
                env=env,
                check=False,
            )
            good = ran.returncode == status and (site / "a.txt").read_text() == left
            print(f"=== {hook}: {'passed' if good else 'FAILED'}", flush=True)
            failed += not good
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
