"""CSV and TSV: no byte is lost or made up; a table with other texts reads back with these, and all other cells as they were."""

from __future__ import annotations

from contextlib import closing

from cleaner.errors import InputError
from cleaner.formats import Dialect, Fields, Kind, Shape, open_reader
from cleaner.formats.table import TableChunk
from tools.fuzz.files import as_it_is, fewer, put, rewritten, same_and_changed

_DIALECTS = (
    Dialect(),
    Dialect(),
    Dialect(escape="\\"),
    Dialect(quote=""),
    Dialect(";"),
    Dialect(quote="'"),
    Dialect("\t", "", "\\"),
)


def check(data: bytes) -> None:
    """Read and write a table; kind and dialect as the number of bytes says."""
    shape = Shape((Kind.CSV, Kind.TSV)[len(data) % 2], dialect=_DIALECTS[len(data) // 2 % len(_DIALECTS)])
    both = same_and_changed(data, shape, Fields())
    if both is None:
        return
    same, changed = both
    said = _said(data, shape)
    # Where a row ends that is not well formed is a guess, which the texts around it change; what cannot be written stays, and is named.
    if said is None or same[2] or changed[2]:
        return
    again = rewritten(changed[0], said, Fields(), as_it_is)
    assert again is not None
    old, new = same[1], again[1]
    assert [r.text for r in new] == [fewer(r.text) for r in old]
    for before, after in zip(old, new, strict=True):
        assert {**before.fields, "text": ""} == {**after.fields, "text": ""}


def _said(data: bytes, shape: Shape) -> Shape | None:
    """The shape with all said that was found of this table, since fewer texts may show less of it; None if that cannot be said."""
    try:
        with closing(open_reader(put(data), "input", shape, Fields())) as reader:
            chunk = next(iter(reader), None)
    except InputError:
        return None
    if not isinstance(chunk, TableChunk) or not chunk.spelling.certain:
        return None
    spelling = chunk.spelling
    return Shape(
        shape.kind, dialect=Dialect(spelling.delimiter.decode(), spelling.quote.decode(), spelling.escape.decode())
    )
