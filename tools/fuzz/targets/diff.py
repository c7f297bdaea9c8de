"""Unified diffs of any changes, names and contexts: patched by the book they give the new text, and taken back the old."""

from __future__ import annotations

from cleaner.output.diff import unified_diff
from tests.patching import patched
from tools.fuzz.draw import Draw, text_of


def check(data: bytes) -> None:
    """Each line of the bytes begins with what becomes of it."""
    draw = Draw(data)
    context = draw.number(6)
    name = text_of(draw.line())
    lines: list[tuple[str | None, str | None]] = []
    while draw.left:
        what, line = draw.number(5), text_of(draw.line()) + "\n"
        lines.append(((line, line), (line, None), (None, line), (line, line[1:] or "\n"), (line, line))[what])
    if lines and context % 2:
        old, new = lines[-1]
        # The last line of a text may have no end; nothing but it may.
        if old and new and old != "\n" != new:
            lines[-1] = (old[:-1], new[:-1])
    old = "".join(a or "" for a, _ in lines)
    new = "".join(b or "" for _, b in lines)
    made = unified_diff(lines, ["rule"] * len(lines), name, context)
    assert bool(made) == any(a != b for a, b in lines)
    head = made.split("\n")[:2]
    assert not made or [row[:4] for row in head] == ["--- ", "+++ "]
    assert patched(made, old) == new
    assert patched(made, new, back=True) == old
