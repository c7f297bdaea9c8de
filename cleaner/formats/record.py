"""A file of records: read in chunks, each cleaned on its own (in another process too), written in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

from cleaner.output.losses import NONE, Losses

# A chunk holds about this many bytes of input: enough work to be worth handing to another process.
CHUNK = 4 << 20
# A record, or a file that is one text, longer than this (bytes) is refused: it is no article, and must fit in memory.
MAX_RECORD = 256 << 20
# Fields that are often called so where they hold a site's host.
SITE_FIELDS = ("domain", "site", "hostname")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which field (or column) of a record holds what.

    Attributes:
        text: the text. `a.b` is `b` within `a`, if no field is called so; in a list each text is one of its own.
        url: the web address.
        site: the site; None: the address tells it.
        more: further fields with texts.
        losses: the fields to add that tell how much went, and which records are dropped for it.
        folder: what the one folder is called that all files come from; it tells a site that nothing else does.
    """

    text: str = "text"
    url: str = "url"
    site: str | None = None
    more: tuple[str, ...] = ()
    losses: Losses = NONE
    folder: str = ""

    @classmethod
    def of(
        cls, texts: Sequence[str], url: str, site: str | None, losses: Losses = NONE, inputs: Sequence[Path] = ()
    ) -> Fields:
        """Fields of which several hold texts; one that is named twice counts once. `inputs`: where the files come from."""
        first, *more = dict.fromkeys(texts)
        folder = inputs[0].resolve().name if len(inputs) == 1 and inputs[0].is_dir() else ""
        return cls(first, url, site, tuple(more), losses, folder)

    @property
    def texts(self) -> tuple[str, ...]:
        """All fields with texts."""
        return (self.text, *self.more)

    @property
    def others(self) -> tuple[str, ...]:
        """The fields besides the texts that are looked at."""
        return (self.url, self.site) if self.site else (self.url, *SITE_FIELDS)

    def record(self, row: str, field: str, place: str, text: str, fields: Mapping[str, Any]) -> Record:
        """The document of one text.

        Args:
            row: how its row or line is called.
            field: the field that holds it.
            place: where in that, if it holds several.
            text, fields: see `Record`.
        """
        return Record(f"{row}:{field}{place}" if self.more else row + place, text, fields, row)


@dataclass(frozen=True, slots=True)
class Record:
    """One document of a file.

    Attributes:
        name: what it is called.
        text: its text.
        fields: the fields that came with it.
        row: how the record is called that holds it, if that may hold several.
    """

    name: str
    text: str
    fields: Mapping[str, Any]
    row: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of the texts of one row or line.

    Attributes:
        bodies: what is left of each, in order.
        share: the share of their words that went; None if none could be cleaned.
    """

    bodies: Sequence[str]
    share: float | None = None


# Takes all texts of one row or line together.
Clean = Callable[[Sequence[Record]], Cleaned]
Fail = Callable[[str, str], None]


class Chunk(Protocol):
    """Some records in a row. Can be pickled."""

    def records(self) -> Iterator[Record]:
        """Its documents; what cannot be read is passed over."""
        ...

    def rewrite(self, clean: Clean, fail: Fail) -> Any:
        """Replace the texts of each row by those of `clean(records)`; give what the file's writer takes.

        A row also gets the fields that `Fields.losses` adds, or is left out if it is dropped. One that cannot be read is
        named to `fail(name, reason)` and stays as it is.
        """
        ...


class Writer(Protocol):
    """Takes what chunks give, in order."""

    def write(self, payload: Any) -> None:
        """Append one chunk's payload."""
        ...

    def close(self) -> None:
        """Write what is still held back. The sink stays open."""
        ...


class Reader(Protocol):
    """A file of records, open for reading. `position` is how many bytes of the file were taken so far."""

    position: int

    def __iter__(self) -> Iterator[Chunk]:
        """Its chunks, in order. Raises InputError where the file is damaged."""
        ...

    def writer(self, sink: BinaryIO) -> Writer:
        """A writer of the same kind of file."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


@runtime_checkable
class Resumable(Reader, Protocol):
    """A reader that can begin in the middle of its file."""

    @property
    def checkpoint(self) -> tuple[int, int]:
        """How far it read: the number of the next line or record, and where it begins."""
        ...

    def go_on(self, line: int, offset: int) -> None:
        """Skip to a `checkpoint` of an earlier reader of the same file."""
        ...


class BytesWriter:
    """Writes payloads that are bytes already."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink

    def write(self, payload: bytes) -> None:
        """See `Writer.write`."""
        self._sink.write(payload)

    def close(self) -> None:
        """Nothing is held back."""
