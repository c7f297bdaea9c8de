"""What real tools write, cleaned: every cell but the text, types, metadata and layout stay, or the file is refused by name.

Each writer's file is written twice, with boilerplate and without. `cleaner` goes over both, to another folder by one
process and by two, killed and resumed, and in place; then the writer's own reader (and, of Parquet, two others) tells what
changed. A file without boilerplate is to come out to the byte.
"""

from __future__ import annotations

import argparse

from benchmarks.report import Row


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each writer and format; exit status 1 if anything was altered."""
    from benchmarks.writers.matrix import matrix

    return matrix(options)
