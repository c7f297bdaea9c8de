"""Choices read off bytes, so that whatever changes bytes changes choices; an end that came too early reads as zeros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Reads `data` from its beginning."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    @property
    def left(self) -> bool:
        """Whether anything is left."""
        return self._at < len(self._data)

    def number(self, below: int) -> int:
        """A number of one byte, from 0 and less than `below`."""
        self._at += 1
        return (self._data[self._at - 1] if self._at <= len(self._data) else 0) % below

    def one(self, of: Sequence[T]) -> T:
        """One of some things."""
        return of[self.number(len(of))]

    def line(self) -> bytes:
        """All up to the next line feed, which is passed over."""
        end = self._data.find(b"\n", self._at)
        end = len(self._data) if end < 0 else end
        line, self._at = self._data[self._at : end], end + 1
        return line

    def rest(self) -> bytes:
        """All that is left."""
        rest, self._at = self._data[self._at :], len(self._data)
        return rest


def text_of(data: bytes) -> str:
    """Any bytes as a text: what is no UTF-8 becomes lone halves of surrogate pairs, as JSON can hold them."""
    return data.decode("utf-8", "surrogateescape")
