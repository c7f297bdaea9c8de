"""JSON lines: with no text changed the file is the same; with all changed, all that stands between texts is the same to the byte."""

from __future__ import annotations

import json

from cleaner.formats import Fields, Kind, Shape
from tools.fuzz.files import same_and_changed

_JSON = json.JSONDecoder()
_FIELDS = (Fields(), Fields("a.b"), Fields("text", more=("a.b",)))


def check(data: bytes) -> None:
    """Read and write lines, the fields as the number of bytes says."""
    fields = _FIELDS[len(data) % 3]
    mark = next(m for m in ("Mark", "Zeichen", "marque", "segno") if m.encode() not in data)
    both = same_and_changed(data, Shape(Kind.JSONL), fields, lambda _: mark)
    if both is None:
        return
    same, (out, records, failures) = both
    assert failures == same[2]
    assert out.count(b"\n") == data.count(b"\n")
    _between(data, out, json.dumps(mark).encode(), sorted(r.text for r in records))


def _between(old: bytes, new: bytes, mark: bytes, texts: list[str]) -> None:
    """`new` is `old` with a mark in place of strings, which hold the texts (several fields: in any order)."""
    pieces = new.split(mark)
    found, at = [], 0
    for number, piece in enumerate(pieces):
        assert old.startswith(piece, at)
        at += len(piece)
        if number < len(pieces) - 1:
            assert old[at : at + 1] == b'"'
            rest = old[at:].partition(b"\n")[0].decode()
            text, end = _JSON.raw_decode(rest)
            found.append(text)
            at += len(rest[:end].encode())
    assert at == len(old)
    assert sorted(found) == texts
