"""What is fuzzed. Each module has `check(data: bytes)`; `TEXTS = True` says that the samples are seeds of it, too."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
CORPUS = ROOT / "tools" / "fuzz" / "corpus"
Check = Callable[[bytes], None]


def names() -> list[str]:
    """All targets."""
    return sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))


def check_of(name: str) -> Check:
    """The property of a target."""
    check: Check = importlib.import_module(f"{__name__}.{name}").check
    return check


def seeds(name: str) -> list[bytes]:
    """The corpus of a target, in order."""
    files = sorted((CORPUS / name).glob("*"))
    if getattr(importlib.import_module(f"{__name__}.{name}"), "TEXTS", False):
        files += sorted((ROOT / "samples").rglob("*.txt"))
    return [file.read_bytes() for file in files]
