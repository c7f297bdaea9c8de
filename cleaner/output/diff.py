"""Unified diffs straight from what was decided: no search for differences, because they are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_NO_NEWLINE = "\\ No newline at end of file\n"
# Pieces of a text that are held singly before they are joined.
_MANY = 1_000


def unified_diff(
    lines: Sequence[tuple[str | None, str | None]], rules: Sequence[str], name: str, context: int = 3
) -> str:
    """A unified diff that GNU `patch` takes forwards and backwards.

    Args:
        lines: each line with its ending, and what it becomes (None: it goes); None first: it comes.
        rules: for each line, the rule to name in the header of its hunk, or what was seen of it; empty for neither.
        name: the file name for the header.
        context: kept lines around each change.

    Returns the diff, or "" if nothing changes.
    """
    out = Pieces()
    shift = come = 0  # how many lines are fewer, and how many came, before the hunk
    for low, high in _hunks(lines, context):
        if not out:
            header = _quoted(name)
            out.add(f"--- {header}\n+++ {header}\n")
        body, added = Pieces(), Pieces()
        gone = new = 0
        named: dict[str, None] = {}
        for i in range(low, high):
            old, becomes = lines[i]
            gone += becomes is None
            new += old is None
            if old == becomes and old is not None:
                # Of a stretch of changes the removed lines come first, as `diff` writes them.
                body.take(added)
                body.add(_line(" ", old))
                continue
            if rule := rules[i]:
                named[rule] = None
            if old is not None:
                body.add(_line("-", old))
            if becomes is not None:
                added.add(_line("+", becomes))
        # The last kept line loses its ending only if it is the last of both files, so a missing one is never made up.
        body.take(added)
        old_range, new_range = _range(low - come, high - low - new), _range(low - shift, high - low - gone)
        out.add(f"@@ -{old_range} +{new_range} @@ {', '.join(named)}\n")
        out.take(body)
        shift += gone
        come += new
    return out.text()


def _hunks(lines: Sequence[tuple[str | None, str | None]], context: int) -> Iterator[tuple[int, int]]:
    """Where hunks begin and end: changes with so many kept lines around them."""
    first = last = -1
    for i, (old, new) in enumerate(lines):
        if old == new:
            continue
        if first >= 0 and i - last > 2 * context:
            yield max(0, first - context), last + context + 1
            first = i
        first, last = (i if first < 0 else first), i
    if first >= 0:
        yield max(0, first - context), min(len(lines), last + context + 1)


class Pieces:
    """A text that is made of many pieces, which are joined now and then: a list of them is many times as large as the text."""

    __slots__ = ("_few", "_joined")

    def __init__(self) -> None:
        self._joined: list[str] = []
        self._few: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._few or self._joined)

    def add(self, piece: str) -> None:
        """One more piece."""
        self._few.append(piece)
        if len(self._few) >= _MANY:
            self._joined.append("".join(self._few))
            self._few.clear()

    def take(self, other: Pieces) -> None:
        """All pieces of another, which has none then."""
        if other._joined:
            self._joined += ["".join(self._few), *other._joined]
            self._few = other._few
        else:
            self._few += other._few
        other._joined, other._few = [], []

    def text(self) -> str:
        """All of them."""
        return "".join([*self._joined, *self._few])


def _range(start: int, count: int) -> str:
    """Start and length of a hunk: lines count from 1, but an empty range names the line before it."""
    return f"{start + 1 if count else start},{count}"


def _line(mark: str, text: str) -> str:
    return mark + text if text.endswith("\n") else f"{mark}{text}\n{_NO_NEWLINE}"


def _quoted(name: str) -> str:
    """`name` as `patch` reads it in a header: one with spaces ends in a tab, an odd one is quoted as in C."""
    if name.startswith('"') or any(c < " " or c == "\x7f" for c in name):
        inner = name.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(f"\\{ord(c):03o}" if c < " " or c == "\x7f" else c for c in inner) + '"'
    return name + "\t" if " " in name else name
