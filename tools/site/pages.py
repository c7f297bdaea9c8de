"""The pages that people write, laid out for mkdocs: copied, with their links led to where the pages now lie."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

_LINK = re.compile(r"(\]\()([^()\s#]+)(#[^()\s]*)?(\))")
# The tests read a file's name behind the language of a block; the theme shows a title.
_FILE = re.compile(r"^```(\w+) ([\w./-]+)$", re.MULTILINE)
# What stands beside the pages: pictures.
_BESIDE = (".png", ".svg")


def places() -> dict[str, str]:
    """Each file of the checkout that is a page or a picture of the site, with its place there (both from their roots)."""
    found = {path.name: path.name for path in ROOT.glob("*.md")} | {"README.md": "index.md"}
    for path in sorted((ROOT / "docs").iterdir()):
        if path.suffix in (".md", *_BESIDE):
            found[f"docs/{path.name}"] = path.name
    return found | {f"examples/{path.name}": f"examples/{path.stem}.md" for path in (ROOT / "examples").glob("*.py")}


def page(source: str, text: str, known: dict[str, str]) -> str:
    """A page's Markdown for the site.

    Args:
        source: the page's own path in the checkout.
        text: what it says there.
        known: as `places` gives it.

    A link to a file that is not of the site stays as it is, and fails the strict build.
    """

    def led(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[2]))
        if target not in known:
            return link[0]
        there = posixpath.relpath(known[target], posixpath.dirname(known[source]) or ".")
        return f"{link[1]}{there}{link[3] or ''}{link[4]}"

    return _FILE.sub(r'```\1 title="\2"', _LINK.sub(led, text))


def program(name: str, text: str) -> str:
    """A page that shows the program `name` of the examples."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"# {name}\n\n{fence}python\n{text.rstrip()}\n{fence}\n"


def write(folder: Path) -> None:
    """Lay out all pages and pictures in `folder`, which exists."""
    known = places()
    for source, place in known.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.endswith(_BESIDE):
            target.write_bytes((ROOT / source).read_bytes())
            continue
        text = (ROOT / source).read_text(encoding="utf-8")
        target.write_text(
            page(source, text, known) if source.endswith(".md") else program(source, text), encoding="utf-8"
        )
