"""How a table is written, found from its beginning where that is certain."""

from __future__ import annotations

import re
from dataclasses import replace

from cleaner.formats.cell import read_cell
from cleaner.formats.dialect import Dialect, Spelling
from cleaner.formats.kind import Kind
from cleaner.formats.rows import Row, Scanner

_BOM = b"\xef\xbb\xbf"
_SEP = re.compile(rb'"?sep=([^\r\n"])"?\r?\n', re.IGNORECASE)
_SAMPLE = 1 << 18


def utf16(data: bytes) -> bool:
    """Whether `data`, the beginning of a file, is UTF-16: by its mark, or by a zero in its first character."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (len(data) > 1 and 0 in data[:2])


def preface(data: bytes) -> tuple[int, str | None]:
    """How many bytes stand before the header (a byte order mark, Excel's `sep=`), and the delimiter they name."""
    start = len(_BOM) if data.startswith(_BOM) else 0
    if found := _SEP.match(data, start):
        return found.end(), found.group(1).decode("latin-1")
    return start, None


def spelling_of(data: bytes, kind: Kind, said: Dialect, named: str | None, whole: bool) -> Spelling:
    """How the table is written that begins with `data`.

    Args:
        data: its beginning, from the header on.
        kind: CSV or TSV.
        said: what the user says.
        named: the delimiter that the file itself names.
        whole: nothing comes after `data`.
    """
    delimiter = said.delimiter or named or ("\t" if kind is Kind.TSV else ",")
    quote = '"' if said.quote is None else said.quote
    escape = "" if said.escape == quote else said.escape or ""
    spelling = Spelling(delimiter.encode(), quote.encode(), escape.encode())
    header = next(Scanner(replace(spelling, cr=True)).rows(data, 1, 0, whole), None)
    if header and header.raw.endswith(b"\r"):
        spelling = replace(spelling, cr=True)
    if not quote:
        return spelling
    whole, data = whole and len(data) <= _SAMPLE, data[:_SAMPLE]
    rows = _sample(data, spelling, whole)
    if said.escape is None and quote != "\\" and any(r.problem for r in rows):
        slashed = replace(spelling, escape=b"\\")
        others = _sample(data, slashed, whole)
        if others and not any(r.problem for r in others) and any(_quote_escaped(r, slashed) for r in others):
            return slashed
    if kind is Kind.TSV and said.quote is None and not escape:
        sure = not any(r.problem for r in rows) and any(_needs_quotes(r, len(rows[0].cells), spelling) for r in rows)
        return replace(spelling, certain=sure)
    return spelling


def _sample(data: bytes, spelling: Spelling, whole: bool) -> list[Row]:
    scanner = Scanner(spelling)
    header = next(scanner.rows(data, 1, 0, True), None)
    if not header:
        return []
    rows = list(scanner.rows(data, 1, len(header.cells), True))
    # The last one may be cut in two.
    return [r for r in (rows if whole else rows[:-1]) if not r.blank]


def _quoted_cells(row: Row, spelling: Spelling) -> list[bytes]:
    return [row.raw[a:b] for a, b in row.cells if row.raw.startswith(spelling.quote, a)]


def _quote_escaped(row: Row, spelling: Spelling) -> bool:
    return any(spelling.escape + spelling.quote in cell[:-1] for cell in _quoted_cells(row, spelling))


def _needs_quotes(row: Row, columns: int, spelling: Spelling) -> bool:
    """Whether `row` can only be read with quotes: the header, cells that hold what parts others, doubled quotes."""
    cells = _quoted_cells(row, spelling)
    if row.line == 1:
        return bool(cells)
    if any(spelling.quote.decode() in read_cell(cell, spelling, quoted=True) for cell in cells):
        return True
    parts = any(spelling.delimiter in cell or b"\n" in cell for cell in cells)
    return parts and not Scanner(spelling).is_several(row, columns)
