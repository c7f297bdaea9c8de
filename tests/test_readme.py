"""What README shows comes out so."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

from tests.running import ROOT


def test_the_first_example_shows_what_comes_out() -> None:
    block = re.search(r"```console\n\$ cleaner (.*?)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert block
    words = shlex.split(block[1].partition(" > ")[0])
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, block[2])
