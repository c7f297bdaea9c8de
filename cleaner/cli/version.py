"""`cleaner --version`: what a report of a fault should tell."""

from __future__ import annotations

import hashlib
import os
import platform
import sys

from cleaner import distribution
from cleaner.rules.folder import shipped


def text() -> str:
    """The version, whether the compiled core works here, the Python, and which packs these are."""
    packs, digest = packs_digest()
    return (
        f"cleaner {distribution.version() or '(not installed; run from a checkout)'}\n"
        f"core: {_core()}\n"
        f"Python {platform.python_version()} ({sys.platform}-{platform.machine()}), regex {distribution.version('regex')}\n"
        f"rules: {packs} packs, digest {digest}\n"
    )


def packs_digest() -> tuple[int, str]:
    """How many packs ship, and a digest of them: 12 hexadecimal digits of SHA-256 over names and contents in order."""
    files = shipped()
    total = hashlib.sha256()
    for name, path in files:
        data = path.read_bytes()
        total.update(f"{name} {len(data)}\n".encode())
        total.update(data)
    return len(files), total.hexdigest()[:12]


def _core() -> str:
    from cleaner.fast.binding import OFF, is_there

    if not is_there():
        return "none (plain Python: slower, the same bodies)"
    return f"compiled, turned off by {OFF}" if os.environ.get(OFF) else "compiled"
