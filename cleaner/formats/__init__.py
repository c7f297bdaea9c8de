"""What a file holds: texts, one or many, read in bounded pieces and written back with nothing else changed.

Imports `disk`, `jsontext` and below. Begin with `kind` (what a name says of a file), then `record` (what readers and writers are).
"""

from __future__ import annotations

from pathlib import Path

from cleaner.errors import InputError
from cleaner.formats.dialect import Dialect
from cleaner.formats.kind import Kind, Packing, Shape, packing_of, shape_of, suffix_of
from cleaner.formats.packing import reading, unpacked
from cleaner.formats.record import SITE_FIELDS, Chunk, Cleaned, Fields, Reader, Record, Resumable, Writer
from cleaner.formats.text import TextFile, read_text
from cleaner.signature import HEAD, refused

__all__ = [
    "SITE_FIELDS",
    "Chunk",
    "Cleaned",
    "Dialect",
    "Fields",
    "Kind",
    "Packing",
    "Reader",
    "Record",
    "Resumable",
    "Shape",
    "TextFile",
    "Writer",
    "open_reader",
    "packing_of",
    "read_one",
    "read_text",
    "shape_of",
    "suffix_of",
]


def read_one(path: Path, shape: Shape) -> TextFile:
    """The file of one text at `path`, of HTML the text that trafilatura takes out. Raises InputError."""
    if shape.kind is Kind.HTML:
        from cleaner.formats.html import read_html

        return read_html(path, shape.packing)
    return read_text(path, shape.packing)


def open_reader(path: Path, name: str, shape: Shape, fields: Fields) -> Reader:
    """A reader of the file of records (not of one text) at `path`.

    Args:
        path: the file.
        name: how its documents are called: `name:12` is the one on line 12.
        shape: what it holds, and how it is packed.
        fields: where a record keeps its text.

    Raises:
        InputError: it cannot be read, holds something else by its first bytes, or a package that its kind needs is not
            installed.
    """
    if shape.kind not in (Kind.PARQUET, Kind.ARROW, Kind.WARC):
        _refuse_what_has_no_lines(path, shape.packing)
    if shape.kind in (Kind.JSONL, Kind.JSON):
        from cleaner.formats.jsonl import JsonLinesReader

        return JsonLinesReader(path, name, shape.packing, fields)
    if shape.kind in (Kind.CSV, Kind.TSV):
        from cleaner.formats.table import TableReader

        return TableReader(path, name, shape, fields)
    if shape.kind is Kind.PARQUET:
        from cleaner.formats.parquet import ParquetReader

        if shape.packing is not Packing.NONE:
            raise InputError(str(path), "Parquet is compressed inside; unpack it first")
        return ParquetReader(path, name, fields)
    if shape.kind is Kind.ARROW:
        from cleaner.formats.ipc import IpcReader

        if shape.packing is not Packing.NONE:
            raise InputError(str(path), "Arrow data are compressed inside; unpack it first")
        return IpcReader(path, name, fields)
    if shape.kind is Kind.WARC:
        from cleaner.formats.warc import WarcReader

        return WarcReader(path, name, shape.packing, fields)
    raise InputError(str(path), f"{shape.kind} holds no records")


def _refuse_what_has_no_lines(path: Path, packing: Packing) -> None:
    """Name a file that is no lines at all once, not line by line. Raises InputError."""
    with reading(path), path.open("rb") as raw:
        head = unpacked(raw, packing).read(HEAD)
    if reason := refused(head):
        raise InputError(str(path), reason)
