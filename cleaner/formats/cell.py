"""A cell as text, and a text as the bytes of a cell that is written as another was."""

from __future__ import annotations

from cleaner.formats.dialect import Spelling

# The characters of what `write_value` gives.
VALUES = b"0123456789.e-truefalse"


def read_cell(raw: bytes, spelling: Spelling, *, quoted: bool) -> str:
    """The text of the cell `raw`; bytes that are no UTF-8 come as halves of surrogate pairs.

    Args:
        raw: the cell, quotes included.
        spelling: how its table is written.
        quoted: whether a quote at its begin is one (and not text).
    """
    text = raw.decode("utf-8", "surrogateescape")
    quote, escape = spelling.quote.decode(), spelling.escape.decode()
    if quoted and quote and text.startswith(quote):
        text = text[1:-1]
        return _unescaped(text, escape, (quote, escape)) if escape else text.replace(quote * 2, quote)
    return _unescaped(text, escape, (spelling.delimiter.decode(), "\n", "\r", escape)) if escape and not quote else text


def write_cell(text: str, like: bytes, spelling: Spelling, *, quoted: bool) -> bytes:
    """`text` as a cell: quoted if `like` was, and bare if `like` was and all readers take it for the same text.

    Args:
        text: what the cell is to hold.
        like: the cell that it replaces.
        spelling, quoted: see `read_cell`.

    Raises:
        ValueError: the table has no way to write it, with the reason.
    """
    quote, escape, delimiter = spelling.quote.decode(), spelling.escape.decode(), spelling.delimiter.decode()
    if quoted and quote and like.startswith(spelling.quote):
        return _quoted(text, quote, escape).encode()
    if escape and not quote:
        for special in (escape, delimiter, "\n", "\r"):
            text = text.replace(special, escape + special)
        return text.encode()
    breaks = delimiter in text or "\n" in text or text.endswith("\r") or (spelling.cr and "\r" in text)
    if not quote or not spelling.certain:
        if breaks:
            raise ValueError("the text has no way to be written without quotes")
        closed = text.startswith(quote) and (not like.startswith(spelling.quote) or text.endswith(quote))
        if quote and closed:
            raise ValueError("the text would begin with a quote; say --quote none, or which it is")
        return text.encode()
    # An empty cell without quotes is no text at all to many readers, and in a table of one column no row.
    if not text or breaks or text.startswith(quote):
        return _quoted(text, quote, escape).encode()
    return text.encode()


def write_value(value: float | bool | None) -> bytes:
    """A number, or true or false, as a cell; nothing for None."""
    return b"" if value is None else str(value).lower().encode()


def _quoted(text: str, quote: str, escape: str) -> str:
    if not escape:
        return quote + text.replace(quote, quote * 2) + quote
    return quote + text.replace(escape, escape * 2).replace(quote, escape + quote) + quote


def _unescaped(text: str, escape: str, special: tuple[str, ...]) -> str:
    """`text` without the escapes before one of `special`; before others an escape is text, as it is to Spark."""
    first, *parts = text.split(escape)
    out, skip = [first], False
    for i, part in enumerate(parts):
        if skip:  # the second of two
            out.append(part)
            skip = False
        elif not part and i + 1 < len(parts):
            out.append(escape)
            skip = True
        else:
            out.append(part if part.startswith(special) else escape + part)
    return "".join(out)
