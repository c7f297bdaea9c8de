"""The sqlite3 command line: CSV, tabs, other separators; its JSON is an array."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
from pathlib import Path

from benchmarks.writers.case import Case, Facts, Texts, cells, texts

WRITER = "sqlite3 shell"


def version() -> str:
    """Its release."""
    return subprocess.run(["sqlite3", "-version"], capture_output=True, text=True, check=True).stdout.split()[0]


def _write(path: Path, what: Texts, *options: str) -> None:
    base = path.with_suffix(".db")
    with sqlite3.connect(base) as db:
        db.execute("CREATE TABLE t (id INTEGER, text TEXT, f REAL, s TEXT, b BLOB)")
        values = [(i, text, (0.5, None)[i % 2], ("", None, 'a,"b"\tc')[i % 3], b"AB") for i, text in enumerate(what)]
        db.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", values)
    db.close()
    with path.open("wb") as out:
        subprocess.run(["sqlite3", "-header", *options, base, "SELECT * FROM t"], stdout=out, check=True)
    base.unlink()


def _imported(path: Path, how: str) -> Facts:
    """What the shell itself imports."""
    done = subprocess.run(
        ["sqlite3", ":memory:"], input=f"{how}\n.import '{path}' t\n.mode json\nSELECT * FROM t;\n", capture_output=True, text=True, check=True
    )  # fmt: skip
    rows = json.loads(done.stdout)
    return {**cells({name: [row[name] for row in rows] for name in rows[0]}), "said": done.stderr}


def _pairs(path: Path, delimiter: str) -> Facts:
    with path.open(newline="", encoding="utf-8") as raw:
        header, *rows = csv.reader(raw, delimiter=delimiter)
    return cells({name: [row[i] for row in rows] for i, name in enumerate(header)})


def cases() -> list[Case]:
    """What the shell writes."""
    bare = texts(null=False, lines=False, emptied=True)[2:4]
    return [
        Case("CSV: mode csv", "a.csv", lambda p, t: _write(p, t, "-csv"), lambda p: _imported(p, ".mode csv"), texts(null=False)),
        Case("CSV: mode csv, semicolon", "a.csv", lambda p, t: _write(p, t, "-csv", "-separator", ";"), lambda p: _pairs(p, ";"),
             texts(null=False), ("--delimiter", ";")),
        Case("CSV: mode list (no quotes)", "a.csv", lambda p, t: _write(p, t, "-list"), lambda p: _imported(p, ".mode list"),
             bare, ("--delimiter", "|", "--quote", "none")),
        Case("JSON lines: mode json (an array)", "a.json", lambda p, t: _write(p, t, "-json"), lambda p: cells(
             {k: [r[k] for r in json.loads(p.read_text())] for k in ("id", "text", "f", "s")})),
    ]  # fmt: skip
