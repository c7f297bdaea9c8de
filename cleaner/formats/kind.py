"""Kinds of files, told from their names."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cleaner.formats.dialect import Dialect


class Kind(StrEnum):
    """What a file holds."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSONL = "jsonl"
    JSON = "json"  # by its name; whether it is JSON lines only a look into it tells
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"
    ARROW = "arrow"
    WARC = "warc"

    @property
    def one_text(self) -> bool:
        """Whether the whole file is one document."""
        return self in (Kind.TEXT, Kind.MARKDOWN, Kind.HTML)


class Packing(StrEnum):
    """How a file is compressed."""

    NONE = ""
    GZIP = ".gz"
    ZSTD = ".zst"
    BZIP2 = ".bz2"
    XZ = ".xz"
    LZ4 = ".lz4"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a file holds, how it is compressed, and what is said of how its table is written (if it is one)."""

    kind: Kind
    packing: Packing = Packing.NONE
    dialect: Dialect = field(default=Dialect(), repr=False)


_KINDS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".json": Kind.JSON,
    ".csv": Kind.CSV,
    ".tsv": Kind.TSV,
    ".parquet": Kind.PARQUET,
    ".arrow": Kind.ARROW,
    ".arrows": Kind.ARROW,
    ".feather": Kind.ARROW,
    ".ipc": Kind.ARROW,
    ".warc": Kind.WARC,
    ".wet": Kind.WARC,
}
_PACKINGS = {
    ".gz": Packing.GZIP,
    ".gzip": Packing.GZIP,
    ".zst": Packing.ZSTD,
    ".zstd": Packing.ZSTD,
    ".bz2": Packing.BZIP2,
    ".xz": Packing.XZ,
    ".lz4": Packing.LZ4,
}


def packing_of(name: str) -> tuple[Packing, str]:
    """How the file called `name` is compressed, and its name without the suffix that says so.

    >>> packing_of("dump.ndjson.zst")
    (<Packing.ZSTD: '.zst'>, 'dump.ndjson')
    """
    dot = name.rfind(".")
    packing = _PACKINGS.get(name[dot:].lower()) if dot >= 0 else None
    return (packing, name[:dot]) if packing else (Packing.NONE, name)


def shape_of(name: str) -> Shape | None:
    """The shape of the file called `name`, by its suffixes; None for a suffix that is not known.

    A name without a suffix is taken for a text, since scrapers write such.

    >>> shape_of("a/news.jsonl.gz")
    Shape(kind=<Kind.JSONL: 'jsonl'>, packing=<Packing.GZIP: '.gz'>)
    >>> shape_of("a/page.html") is None
    True
    """
    packing, stem = packing_of(name.rpartition("/")[2].lower())
    suffix = suffix_of(stem)
    kind = _KINDS.get(suffix) if suffix else Kind.TEXT
    return Shape(kind, packing) if kind else None


def suffix_of(name: str) -> str:
    """The suffix of a file's name, with its dot; empty if it has none, as a hidden file without another dot has none."""
    stem = name.rpartition("/")[2]
    dot = stem.rfind(".")
    return stem[dot:] if dot > 0 else ""
