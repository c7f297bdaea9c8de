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
    CSV = "csv"
    TSV = "tsv"
    PARQUET = "parquet"

    @property
    def one_text(self) -> bool:
        """Whether the whole file is one document."""
        return self in (Kind.TEXT, Kind.MARKDOWN, Kind.HTML)


class Packing(StrEnum):
    """How a file is compressed."""

    NONE = ""
    GZIP = ".gz"
    ZSTD = ".zst"


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
    ".csv": Kind.CSV,
    ".tsv": Kind.TSV,
    ".parquet": Kind.PARQUET,
}


def shape_of(name: str) -> Shape | None:
    """The shape of the file called `name`, by its suffixes; None for a suffix that is not known.

    A name without a suffix is taken for a text, since scrapers write such.

    >>> shape_of("a/news.jsonl.gz")
    Shape(kind=<Kind.JSONL: 'jsonl'>, packing=<Packing.GZIP: '.gz'>)
    >>> shape_of("a/page.html") is None
    True
    """
    stem = name.rpartition("/")[2].lower()
    packing = Packing.NONE
    for candidate in (Packing.GZIP, Packing.ZSTD):
        if stem.endswith(candidate):
            packing, stem = candidate, stem.removesuffix(candidate)
    dot = stem.rfind(".")
    if dot <= 0:
        return Shape(Kind.TEXT, packing)
    kind = _KINDS.get(stem[dot:])
    return Shape(kind, packing) if kind else None
