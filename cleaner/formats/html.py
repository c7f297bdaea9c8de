"""HTML pages: trafilatura takes the text out, in the page's order, with its headings, lists and tables as Markdown.

A page is read and never written: what comes out is a text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaner.distribution import installing
from cleaner.errors import InputError
from cleaner.formats.kind import Packing, packing_of
from cleaner.formats.packing import reading, unpacked
from cleaner.formats.record import MAX_RECORD
from cleaner.formats.text import TextFile

# How the names of pages end, and of the texts that are made from them.
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
TEXT_SUFFIX = ".md"


def is_page(name: str) -> bool:
    """Whether a file is a page by its name, packed or not."""
    return packing_of(name.lower())[1].endswith(PAGE_SUFFIXES)


def text_of(data: bytes, name: str) -> str:
    """The text of an HTML page; a line, and a blank one after it, for each paragraph, heading, list item and table row.

    Args:
        data: the page as it came; its encoding is found from it.
        name: what errors call it.

    Raises:
        InputError: trafilatura is not installed, cannot read the page, or finds no text in it.
    """
    trafilatura = _trafilatura(name)
    try:
        # Recall before precision: what is boilerplate is decided here, line by line, with a name for each.
        text = trafilatura.extract(
            data,
            output_format="markdown",
            include_formatting=True,
            include_tables=True,
            include_comments=False,
            favor_recall=True,
        )
    except Exception as e:  # whatever a strange page makes it raise, the page is what cannot be read
        raise InputError(name, f"trafilatura cannot read it: {type(e).__name__}: {e}") from e
    if not text or not text.strip():
        raise InputError(name, "trafilatura finds no text in it")
    return text if text.endswith("\n") else f"{text}\n"


def read_html(path: Path, packing: Packing = Packing.NONE) -> TextFile:
    """The text of the page at `path`. Raises InputError as `text_of` does, or if it cannot be read."""
    with reading(path), path.open("rb") as raw:
        data = unpacked(raw, packing).read(MAX_RECORD + 1)
        size = raw.tell()
    if len(data) > MAX_RECORD:
        raise InputError(str(path), f"larger than {MAX_RECORD >> 20} MiB: not one article")
    return TextFile(text_of(data, str(path)), b"", "utf-8", Packing.NONE, size)


def _trafilatura(name: str) -> Any:
    try:
        import trafilatura
    except ImportError as e:
        raise InputError(name, f"HTML needs trafilatura: {installing('html')} ({e})".splitlines()[0]) from e
    return trafilatura
