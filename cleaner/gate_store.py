"""The gates of patterns, kept in the cache: they take a second or so to make for all packs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from cleaner import cache, gates
from cleaner.gates import Gate

_NAME = "gates"


def gates_of(patterns: Iterable[str]) -> dict[str, Gate]:
    """The gate of each pattern, from the cache where it is known."""
    key = repr((sys.version_info, sys.implementation.name)).encode() + Path(gates.__file__).read_bytes()
    stored = cache.load(_NAME, key) or {}
    wanted = set(patterns)
    out = {p: Gate(*stored[p]) if p in stored else gates.gate(p) for p in wanted}
    if any(p not in stored for p in wanted) and len(wanted) > 100:
        cache.store(_NAME, key, {p: tuple(g) for p, g in out.items()})
    return out
