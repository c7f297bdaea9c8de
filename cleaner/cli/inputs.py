"""Inputs of the filter: bytes to text, strictly, so that the text can be written back to the byte."""

from __future__ import annotations

import os
import stat
import sys

from cleaner.errors import InputError
from cleaner.signature import not_there, refused

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import BinaryIO

STDIN = "-"


def into_itself(paths: tuple[str, ...]) -> str | None:
    """The first of `paths` that is the very file which stdout goes to; None if none is.

    What is read would be written behind (or by `>` is gone before it is read).
    """
    try:
        out = os.fstat(1)
    except OSError:
        return None
    if not stat.S_ISREG(out.st_mode):
        return None
    for path in paths:
        try:
            if os.path.samestat(os.fstat(0) if path == STDIN else os.stat(path), out):
                return path
        except (OSError, ValueError):
            pass  # what is wrong with it is told when it is read
    return None


class Bodies:
    """Bodies on their way to one stream: the last line of one and the first of the next never become one line."""

    def __init__(self) -> None:
        self._lacks = ""

    def next(self, body: str) -> str:
        """What to write for `body`: it, behind the line end that the one before it lacks."""
        if not body:
            return body
        text = self._lacks + body
        self._lacks = "" if body.endswith("\n") else "\r\n" if "\r\n" in body else "\n"
        return text


def open_binary(path: str) -> BinaryIO:
    """Open `path` (`-`: the standard input). Raises InputError naming the file."""
    if path == STDIN:
        if sys.stdin is None:
            raise InputError("stdin", "is closed")
        return sys.stdin.buffer
    if not path:
        raise InputError(path, "the file name is empty")
    try:
        return open(path, "rb")  # `pathlib` would cost as much
    except (OSError, ValueError) as e:
        raise InputError(path, not_there(path, getattr(e, "strerror", None) or str(e))) from e


def read_text(path: str, name: str | None = None) -> str:
    """The text of a file that is UTF-8, a byte order mark included; in messages it is called `name`.

    Raises:
        InputError: it cannot be read, holds records by its name, begins as no text does, or is not UTF-8 (with the byte
            offset).
    """
    from cleaner.formats.kind import Kind, shape_of  # late: JSON lines do without

    shape = shape_of(path)
    if shape and not shape.kind.one_text:
        # Taken for one text, a table would lose rows.
        ways = "--jsonl, -o FOLDER" if shape.kind in (Kind.JSONL, Kind.JSON) else "-o FOLDER"
        raise InputError(name or path, f"holds records, not one text: use {ways}, or give it on the standard input")
    data = _bytes(path, name)
    if reason := refused(data):
        raise InputError(name or shown(path), reason)
    return decode(data, name or shown(path))


def read_page(path: str, name: str | None = None) -> str:
    """The text of an HTML page, as trafilatura takes it out; in messages it is called `name`. Raises InputError."""
    from cleaner.formats.html import text_of  # late: texts do without

    return text_of(_bytes(path, name), name or shown(path))


def _bytes(path: str, name: str | None) -> bytes:
    stream = open_binary(path)
    try:
        return stream.read()
    except OSError as e:
        raise InputError(name or shown(path), e.strerror or str(e)) from e
    finally:
        if path != STDIN:
            stream.close()


def decode(data: bytes, name: str) -> str:
    """`data` as UTF-8 text. Raises InputError with what it is instead, or the offset of the first byte that is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as e:
        reason = refused(data) or f"not UTF-8: byte 0x{data[e.start]:02x} at offset {e.start}"
        raise InputError(name, reason) from e


def shown(path: str) -> str:
    """How an input is called in diffs and messages."""
    return "stdin" if path == STDIN else path
