"""The whole job on JSON lines against a script that only parses and writes them, with the same library."""

from __future__ import annotations

import argparse
import io
import json

from benchmarks.corpus import size, texts
from benchmarks.report import Row, best
from cleaner import Cleaner
from cleaner.cli.jsonl import JsonLines


def run(options: argparse.Namespace) -> list[Row]:
    """Time both on the corpus, in memory, so that no disk counts. The first round includes an empty line memo."""
    found = texts(options)
    data = b"".join(json.dumps({"text": t}, ensure_ascii=False).encode() + b"\n" for t in found)

    def copy() -> None:
        out = io.BytesIO()
        for line in io.BytesIO(data):
            out.write(json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n")

    def clean() -> None:
        out = io.BytesIO()
        lines = JsonLines(Cleaner(), "text", False, lambda _: None)
        lines.clean(io.BytesIO(data), "in", lambda line: out.write(line.encode("utf-8", "backslashreplace")), print)

    Cleaner()  # so that the cache is there
    copied, cleaned = best(options.rounds, copy, clean)
    mb = size(found) / 1e6
    return [
        {"job": "parse and write", "documents": len(found), "MB": mb, "seconds": copied, "MB/s": mb / copied, "of copy": 1.0},
        {"job": "clean", "documents": len(found), "MB": mb, "seconds": cleaned, "MB/s": mb / cleaned, "of copy": copied / cleaned},
    ]
