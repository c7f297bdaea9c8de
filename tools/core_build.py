"""Builds `cleaner.fast._core` from `core/`, with the compiler that setuptools finds."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def digest(root: Path) -> str:
    """What tells one state of the sources from another."""
    whole = hashlib.sha256()
    for path in sorted((root / "core").glob("*.[ch]")):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def build_core(root: Path, folder: Path) -> Path:
    """Compile it into `folder`. Returns the path of the module; raises what setuptools raises."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    sources = [str(path) for path in sorted((root / "core").glob("*.c"))]
    macros = [("CLEANER_SOURCE", f'"{digest(root)}"')]
    # A multiplication and an addition that are fused round once: the sums would differ from Python's in the last bit.
    options = [] if os.name == "nt" else ["-ffp-contract=off"]
    extension = Extension("_core", sources, define_macros=macros, extra_compile_args=options)
    command = build_ext(Distribution({"ext_modules": [extension]}))
    command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "temp")
    command.ensure_finalized()
    command.run()
    return Path(command.get_ext_fullpath("_core"))
