"""A unified diff applied by the book, to hold our diffs to it."""

from __future__ import annotations

import re


def patched(diff: str, text: str, back: bool = False) -> str:
    """`text` with a unified diff applied, or taken back; every context line is compared."""
    lines = text.split("\n")
    lines = [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    out: list[str] = []
    at = 0
    rows = diff.split("\n")[2:-1] if diff else []
    i = 0
    while i < len(rows):
        m = re.match(r"@@ -(\d+),(\d+) \+(\d+),(\d+) @@", rows[i])
        assert m, rows[i]
        old_start, old_count, new_start, new_count = map(int, m.groups())
        start, count = (new_start, new_count) if back else (old_start, old_count)
        start -= bool(count)
        out += lines[at:start]
        at = start
        other_start = (old_start if back else new_start) - bool(old_count if back else new_count)
        assert len(out) == other_start
        seen = [0, 0]
        i += 1
        while i < len(rows) and not rows[i].startswith("@@"):
            mark, line = rows[i][0], rows[i][1:] + "\n"
            i += 1
            if i < len(rows) and rows[i].startswith("\\"):
                line = line[:-1]
                i += 1
            seen[0] += mark in " -"
            seen[1] += mark in " +"
            if mark in (" +" if back else " -"):
                assert lines[at] == line
                at += 1
            if mark in (" -" if back else " +"):
                out.append(line)
        assert seen == [old_count, new_count]
    return "".join(out + lines[at:])
