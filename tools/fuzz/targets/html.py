"""Pages handed over to trafilatura: whatever it gives or raises, a text comes out or one line; and what hints say of any input.

The package itself is not fuzzed: something in its place gives what the bytes say.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from unittest import mock

from cleaner.errors import InputError
from cleaner.formats import html
from cleaner.formats.html import is_page, text_of
from cleaner.signature import hint, is_address, refused
from tools.fuzz import draw


def check(data: bytes) -> None:
    """Hand a page over; look at the beginning of a text."""
    try:
        with mock.patch.object(html, "_trafilatura", _instead):
            text = text_of(data, "page.html")
    except InputError as e:
        assert str(e).startswith("page.html: trafilatura ")
    else:
        assert text.endswith("\n")
        assert text.strip()
    assert "\n" not in refused(data) + hint(draw.text_of(data))
    is_address(draw.text_of(data))
    is_page(draw.text_of(data))


def _instead(_name: str) -> SimpleNamespace:
    return SimpleNamespace(extract=_extract)


def _extract(page: bytes, **_options: Any) -> str | None:
    if page.startswith(b"<"):
        raise (ValueError, RecursionError, KeyError)[len(page) % 3](draw.text_of(page))
    return draw.text_of(page) if len(page) % 5 else None
