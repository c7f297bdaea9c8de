"""psql of PostgreSQL: COPY as CSV and as text, from a server of its own in a folder."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.writers.case import Case, Facts, Texts, cells

WRITER = "psql"
_HERE: dict[str, Any] = {}


def version() -> str:
    """The server's release."""
    return subprocess.run(
        [_program("postgres"), "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[2]


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


def _server() -> list[str]:
    """A `psql` that speaks to a server, which is begun if it is not there. It does not run as root."""
    if not _HERE:
        home = Path(tempfile.mkdtemp(prefix="writers-psql-"))
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        data = str(home / "data")
        user = "postgres" if as_user else pwd.getpwuid(os.geteuid()).pw_name
        subprocess.run(
            [*as_user, _program("initdb"), "-D", data, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
            check=True,
            capture_output=True,
            cwd=home,
        )
        command = [
            *as_user,
            _program("pg_ctl"),
            "-D",
            data,
            "-w",
            "-l",
            f"{home}/log",
            "-o",
            f"-k {home} -h '' -F",
            "start",
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=home)
        atexit.register(_stop, as_user, data, home)
        _HERE["psql"] = ["psql", "-X", "-q", "-h", str(home), "-U", user, "-v", "ON_ERROR_STOP=1", "postgres"]
    return list(_HERE["psql"])


def _stop(as_user: list[str], data: str, home: Path) -> None:
    subprocess.run(
        [*as_user, _program("pg_ctl"), "-D", data, "-m", "immediate", "stop"],
        capture_output=True,
        cwd=home,
        check=False,
    )
    shutil.rmtree(home)


def _ask(commands: str) -> str:
    return subprocess.run(_server(), input=commands, capture_output=True, text=True, check=True).stdout


_COLUMNS = "id int, text text, n numeric, s text, j jsonb, a int[], b bytea, at timestamptz"


def _write(path: Path, what: Texts, how: str) -> None:
    rows = []
    for i, text in enumerate(what):
        value = "NULL" if text is None else "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        s = ("''", "NULL", "E'a,\"b\"\\t\\\\c\\n'")[i % 3]
        rows.append(
            f"({i}, {value}, 1.50, {s}, '{{\"a\": [1, null]}}', '{{1,NULL}}', '\\x00ff', '2026-01-02 03:04:05+02')"
        )
    _ask(
        f"CREATE TEMP TABLE t ({_COLUMNS});\nINSERT INTO t VALUES {', '.join(rows)};\n\\copy (SELECT * FROM t ORDER BY id) TO '{path}' WITH ({how})\n"
    )


def _read(path: Path, how: str) -> Facts:
    import json

    said = _ask(f"CREATE TEMP TABLE t ({_COLUMNS});\n\\copy t FROM '{path}' WITH ({how})\n\\pset format unaligned\n\\pset tuples_only on\n"
                "SELECT json_agg(t ORDER BY id) FROM t;\n")  # fmt: skip
    rows = json.loads(said)
    return cells({name: [row[name] for row in rows] for name in rows[0]})


def cases() -> list[Case]:
    """What psql writes."""

    def case(name: str, how: str, file: str = "a.csv", options: tuple[str, ...] = ()) -> Case:
        return Case(
            name,
            file,
            lambda p, t: _write(p, t, how),
            lambda p: _read(p, how.replace(", FORCE_QUOTE *", "")),
            options=options,
        )

    return [
        case("CSV: default", "FORMAT csv, HEADER"),
        case("CSV: all quoted, null as NULL", "FORMAT csv, HEADER, FORCE_QUOTE *, NULL 'NULL'"),
        case("CSV: semicolon, escape backslash", "FORMAT csv, HEADER, DELIMITER ';', ESCAPE '\\'", options=("--delimiter", ";", "--escape", "\\")),
        case("TSV: CSV with tabs", "FORMAT csv, HEADER, DELIMITER E'\\t'", "a.tsv"),
        case("TSV: text", "FORMAT text, HEADER", "a.tsv"),
        case("TSV: text, as it is escaped", "FORMAT text, HEADER", "a.tsv", ("--quote", "none", "--escape", "\\")),
    ]  # fmt: skip
