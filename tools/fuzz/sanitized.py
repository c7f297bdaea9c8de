"""The core under -fsanitize=address,undefined: built into a copy of the package, and run on the corpus and its random changes.

What a sanitizer reports ends the process. Leaks are not looked for: Python has its own at its end. (atheris is not used here: its
libFuzzer asks for clang, and gcc's sanitizers take its coverage away.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.core_build import build_core
from tools.fuzz.targets import ROOT

FLAGS = "-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -ffp-contract=off"


def run(targets: Sequence[str], seconds: float, seed: int, keep: Path) -> int:
    """Run each target for so many seconds of processor time in such a core. Returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="cleaner-sanitized-") as name:
        folder = Path(name)
        environment = prepared(folder)
        status = 0
        for target in targets:
            command = [sys.executable, "-m", "tools.fuzz", "--plain", "--target", target]
            more = ["--seconds", str(seconds), "--seed", str(seed), "--keep", str(keep.resolve())]
            status |= subprocess.run([*command, *more], cwd=folder, env=environment).returncode
    return int(bool(status))


def prepared(folder: Path) -> dict[str, str]:
    """Copy the package and what fuzzes it into `folder`, with such a core; returns the environment to run it in."""
    for name in ("cleaner", "rules", "tools", "tests", "samples", "core"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_core.*"))
    environment = {**os.environ, "PYTHONPATH": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    # The rules are made ready without a core, which takes a fraction of the time.
    ready = [sys.executable, "-c", "import cleaner; cleaner.clean('')"]
    subprocess.run(ready, cwd=folder, env=environment, check=True)
    before = {name: os.environ.get(name) for name in ("CFLAGS", "LDFLAGS")}
    os.environ.update(CFLAGS=FLAGS, LDFLAGS=FLAGS)
    try:
        built = build_core(folder, folder / "build")
    finally:
        for name, value in before.items():
            del os.environ[name]
            os.environ.update({} if value is None else {name: value})
    shutil.copy2(built, folder / "cleaner" / "fast" / built.name)
    # What shared objects link to must be there before the interpreter, which was not built so.
    loaded = " ".join(_library(name) for name in ("libasan.so", "libubsan.so"))
    return {
        **environment, "LD_PRELOAD": loaded, "PYTHONMALLOC": "malloc", "UBSAN_OPTIONS": "print_stacktrace=1",
        "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
    }  # fmt: skip


def _library(name: str) -> str:
    """Where gcc has a library."""
    told = subprocess.run(
        ["gcc", f"-print-file-name={name}"], check=True, capture_output=True, text=True
    ).stdout.strip()
    return str(Path(told).resolve())
