"""The whole job on JSON lines against a script that only parses and writes them, with the same library."""

from __future__ import annotations

import argparse
import io
import json

from benchmarks.corpus import size, texts
from benchmarks.report import Row, best
from cleaner import Cleaner
from cleaner.cli.jsonl import JsonLines
from cleaner.fast.line_memo import LineMemo


def run(options: argparse.Namespace) -> list[Row]:
    """Time both on the corpus, in memory, so that no disk counts. Cleaning from scratch once, then with words and patterns known."""
    found = texts(options)
    data = b"".join(json.dumps({"text": t}, ensure_ascii=False).encode() + b"\n" for t in found)

    def copy() -> None:
        out = io.BytesIO()
        for line in io.BytesIO(data):
            out.write(json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n")

    def clean(cleaner: Cleaner) -> None:
        out = io.BytesIO()
        lines = JsonLines(cleaner, ("text",), False)
        lines.clean(io.BytesIO(data), "in", lambda line: out.write(line.encode("utf-8", "backslashreplace")), print)

    Cleaner()  # so that the cache is there
    [first] = best(1, lambda: clean(Cleaner()))
    cleaner = Cleaner()
    clean(cleaner)

    def unknown() -> None:
        cleaner._engine._memo = LineMemo(cleaner._engine._matcher)
        clean(cleaner)

    copied, unseen, known = best(options.rounds, copy, unknown, lambda: clean(cleaner))
    mb = size(found) / 1e6
    times = {"parse and write": copied, "clean, everything new to the program": first,
             "clean, no line known, but words and patterns": unseen, "clean, all lines known": known}  # fmt: skip
    return [
        {"job": name, "documents": len(found), "MB": mb, "seconds": t, "MB/s": mb / t, "of copy": copied / t}
        for name, t in times.items()
    ]
