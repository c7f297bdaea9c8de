"""Writing to disk: whole or not at all, nothing of a person's overwritten unasked, nothing left behind.

Imports `errors`. Begin with `outputs` (what may be written over), then `aside` (how), `inplace` (a file in its own
place) and `scratch` (temporary folders).
"""

from __future__ import annotations

from cleaner.disk.failing import DiskError, database, writing

__all__ = ["DiskError", "database", "writing"]
