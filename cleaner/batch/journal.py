"""The account of what a run has done, on disk, so that a later run can go on from there."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.fingerprint import differences
from cleaner.batch.source import Source
from cleaner.batch.tally import Failure, Tally
from cleaner.disk import database, writing
from cleaner.disk.aside import kept
from cleaner.errors import ConfigError, InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (name BLOB PRIMARY KEY, size INTEGER, stamp INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS failed (
    number INTEGER PRIMARY KEY, source BLOB, record INTEGER, name TEXT, reason TEXT);
CREATE INDEX IF NOT EXISTS failed_of ON failed (source);
CREATE TABLE IF NOT EXISTS dropped (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS claimed (name BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a run came within one file of records.

    Attributes:
        name, path, size, stamp: the file, and whether it is still the same.
        line, offset: what the reader needs to go on.
        target: where its output is to be.
        written: bytes of output so far.
        report: size of the report when the file was begun.
        tally: the figures of the file so far.
    """

    name: str
    path: str
    size: int
    stamp: int
    line: int
    offset: int
    target: str
    written: int
    report: int
    tally: Tally


def _holds(mark: Mark) -> bool:
    """Whether a run can go on from `mark`: the file is unchanged, and what was written of its output is there."""
    try:
        info = Path(mark.path).stat()
    except OSError:
        return False
    return (info.st_size, info.st_mtime_ns) == (mark.size, mark.stamp) and kept(Path(mark.target)) >= mark.written


class Journal:
    """An account in an SQLite file, or in a temporary one if there is no `path`. One run at a time.

    Args:
        path: the file.
        facts: what the results depend on; see `fingerprint`.
        resume: go on with what the file tells.
        account: where an earlier run that came to its end may have left it.

    Raises:
        ConfigError: another run is at it, or `resume` and it tells of a run of another program, rules or settings.
        InputError: it cannot be written.
    """

    def __init__(self, path: Path | None, facts: Mapping[str, str], resume: bool, account: Path | None = None) -> None:
        self.path, self._account = path, account
        self._locked = False
        self.tally = Tally()
        self.report_size = 0
        new = moved = False
        if path:
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                new = not path.exists()
                if new and account and account.exists():
                    account.replace(path)
                    new, moved = False, True
        try:
            self._begin(facts, resume)
        except (ConfigError, InputError):
            # A run that does not begin leaves all as it was. (A full disk may have let it begin a file.)
            if path and account and moved and self._locked:
                path.replace(account)
            elif path and new and self._locked:
                path.unlink(missing_ok=True)
            if opened := getattr(self, "_db", None):
                opened.close()
            raise

    def _begin(self, facts: Mapping[str, str], resume: bool) -> None:
        path = self.path
        with self._saying():
            self._db = sqlite3.connect("" if path is None else path, timeout=0.2, isolation_level=None)
            # A killed process loses nothing without it, and a commit for each stretch of work is cheap.
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            self._locked = True
            if path and not path.exists():  # the run that had it came to its end while this one waited
                raise ConfigError(f"{path}: another run is writing there")
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute("DELETE FROM claimed")
            known = self._get("fingerprint")
            if resume and known is not None:
                if changed := differences(_parsed(known), facts):
                    raise ConfigError(
                        f"{path}: the run to resume had other settings ({changed}); use the same, or --overwrite"
                    )
                self.tally = Tally.from_json(json.loads(self._get("tally") or json.dumps(Tally().to_json())))
                self.report_size = int(self._get("report") or 0)
                self._check_mark()
            else:
                for table in ("done", "dropped", "failed", "state"):
                    self._db.execute(f"DELETE FROM {table}")
                self._set("fingerprint", json.dumps(dict(facts)))
            # Files that failed are tried again; of the others it stays known which records failed, or that they were left.
            self._db.execute("DELETE FROM failed WHERE NOT record")
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")

    def done(self, source: Source) -> bool:
        """Whether an earlier run finished `source`, and it is unchanged since."""
        row = self._db.execute("SELECT size, stamp FROM done WHERE name = ?", (os.fsencode(source.name),)).fetchone()
        return bool(row == (source.size, source.stamp))

    def knows(self, source: Source) -> bool:
        """Whether an earlier run finished a file of the name of `source`, in whatever state."""
        name = (os.fsencode(source.name),)
        return self._db.execute("SELECT 1 FROM done WHERE name = ?", name).fetchone() is not None

    def dropped(self, source: Source) -> bool:
        """Whether an earlier run dropped the document that `source` is, so that it has no output."""
        name = (os.fsencode(source.name),)
        return self._db.execute("SELECT 1 FROM dropped WHERE name = ?", name).fetchone() is not None

    def claim(self, source: Source) -> str | None:
        """Note that `source` takes its name in the output; the path that took it before, if one did."""
        name = os.fsencode(source.name)
        row = self._db.execute("SELECT path FROM claimed WHERE name = ?", (name,)).fetchone()
        if row:
            return os.fsdecode(row[0])
        with self._saying():
            self._db.execute("INSERT INTO claimed VALUES (?, ?)", (name, os.fsencode(source.path)))
        return None

    def finished(self, source: Source, dropped: bool = False) -> None:
        """Note that `source` is done; `dropped`: it has no output, since too much of it went."""
        name = os.fsencode(source.name)
        with self._saying():
            self._db.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (name, source.size, source.stamp))
            if dropped:
                self._db.execute("INSERT OR IGNORE INTO dropped VALUES (?)", (name,))
            else:
                self._db.execute("DELETE FROM dropped WHERE name = ?", (name,))

    def failure(self, failure: Failure, source: str, record: bool) -> None:
        """Note a failure in the file called `source`: of the whole file, or (`record`) of something in one that is done."""
        row = (os.fsencode(source), record, _printable(failure.name), _printable(failure.reason))
        with self._saying():
            self._db.execute("INSERT INTO failed (source, record, name, reason) VALUES (?, ?, ?, ?)", row)

    def forget(self, source: Source) -> None:
        """Drop the failures noted of `source`: it is begun anew, or is bad as a whole."""
        with self._saying():
            self._db.execute("DELETE FROM failed WHERE source = ?", (os.fsencode(source.name),))

    def failures(self) -> Iterator[Failure]:
        """The failures, by file, then in the order in which they came."""
        rows = self._db.execute("SELECT name, reason FROM failed ORDER BY source, number")
        return (Failure(name, reason) for name, reason in rows)

    def failure_count(self) -> int:
        """How many failures there are."""
        return int(self._db.execute("SELECT COUNT(*) FROM failed").fetchone()[0])

    def _check_mark(self) -> None:
        """Forget the mark if a run cannot go on from it, and what the report tells of that file."""
        mark = self.mark()
        if mark and not _holds(mark):
            self.report_size = mark.report
            self._db.execute("DELETE FROM state WHERE key = 'mark'")

    def mark(self) -> Mark | None:
        """How far the earlier run came in the file that it was at, if a run can go on from there."""
        value = self._get("mark")
        if not value:
            return None
        data = json.loads(value)
        return Mark(**{**data, "tally": Tally.from_json(data["tally"])})

    def commit(self, report_size: int, mark: Mark | None = None) -> None:
        """Make everything noted so far last, with the figures, the size of the report and where the run is."""
        with self._saying():
            self._set("tally", json.dumps(self.tally.to_json()))
            self._set("report", str(report_size))
            if mark:
                data = {**{n: getattr(mark, n) for n in Mark.__slots__}, "tally": mark.tally.to_json()}
                self._set("mark", json.dumps(data))
            else:
                self._db.execute("DELETE FROM state WHERE key = 'mark'")
            self._db.execute("COMMIT")
            self._db.execute("BEGIN")

    def close(self) -> None:
        """Close the file, without what was noted since the last commit."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()

    def end(self, keep: bool) -> None:
        """The run came to its end: close the file, which goes; if `keep`, it is kept for a run to resume this one."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        if os.name == "nt":  # an open file can be neither removed nor renamed there
            self._db.close()
        # Before its lock is given up: whoever waits for it must not have it taken away later.
        if self.path:
            with writing(self.path):
                if not keep:
                    self.path.unlink(missing_ok=True)
                elif self._account:
                    try:
                        self.path.replace(self._account)
                    except OSError:
                        pass  # another file system, or not to be written: then it stays where it is
        self._db.close()

    def _get(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _set(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def _saying(self) -> AbstractContextManager[None]:
        return database(self.path or "the journal")


def _parsed(known: str) -> dict[str, str]:
    try:
        facts = json.loads(known)
    except ValueError:
        facts = None
    return facts if isinstance(facts, dict) else {"program": "an older one"}


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
