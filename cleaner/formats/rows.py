"""Where the rows and cells of a table begin and end, read strictly: no byte is taken for what it may not be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleaner.formats.dialect import Spelling

# How far (bytes) the end of a cell that is not well formed is looked for; after that, its row ends with its line.
_LOOK = 1 << 20
TORN = "a quoted cell does not end"


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        line: the number of its first line.
        raw: its bytes, the line end included.
        cells: where each cell begins and ends in `raw`, quotes included.
        quoted: whether its cells may be quoted.
        problem: why it is no row of its table; empty if it is.
    """

    line: int
    raw: bytes
    cells: tuple[tuple[int, int], ...]
    quoted: bool
    problem: str = ""

    @property
    def blank(self) -> bool:
        """Whether it is an empty line, which no reader takes for a row."""
        return not self.raw.strip(b"\r\n")


def with_cells(row: Row, cells: Sequence[bytes], spelling: Spelling) -> bytes:
    """The bytes of `row` with further cells behind its last."""
    end = row.cells[-1][1]
    return row.raw[:end] + b"".join(spelling.delimiter + cell for cell in cells) + row.raw[end:]


class Scanner:
    """Finds rows.

    Args:
        spelling: how the table is written.
    """

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        delimiter, quote, escape = (re.escape(x) for x in (spelling.delimiter, spelling.quote, spelling.escape))
        end = rb"\r\n|\r|\n" if spelling.cr else rb"\r?\n|\r\Z"
        after = delimiter + rb"|" + end + rb"|\Z"
        # Where cells are not quoted, an escape keeps what parts cells from doing so.
        kept = escape if escape and not quote else b""
        pair = kept + rb"[\s\S]|" if kept else b""
        # A delimiter that is not ASCII shares its first byte with other characters.
        common = rb"[^\r\n" + re.escape(spelling.delimiter[:1]) + kept + rb"]++"
        self._bare = re.compile(rb"(?:" + pair + common + rb"|(?!" + after + rb")[\s\S])*+")
        doubled = rb"(?:[^" + quote + rb"]++|" + quote + quote + rb")*+"
        escaped = rb"(?:[^" + quote + escape + rb"]++|" + escape + rb"[\s\S])*+"
        if len(spelling.quote) > 1 or len(spelling.escape) > 1:
            other = rb"(?!" + quote + rb"|" + escape + rb")" if escape else rb"(?!" + quote + rb")"
            doubled = rb"(?:" + other + rb"[\s\S]|" + quote + quote + rb")*+"
            escaped = rb"(?:" + other + rb"[\s\S]|" + escape + rb"[\s\S])*+"
        self._inside = re.compile(escaped if escape else doubled) if quote else None
        self._part = re.compile(delimiter)
        self._end = re.compile(rb"(?:" + end + rb")|\Z")
        self._close = re.compile(quote + rb"(?=" + after + rb")")
        self._line_end = re.compile(rb"\r\n|\r|\n" if spelling.cr else rb"\n")

    def rows(self, data: bytes, line: int, columns: int, final: bool) -> Iterator[Row]:
        """The whole rows of `data`.

        Args:
            data: bytes of the file, from the begin of a row on.
            line: the number of the first line.
            columns: how many cells a row has; 0 if any number will do.
            final: nothing comes after `data`. If not, a row that could go on there is not given.
        """
        at = 0
        while at < len(data):
            row = self._best(data, at, line, columns, final)
            if row is None:
                return
            yield row
            at += len(row.raw)
            line += len(self._line_end.findall(row.raw))

    def _best(self, data: bytes, at: int, line: int, columns: int, final: bool) -> Row | None:
        """The row at `at`. None: it may go on after `data`."""
        row = self._row(data, at, line, columns, final, quoted=bool(self.spelling.quote))
        if self.spelling.certain or (row and not row.problem and not self.is_several(row, columns)):
            return row
        if row is None and len(data) - at <= _LOOK and not final:
            return None
        bare = self._row(data, at, line, columns, final, quoted=False)
        return row if row and row.problem != TORN and bare and bare.problem else bare

    def is_several(self, row: Row, columns: int) -> bool:
        """Whether `row`, which was read with quotes, is several whole rows if read without."""
        at, count = 0, 0
        while columns and at < len(row.raw):
            part = self._row(row.raw, at, row.line, columns, True, quoted=False)
            if not part or part.problem or part.blank:
                return False
            at, count = at + len(part.raw), count + 1
        return count > 1

    def _row(self, data: bytes, at: int, line: int, columns: int, final: bool, *, quoted: bool) -> Row | None:
        cells: list[tuple[int, int]] = []
        begin, problem, limit = at, "", 0
        while True:
            start = at
            if quoted and self._inside and data.startswith(self.spelling.quote, at):
                inside = self._inside.match(data, at + len(self.spelling.quote))
                at = inside.end() if inside else at
                if not data.startswith(self.spelling.quote, at):
                    return Row(line, data[begin:], (), quoted, TORN) if final else None
                at += len(self.spelling.quote)
                if not (self._end.match(data, at) or self._part.match(data, at)):
                    # Nobody can say what was meant. Its end is taken to be the next quote that could close it.
                    if not final and len(data) < (limit or at + _LOOK):
                        return None
                    problem, limit = "text after the closing quote of a cell", limit or at + _LOOK
                    close = self._close.search(data, at, limit)
                    at = close.end() if close else self._rest_of_line(data, at)
            else:
                bare = self._bare.match(data, at)
                at = bare.end() if bare else at
            cells.append((start - begin, at - begin))
            if part := self._part.match(data, at):
                at = part.end()
                continue
            end = self._end.match(data, at)
            at = end.end() if end else len(data)
            if at >= len(data) and not final and not (end and end.group() == b"\n"):
                return None  # the line end, too, may be cut in two
            break
        if columns and len(cells) != columns:
            if problem:
                at = self._end_of_torn(data, begin, at, limit)
            problem = problem or f"{len(cells)} cells, but {columns} columns"
        return Row(line, data[begin:at], tuple(cells), quoted, problem)

    def _end_of_torn(self, data: bytes, begin: int, at: int, limit: int) -> int:
        """Where a row that is not well formed ends, if its cells as they were read are too many or too few.

        Quotes that nobody doubled mostly come in pairs, so its quotes are even in number where its last line ends, or the
        line ends with one. What stands before that is no row, even if it looks like one. `at` if there is no such end.
        """
        quote = self.spelling.quote
        count, end = data.count(quote, begin, at), at
        while count % 2 and not data[begin:end].rstrip(b"\r\n").endswith(quote):
            found = self._line_end.search(data, end, limit)
            if not found and not end < len(data) < limit:  # nor is it the end of all
                return at
            begin, end = end, found.end() if found else len(data)
            count += data.count(quote, begin, end)
        return end

    def _rest_of_line(self, data: bytes, at: int) -> int:
        end = self._line_end.search(data, at)
        if not end:
            return len(data)
        return end.start() - (data[end.start() - 1 : end.start()] == b"\r" and end.start() > at)
