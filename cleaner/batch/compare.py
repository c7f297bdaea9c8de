"""Two runs over the same documents: in what they differ, document by document, line by line.

Documents are paired by their keys. Where both files have them in one order, as runs over the same input have, each is read
once beside the other; what stands elsewhere is looked up in a scratch file, so memory does not grow with the runs.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from cleaner.batch.results import Entry, Taken
from cleaner.disk import database
from cleaner.disk.scratch import scratch
from cleaner.errors import InputError
from cleaner.text.words import count_words


@dataclass(frozen=True, slots=True)
class Change:
    """One stretch of a document on which two runs differ.

    Attributes:
        line: number of the input line, from 1.
        removed: the text that only one of them takes out, or that both do, by different rules.
        old, new: what each took there; None if it let it stand.
        same_text: both took it, each by another rule: the body is the same.
    """

    line: int
    removed: str
    old: Taken | None
    new: Taken | None

    @property
    def same_text(self) -> bool:
        """Whether both took it."""
        return self.old is not None and self.new is not None

    @property
    def words(self) -> int:
        """Words of the stretch."""
        return count_words(self.removed)


@dataclass(frozen=True)
class Difference:
    """A document in two runs.

    Attributes:
        old, new: what each run says of it; None if it has no such document.
        other_text: they are about two texts, so lines cannot be compared.
    """

    old: Entry | None
    new: Entry | None
    other_text: bool = False

    @property
    def name(self) -> str:
        """What a person calls it."""
        entry = self.new or self.old
        return entry.name if entry else ""

    @property
    def error(self) -> str:
        """Why one of them has no result; empty if both have one or both have none."""
        if not (self.old and self.new) or self.old.error == self.new.error:
            return ""
        return f"in the old run: {self.old.error}" if self.old.error else f"in the new run: {self.new.error}"

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Where they differ, in order of the text."""
        if not (self.old and self.new) or self.other_text or self.error:
            return ()
        return tuple(_changes(self.old.taken, self.new.taken))

    @cached_property
    def words_taken(self) -> int:
        """Words that only the new run takes out."""
        return sum(c.words for c in self.changes if c.old is None)

    @cached_property
    def words_back(self) -> int:
        """Words that only the old run took out."""
        return sum(c.words for c in self.changes if c.new is None)

    @cached_property
    def other_rule(self) -> int:
        """Stretches that both take out, by different rules."""
        return sum(c.same_text for c in self.changes)

    @property
    def body_differs(self) -> bool:
        """Whether something else comes out."""
        if not (self.old and self.new) or self.other_text or self.error:
            return True
        return any(not c.same_text for c in self.changes)

    def __bool__(self) -> bool:
        """Whether they differ in anything, be it only in the rule."""
        return self.body_differs or bool(self.changes)


def _changes(old: Iterable[Taken], new: Iterable[Taken]) -> Iterator[Change]:
    """What two lists of edits over one text do not have in common, cut at each other's bounds."""
    sides = [[t for t in side if t.start < t.end] for side in (old, new)]
    bounds = sorted({at for side in sides for t in side for at in (t.start, t.end)})
    places = [0, 0]
    for start, end in pairwise(bounds):
        here: list[Taken | None] = []
        for k, side in enumerate(sides):
            while places[k] < len(side) and side[places[k]].end <= start:
                places[k] += 1
            t = side[places[k]] if places[k] < len(side) else None
            here.append(t if t and t.start <= start else None)
        a, b = here
        holder = a or b
        if holder is None or (a and b and a.rule == b.rule):
            continue
        yield Change(holder.line, holder.removed[start - holder.start : end - holder.start], a, b)


def compare(old: Iterable[Entry], new: Iterable[Entry]) -> Iterator[Difference]:
    """Each document of either run, paired: in the order of the new one, then those that only the old one has.

    Raises:
        InputError: a key stands twice in one run, so it is not known which belong together.
    """
    with scratch() as folder, closing(_Waiting(folder / "old")) as olds, closing(_Waiting(folder / "new")) as news:
        left, right = iter(old), iter(new)
        while True:
            a, b = next(left, None), next(right, None)
            if a is None and b is None:
                break
            if a and b and a.key == b.key:
                olds.seen(a)
                news.seen(b)
                yield _pair(a, b)
                continue
            if a:
                olds.put(a)
            if b:
                news.put(b)
            # What came out of order is paired as soon as its other half is there.
            if a and (other := news.take(a.key)):
                yield _pair(olds.take(a.key) or a, other)
            if b and (other := olds.take(b.key)):
                yield _pair(other, news.take(b.key) or b)
        for entry in news.rest():
            yield Difference(None, entry)
        for entry in olds.rest():
            yield Difference(entry, None)


def _pair(old: Entry, new: Entry) -> Difference:
    if old.error or new.error:
        return Difference(old, new)
    if old.text is not None and new.text is not None:
        return Difference(old, new, old.text != new.text)
    # Without texts: two reports of one text agree on its size and on whatever both hold of it.
    return Difference(old, new, (old.lines, old.words) != (new.lines, new.words) or not _agree(old, new))


def _agree(old: Entry, new: Entry) -> bool:
    lines = {t.line: t for t in old.taken if t.whole}
    return all(
        (t.start, t.removed) == (lines[t.line].start, lines[t.line].removed)
        for t in new.taken
        if t.whole and t.line in lines
    )


class _Waiting:
    """Entries of one run whose other half has not come yet, on disk; and all keys so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with database(path):
            self._base = sqlite3.connect(path, isolation_level=None)
            self._base.execute("pragma journal_mode = off")
            self._base.execute("pragma synchronous = off")
            self._base.execute("create table entry (key text primary key, name text, data blob) without rowid")
            self._base.execute("begin")

    def seen(self, entry: Entry, data: bytes | None = None) -> None:
        """Note that the run has this key. Raises InputError if it had it before."""
        with database(self._path):
            try:
                self._base.execute("insert into entry values (?, ?, ?)", (_safe(entry.key), _safe(entry.name), data))
            except sqlite3.IntegrityError:
                raise InputError(
                    entry.name, "stands twice in one of the results; --key names a field that tells them apart"
                ) from None

    def put(self, entry: Entry) -> None:
        """Keep `entry` until it is taken."""
        self.seen(entry, pickle.dumps(entry))

    def take(self, key: str) -> Entry | None:
        """The entry of `key`, if it waits; it does so no more."""
        with database(self._path):
            row = self._base.execute("select data from entry where key = ? and data not null", (_safe(key),)).fetchone()
            if row is None:
                return None
            self._base.execute("update entry set data = null where key = ?", (_safe(key),))
        entry = pickle.loads(row[0])  # written by this very run, in a folder of its own
        assert isinstance(entry, Entry)
        return entry

    def rest(self) -> Iterator[Entry]:
        """Those that still wait, by name."""
        with database(self._path):
            for (data,) in self._base.execute("select data from entry where data not null order by name"):
                yield pickle.loads(data)

    def close(self) -> None:
        """Close the file."""
        self._base.close()


def _safe(key: str) -> str:
    """`key` as SQLite takes it: half a surrogate pair written out."""
    return key.encode("utf-8", "backslashreplace").decode()
