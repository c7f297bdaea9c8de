"""One record of a WARC: its headers as warcio reads them, its block, and the same record around another text."""

from __future__ import annotations

import base64
import functools
import hashlib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.distribution import installing
from cleaner.errors import InputError

_LENGTH = re.compile(rb"(?im)^(Content-Length[ \t]*:[ \t]*)\d+")
_DIGEST = re.compile(rb"(?im)^(WARC-(Block|Payload)-Digest[ \t]*:[ \t]*)([\w-]+):(\S+)")
_SPELLINGS: tuple[Callable[[bytes], bytes], ...] = (
    base64.b32encode,
    lambda digest: base64.b32encode(digest).rstrip(b"="),
    lambda digest: digest.hex().encode(),
    lambda digest: digest.hex().upper().encode(),
    base64.b64encode,
    base64.urlsafe_b64encode,
    lambda digest: base64.urlsafe_b64encode(digest).rstrip(b"="),
)


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record.

    Attributes:
        head: its headers to the byte, the blank line that ends them included.
        headers: their names and values, in order.
        length: bytes of its block, as the headers say.
        block: what it holds; it is shorter than `length` if the record is torn.
        rest: what comes after the block.
    """

    head: bytes
    headers: Sequence[tuple[str, str]]
    length: int
    block: bytes
    rest: bytes

    def header(self, name: str) -> str:
        """The value of a header; empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def is_text(self) -> bool:
        """Whether it holds a text made from a page, as the records of a WET do."""
        kind = self.header("Content-Type").partition(";")[0].strip().lower()
        return self.header("WARC-Type").lower() == "conversion" and kind in ("", "text/plain")

    @property
    def uri(self) -> str:
        """The address of the page; without the brackets that some writers put around it."""
        return self.header("WARC-Target-URI").removeprefix("<").removesuffix(">")

    def with_block(self, block: bytes) -> bytes:
        """The record around another block: its length and its digests are of that, the rest is as it was.

        Raises:
            ValueError: its digest was not that of its block, or is of a kind that is not known; or a header that would have to
                change is spelled in a way that only warcio reads (it takes any white space for a space).
        """
        told = {found[2].lower() for found in _DIGEST.finditer(self.head)}

        def renewed(found: re.Match[bytes]) -> bytes:
            start, which, algorithm, value = found.groups()
            digest = _digest(algorithm.decode(), value, self.block, block)
            if digest is None and which.lower() == b"block":
                raise ValueError("its WARC-Block-Digest is not that of its text, or of a kind that is not known")
            # The digest of a payload that is not this block's is that of the page from which the text was made.
            return found.group() if digest is None else start + algorithm + b":" + digest

        head, times = _LENGTH.subn(lambda found: found[1] + str(len(block)).encode(), self.head)
        if times != 1 or self.header("WARC-Block-Digest") and b"block" not in told:
            raise ValueError("its headers are spelled in a way that is not written again")
        return _DIGEST.sub(renewed, head) + block + self.rest


def _digest(algorithm: str, value: bytes, old: bytes, new: bytes) -> bytes | None:
    """The digest of `new` as `value` is that of `old`; None if it is not."""
    name = algorithm.lower().replace("sha-", "sha")
    if name not in hashlib.algorithms_available or name.startswith("shake"):
        return None
    before, after = (hashlib.new(name, data, usedforsecurity=False).digest() for data in (old, new))
    return next((spelled(after) for spelled in _SPELLINGS if spelled(before) == value), None)


def parsed(content: bytes) -> WarcRecord | None:
    """The record that `content` begins with; None if there are but blank lines.

    Raises:
        ValueError: it is no record.
    """
    from warcio.statusandheaders import StatusAndHeadersParserException

    begin = len(content) - len(content.lstrip(b"\r\n"))
    stream = io.BytesIO(content)
    stream.seek(begin)
    try:
        headers = _parser().parse(stream).headers
    except EOFError:
        return None
    except StatusAndHeadersParserException as e:
        raise ValueError("is no WARC record") from e
    start = stream.tell()
    found = [value for name, value in headers if name.lower() == "content-length"]
    if len(found) != 1 or not re.fullmatch(r"\d{1,18}", found[0]):
        raise ValueError("has no Content-Length")
    length = int(found[0])
    end = start + length
    return WarcRecord(content[:start], headers, length, content[start:end], content[end:])


@functools.cache
def _parser() -> Any:
    warcio()
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParser

    return StatusAndHeadersParser(ArcWarcRecordLoader.WARC_TYPES)


def warcio() -> Any:
    """The package warcio. Raises InputError with the command that installs it."""
    try:
        import warcio
    except ImportError as e:
        raise InputError("WARC", f"needs the package warcio: {installing('warc')}") from e
    return warcio
