"""WARC: with no text changed the file is the same; with texts changed each record's length is right, and the others are the same."""

from __future__ import annotations

import gzip

from cleaner.formats import Fields, Kind, Packing, Shape
from tools.fuzz.files import as_it_is, fewer, rewritten, same_and_changed


def check(data: bytes) -> None:
    """Read and write records, plain and as one packed member."""
    for packing, given in ((Packing.NONE, data), (Packing.GZIP, gzip.compress(data, mtime=0)), (Packing.GZIP, data)):
        shape = Shape(Kind.WARC, packing)
        both = same_and_changed(given, shape, Fields())
        if both is None:
            continue
        same, changed = both
        again = rewritten(changed[0], shape, Fields(), as_it_is)
        assert again is not None
        failed = {name for name, _ in changed[2]}
        assert [r.text for r in again[1]] == [r.text if r.name in failed else fewer(r.text) for r in same[1]]
