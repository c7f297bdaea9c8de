"""Data on its way into a page: JSON or text, packed, in pieces of bounded size, each in an element that nothing runs.

Only letters, digits, `+`, `/` and `=` are written, so that no text can end its element or begin another.
"""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any, Protocol

# Characters of a piece before it is packed: enough to pack well, little enough to open at once.
SIZE = 1 << 19


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Append."""
        ...


class Pieces:
    """Pieces of one kind.

    Args:
        sink: the page.
        kind: how the page's script calls them; of its own making, not of any text.
        separator: what stands between two parts of a piece.
        ends: what stands around the parts of a piece.
    """

    def __init__(self, sink: Sink, kind: str, separator: str = ",", ends: tuple[str, str] = ("[", "]")) -> None:
        self._sink, self._kind, self._separator, self._ends = sink, kind, separator, ends
        self._parts: list[str] = []
        self._size = 0
        self.number = 0

    def add(self, part: str) -> tuple[int, int]:
        """Append; returns the number of the piece, and of the part in it."""
        if self._size and self._size + len(part) > SIZE:
            self.flush()
        self._parts.append(part)
        self._size += len(part)
        return self.number, len(self._parts) - 1

    def flush(self) -> None:
        """Write what is held."""
        if not self._parts:
            return
        text = self._separator.join(self._parts).join(self._ends)
        # Half a surrogate pair is in JSON an escape already, and in other text nothing to find.
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = base64.b64encode(packer.compress(text.encode("utf-8", "replace")) + packer.flush())
        self._sink.write(f'<script type="text/plain" data-kind="{self._kind}">'.encode() + data + b"</script>\n")
        self._parts, self._size = [], 0
        self.number += 1


def as_json(value: Any) -> str:
    """`value` as JSON that UTF-8 can carry."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return text
