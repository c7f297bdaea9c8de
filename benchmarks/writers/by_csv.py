"""Python's own csv and json."""

from __future__ import annotations

import csv
import gzip
import json
import platform
from pathlib import Path
from typing import Any

from benchmarks.writers.case import EMPTIED, Case, Facts, Texts, cells, texts

WRITER = "Python csv, json"
_ROWS: dict[str, list[Any]] = {"n": [1, -2.5, ""], "s": ['a "b", c', "", "x\ry"], "z": ["", "é", "end"]}


def version() -> str:
    """The release of Python."""
    return platform.python_version()


def _csv(
    name: str, *, file: str = "a.csv", options: tuple[str, ...] = (), what: Texts = (), plain: bool = False, **how: Any
) -> Case:
    def write(path: Path, written: Texts) -> None:
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out, **how)
            writer.writerow(["id", "text", *_ROWS])
            for i, text in enumerate(written):
                row = ["", "", ""] if plain else [values[i % 3] for values in _ROWS.values()]
                writer.writerow([i, text, *row])

    def read(path: Path) -> Facts:
        with path.open(newline="", encoding="utf-8") as raw:
            header, *rows = csv.reader(raw, **how)
        return cells({name: [row[i] for row in rows] for i, name in enumerate(header)})

    return Case(f"{file[2:].upper()}: {name}", file, write, read, what or texts(null=False), options)


def _json(
    name: str, file: str = "a.jsonl", *, nested: bool = False, end: str = "\n", mark: bytes = b"", **how: Any
) -> Case:
    open_ = gzip.open if file.endswith(".gz") else open

    def row(i: int, text: str | None) -> dict[str, Any]:
        odd = {
            "big": 10**30,
            "nan": float("nan"),
            "none": None,
            "key é": [1.0, {"text": "Advert"}],
            "e": "\u2028" if "ensure_ascii" in how else "\ud83d",
        }
        return {"id": i, "doc": {"text": text, "n": i}} if nested else {"id": i, "text": text, **odd}

    def write(path: Path, what: Texts) -> None:
        with open_(path, "wb") as out:
            lines = (json.dumps(row(i, t), **how).encode("utf-8", "surrogatepass") for i, t in enumerate(what))
            out.write(mark + b"".join(line + end.encode() for line in lines))

    def read(path: Path) -> Facts:
        with open_(path, "rb") as raw:
            rows = [
                json.loads(line) for line in raw.read().decode("utf-8-sig", "surrogatepass").split("\n") if line.strip()
            ]
        held = {k: [r[k] for r in rows] for k in rows[0]}
        if nested:
            held |= {"text": [d.pop("text") for d in held["doc"]]}
        return cells(held)

    return Case(f"JSON lines: {name}", file, write, read, options=("--text-field", "doc.text") if nested else ())


def cases() -> list[Case]:
    """What Python writes."""
    bare = ("He said so.", "", EMPTIED, "A, B")
    return [
        _csv("excel"),
        _csv("unix", dialect="unix"),
        _csv("quotes nonnumeric", quoting=csv.QUOTE_NONNUMERIC),
        _csv("quotes all, lines end with LF", quoting=csv.QUOTE_ALL, lineterminator="\n"),
        _csv("no quotes, escape backslash", quoting=csv.QUOTE_NONE, escapechar="\\", what=texts(null=False),
             options=("--quote", "none", "--escape", "\\")),
        _csv("escape backslash, not doubled", doublequote=False, escapechar="\\"),
        _csv("escape backslash, doubled", escapechar="\\"),
        _csv("semicolon", delimiter=";", options=("--delimiter", ";")),
        _csv("pipe, single quotes", delimiter="|", quotechar="'", options=("--delimiter", "|", "--quote", "'")),
        _csv("excel-tab", file="a.tsv", dialect="excel-tab"),
        _csv("tabs, quotes all", file="a.tsv", delimiter="\t", quoting=csv.QUOTE_ALL),
        _csv("tabs, no quotes", file="a.tsv", delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, what=bare, plain=True),
        _json("plain"),
        _json("no spaces, not only ASCII", ensure_ascii=False, separators=(",", ":"), end="\r\n", skipkeys=True),
        _json("byte order mark, sorted keys", mark=b"\xef\xbb\xbf", sort_keys=True),
        _json("text in an object", nested=True),
        _json("named .json", "a.json"),
        _json("gzip", "a.json.gz"),
    ]  # fmt: skip
