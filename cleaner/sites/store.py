"""Counting on disk: in how many pages of its site each line stands. In bounded memory, and on bounded disk.

Every (line, page) pair is appended to an SQLite table without an index; SQLite then sorts the table, on disk when it
is large, and only lines of two pages or more are kept. That is done whenever there are `ROUND` pairs: within a round
counts are exact; a line that stands in but one page of a round does not count in that round. Two different lines count as
one only if their 64-bit hashes meet, which a thousand million different lines make likely for fewer than one line in ten
thousand million.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from cleaner.disk import database
from cleaner.sites.key import line_keys, page_key

_BATCH = 50_000
# So many pairs are held at a time (some 0.6 GB on disk, and as much again while they are sorted).
ROUND = 32_000_000
_CACHE = "PRAGMA cache_size = -65536"  # KiB


class RepeatCounter:
    """The first pass: takes all documents.

    Args:
        path: a file for the counts. What is there is lost.
        most: how many pairs make a round; see this module.

    Attributes:
        held: how many pairs of the present round are on disk.
    """

    def __init__(self, path: str, most: int = ROUND) -> None:
        self._path, self._most = path, most
        self._rows: list[tuple[int, int]] = []
        self.held = 0
        for left in (path, f"{path}-journal"):
            Path(left).unlink(missing_ok=True)
        with database(path):
            self._db = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute(_CACHE)
            self._db.execute("CREATE TABLE seen (key INTEGER, page INTEGER)")
            self._db.execute("CREATE TABLE counted (key INTEGER, pages INTEGER)")

    def add(self, site: str, page: str, text: str) -> None:
        """Count the lines of one document."""
        number = page_key(page)
        self._rows += [(key, number) for key in {k for k in line_keys(site, text.split("\n")) if k is not None}]
        if len(self._rows) >= _BATCH or self.held + len(self._rows) >= self._most:
            self._flush()
            if self.held >= self._most:
                self._end_round()

    def finish(self) -> None:
        """Sum up. The counts can then be opened as a `RepeatStore`."""
        self._flush()
        self._end_round()
        with database(self._path):
            self._db.execute("CREATE TABLE repeated (key INTEGER PRIMARY KEY, pages INTEGER)")
            self._db.execute("INSERT INTO repeated SELECT key, SUM(pages) FROM counted GROUP BY key")
            self._db.execute("DROP TABLE seen")
            self._db.execute("DROP TABLE counted")
            self._db.execute("CREATE TABLE complete (yes INTEGER)")
        self.close()

    def close(self) -> None:
        """Close the file, whole or not."""
        self._db.close()

    def _end_round(self) -> None:
        with database(self._path):
            self._db.execute(
                "INSERT INTO counted SELECT key, COUNT(DISTINCT page) AS pages FROM seen GROUP BY key HAVING pages > 1"
            )
            self._db.execute("DELETE FROM seen")
        self.held = 0

    def _flush(self) -> None:
        with database(self._path):
            self._db.execute("BEGIN")
            self._db.executemany("INSERT INTO seen VALUES (?, ?)", self._rows)
            self._db.execute("COMMIT")
        self.held += len(self._rows)
        self._rows = []


class RepeatStore:
    """The second pass: asks in how many pages a line stands."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @classmethod
    def open(cls, path: str) -> RepeatStore:
        """The counts that a `RepeatCounter` wrote to `path`."""
        db = sqlite3.connect(f"{Path(path).resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        return cls(db)

    @staticmethod
    def complete(path: str) -> bool:
        """Whether `path` holds the counts of a first pass that came to its end."""
        if not Path(path).is_file():
            return False
        try:
            with closing(sqlite3.connect(path)) as db:
                return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'complete'").fetchone())
        except sqlite3.DatabaseError:
            return False

    def pages(self, keys: Sequence[int | None]) -> list[int]:
        """For each key, in how many pages its line stands: at least 1, as a line stands in its own."""
        wanted = {k for k in keys if k is not None}
        found: dict[int, int] = {}
        for some in _parts(list(wanted), 500):
            marks = ",".join("?" * len(some))
            found.update(self._db.execute(f"SELECT key, pages FROM repeated WHERE key IN ({marks})", some))
        return [found.get(k, 1) if k is not None else 1 for k in keys]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # A worker asks as long as it lives, and nobody tells it that it is done.
    __del__ = close


def _parts(items: list[int], size: int) -> Iterable[list[int]]:
    return (items[i : i + size] for i in range(0, len(items), size))
