"""Unified diffs straight from what was decided: no search for differences, because they are known."""

from __future__ import annotations

from collections.abc import Sequence

_NO_NEWLINE = "\\ No newline at end of file\n"


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
    changed = [i for i, (old, new) in enumerate(lines) if old != new]
    if not changed:
        return ""
    header = _quoted(name)
    out = [f"--- {header}\n+++ {header}\n"]
    start = 0
    shift = come = 0  # how many lines are fewer, and how many came, before the hunk
    while start < len(changed):
        end = start
        while end + 1 < len(changed) and changed[end + 1] - changed[end] <= 2 * context:
            end += 1
        low = max(0, changed[start] - context)
        high = min(len(lines), changed[end] + context + 1)
        hunk = lines[low:high]
        gone = sum(new is None for _, new in hunk)
        new = sum(old is None for old, _ in hunk)
        named = dict.fromkeys(rules[i] for i in changed[start : end + 1] if rules[i])
        old_range, new_range = _range(low - come, len(hunk) - new), _range(low - shift, len(hunk) - gone)
        out.append(f"@@ -{old_range} +{new_range} @@ {', '.join(named)}\n")
        out += _body(hunk)
        shift += gone
        come += new
        start = end + 1
    return "".join(out)


def _range(start: int, count: int) -> str:
    """Start and length of a hunk: lines count from 1, but an empty range names the line before it."""
    return f"{start + 1 if count else start},{count}"


def _body(hunk: Sequence[tuple[str | None, str | None]]) -> list[str]:
    """The hunk's lines. Of a stretch of changes the removed lines come first, as `diff` writes them."""
    out: list[str] = []
    added: list[str] = []
    for old, new in hunk:
        if old is not None and old == new:
            out += added
            added = []
            out.append(_line(" ", old))
            continue
        if old is not None:
            out.append(_line("-", old))
        if new is not None:
            added.append(_line("+", new))
    # The last kept line loses its ending only if it is the last of both files, so a missing one is never made up.
    return out + added


def _line(mark: str, text: str) -> str:
    return mark + text if text.endswith("\n") else f"{mark}{text}\n{_NO_NEWLINE}"


def _quoted(name: str) -> str:
    """`name` as `patch` reads it in a header: one with spaces ends in a tab, an odd one is quoted as in C."""
    if name.startswith('"') or any(c < " " or c == "\x7f" for c in name):
        inner = name.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "".join(f"\\{ord(c):03o}" if c < " " or c == "\x7f" else c for c in inner) + '"'
    return name + "\t" if " " in name else name
