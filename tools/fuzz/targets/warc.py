"""WARC: with no text changed the file is the same; with texts changed each record's length is right, and the others are the same."""

from __future__ import annotations

import gzip

from cleaner.formats import Fields, Kind, Packing, Shape
from tools.fuzz.files import as_it_is, fewer, rewritten


def check(data: bytes) -> None:
    """Read and write records, plain and as one packed member."""
    for packing, given in ((Packing.NONE, data), (Packing.GZIP, gzip.compress(data, mtime=0)), (Packing.GZIP, data)):
        shape = Shape(Kind.WARC, packing)
        same = rewritten(given, shape, Fields(), as_it_is)
        if same is None:
            continue
        assert same[0] == given
        changed = rewritten(given, shape, Fields(), fewer)
        assert changed is not None
        again = rewritten(changed[0], shape, Fields(), as_it_is)
        assert again is not None
        failed = {name for name, _ in changed[2]}
        assert [r.text for r in again[1]] == [r.text if r.name in failed else fewer(r.text) for r in same[1]]
