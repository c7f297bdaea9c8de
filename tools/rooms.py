"""Draw the rooms of `cleaner/` and their imports, as docs/architecture.md shows them: `python -m tools.rooms`.

With `--check` it says whether the page is fresh instead. The picture is Mermaid's text; an arrow means "imports", and one
that follows from others is left out.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "architecture.md"
_BEGIN, _END = "```mermaid\n", "```\n"
# What everything may import says nothing about a room.
_BASE = {"errors", "value", "distribution", "disk", "jsontext", "memory", "signature"}


def imports() -> dict[str, set[str]]:
    """Each room (a package, or a module of the top level) with the rooms that it imports."""
    package = ROOT / "cleaner"
    found: dict[str, set[str]] = {}
    for path in sorted(package.rglob("*.py")):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue
        named = found.setdefault(room, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "cleaner":
                parts = node.module.split(".")
                named.update([parts[1]] if parts[1:] else [alias.name for alias in node.names])
    return {room: {r for r in named if r in found and r != room} for room, named in found.items()}


def picture() -> str:
    """The rooms and the arrows between them that no longer way says already."""
    rooms = {room: named - _BASE for room, named in imports().items() if room not in _BASE}

    def reached(room: str) -> set[str]:
        return set().union(*({below} | reached(below) for below in rooms[room]))

    lines = ["flowchart TD"]
    for room, named in rooms.items():
        needed = {r for r in named if not any(r in reached(other) for other in named)}
        lines += [f"    {room} --> {r}" for r in sorted(needed)]
    return "\n".join(lines) + "\n"


def drawn(page: str) -> str:
    """The page with the picture as it should be."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    return before + begin + picture() + end + after


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    if sys.argv[1:] == ["--check"]:
        return int(drawn(page) != page)
    PAGE.write_text(drawn(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
