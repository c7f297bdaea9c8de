"""A JSON object as it was written: the value of one key is replaced where it stands, the rest stays to the byte."""

from __future__ import annotations

import json
from json.decoder import scanstring  # type: ignore[attr-defined]  # there, but not in the stubs

_DECODER = json.JSONDecoder()


def replace_text(line: str, field: str, text: str) -> str:
    """The JSON object `line` (well-formed, one line) with the value of its key `field` (there) set to `text`."""
    start, end = _value_span(line, field)
    # A line that was ASCII stays so, and half a surrogate pair can only be written as an escape.
    escape = line[start:end].isascii() or not _encodable(text)
    return line[:start] + json.dumps(text, ensure_ascii=escape) + line[end:]


def _value_span(line: str, field: str) -> tuple[int, int]:
    """Where the value of the top-level key `field` stands in `line`: the last such key, as parsers take it."""
    found = (0, 0)
    at = _skip(line, line.index("{") + 1)
    while line[at] != "}":
        key, at = scanstring(line, at + 1, True)
        at = _skip(line, _skip(line, at) + 1)
        start = at
        _, at = _DECODER.raw_decode(line, at)
        if key == field:
            found = (start, at)
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _skip(line: str, at: int) -> int:
    while line[at] in " \t\r":
        at += 1
    return at


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
