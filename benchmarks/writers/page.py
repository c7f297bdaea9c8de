"""The matrix in a page of the docs, between two marks."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.report import Row, show

BEGIN, END = "<!-- writers: begin -->\n", "<!-- writers: end -->\n"
_CELLS = re.compile(r"(?<!\\)\|")


def put(page: Path, rows: list[Row], told: list[Row]) -> None:
    """Write the table, and what was not equal, between the marks of `page`; rows of writers that are not in `rows` stay."""
    begin, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    old, _, end = rest.partition(END)
    told = [{key: _cell(value) for key, value in row.items()} for row in told]
    new = {_name(row) for row in rows}
    tables = [[row for row in table if _name(row) not in new] for table in _tables(old)]
    with redirect_stdout(io.StringIO()) as out:
        for i, table in enumerate((rows, told)):
            kept = tables[i] if i < len(tables) else []
            if all_rows := sorted(kept + table, key=lambda row: _name(row).lower()):
                print()
                show(all_rows)
    page.write_text(f"{begin}{BEGIN}{out.getvalue()}\n{END}{end}", encoding="utf-8")


def _name(row: Row) -> str:
    """The writer, or writers, without the release, or releases: what stands before the first number."""
    return re.split(r" (?=\d)", str(row["writer"]))[0]


def _tables(text: str) -> list[list[Row]]:
    """The Markdown tables in `text`, as they were shown."""
    found = []
    for block in text.strip().split("\n\n"):
        lines = [[cell.strip() for cell in _CELLS.split(line)[1:-1]] for line in block.splitlines()]
        if len(lines) > 1:
            found.append([dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]])
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
