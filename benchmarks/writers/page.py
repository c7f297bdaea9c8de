"""The matrix in a page of the docs, between two marks."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.report import Row, show

BEGIN, END = "<!-- writers: begin -->\n", "<!-- writers: end -->\n"


def put(page: Path, rows: list[Row], told: list[Row]) -> None:
    """Write the table, and what was not equal, between the marks of `page`."""
    begin, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, end = rest.partition(END)
    with redirect_stdout(io.StringIO()) as out:
        show(rows)
        if told:
            print()
            show([{key: _cell(value) for key, value in row.items()} for row in told])
    page.write_text(f"{begin}{BEGIN}\n{out.getvalue()}\n{END}{end}", encoding="utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
