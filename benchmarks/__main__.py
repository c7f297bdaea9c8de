"""Measures one thing, and prints a table: `python -m benchmarks NAME [--json FILE] [--limit N] …`."""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path

from benchmarks.report import show

NAMES = (
    "matching",
    "job",
    "startup",
    "growth",
    "pathological",
    "folder",
    "jobs",
    "peers",
    "quality",
    "explained",
    "page",
    "minute",
    "equal",
    "halves",
    "cliffs",
    "repeats",
    "shapes",
    "writers",
    "cluster",
)


# What measures something else than a corpus.
_NO_CORPUS = {"startup", "shapes", "minute", "writers"}


def main() -> None:
    """Run one benchmark, print its table, and write what else was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/bench/dev.jsonl.gz"), help="JSON lines, gzip")
    parser.add_argument(
        "--limit", type=int, help="only so many documents, evenly picked; cluster: so many short ones, made of them"
    )
    parser.add_argument("--size", type=int, default=800, help="cluster: about so many characters a document")
    parser.add_argument("--one-scraper", action="store_true", help="only one text of each page")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many rounds counts")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--graph", type=Path, help="growth, peers: write a graph (SVG) to this file")
    parser.add_argument("--python", default="python3", help="peers: a Python that has them installed")
    parser.add_argument(
        "--whole", action="store_true", help="matching: compare on every line, in pieces, without timing"
    )
    parser.add_argument(
        "--jobs", type=int, default=1, help="matching --whole, repeats: so many processes; jobs: up to so many"
    )
    parser.add_argument("--level", default="standard", help="repeats: the level")
    parser.add_argument("--against", default="HEAD", metavar="REV", help="equal: the other revision")
    parser.add_argument(
        "--also", type=Path, action="append", default=[], help="equal, halves, cliffs, repeats: a further corpus"
    )
    parser.add_argument(
        "--corrected", action="store_true", help="halves: with the labels that benchmarks/corrections.tsv puts right"
    )
    parser.add_argument("--by-language", action="store_true", help="halves: each language by itself too")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="shapes, writers, cluster: this one; may be repeated",
    )
    parser.add_argument("--lines", type=int, default=10_000, help="shapes: lines of the smallest document")
    parser.add_argument("--steps", type=int, default=3, help="shapes: how often they are doubled")
    parser.add_argument("--seed", type=int, default=18, help="explained: which lines are drawn")
    parser.add_argument("--show", type=Path, help="explained: write what a person reads to this file")
    parser.add_argument("--documents", type=int, help="page: so many, texts used again under other names")
    parser.add_argument(
        "--env", type=Path, default=Path(".writers"), help="writers: the environment with them, made here"
    )
    parser.add_argument("--page", type=Path, help="writers: write the table between the marks of this page")
    options = parser.parse_args()
    if options.name not in _NO_CORPUS:
        missing = [corpus for corpus in [options.corpus, *options.also] if not corpus.exists()]
        if missing:
            parser.error(f"no corpus at {missing[0]}: name one by --corpus FILE")
    rows = import_module(f"benchmarks.{options.name}").run(options)
    show(rows)
    if options.json:
        options.json.write_text(json.dumps({"benchmark": options.name, "rows": rows}, indent=1) + "\n")


if __name__ == "__main__":
    main()
