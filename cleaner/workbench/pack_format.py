"""Packs in one form: keys in their order, values written alike, comments kept where they belong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cleaner.errors import RuleError
from cleaner.rules.loader import PACK_KEYS, RULE_KEYS
from cleaner.workbench.pack_text import value_text

_HEADER = re.compile(r"\[\[\s*rule\s*\]\]\s*(#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


@dataclass(slots=True)
class _Piece:
    """A stretch of a pack: what comments stand before it, its own lines, what comment ends them."""

    comments: list[str]
    text: str
    key: str
    value: Any = None
    ending: str = ""

    def written(self) -> str:
        said = f"{self.key} = {value_text(self.key, self.value)}"
        return "\n".join([*self.comments, f"{said}  {self.ending}" if self.ending else said])


@dataclass(slots=True)
class _Table:
    """The head of a pack, or one rule of it."""

    before: list[str] = field(default_factory=list)
    header: str = ""
    pieces: list[_Piece] = field(default_factory=list)
    after: list[str] = field(default_factory=list)

    def written(self, order: tuple[str, ...]) -> str:
        known = {key: n for n, key in enumerate(order)}
        pieces = sorted(self.pieces, key=lambda piece: known.get(piece.key, len(order)))
        return "\n".join(
            [*self.before, *([self.header] if self.header else []), *(p.written() for p in pieces), *self.after]
        )


def formatted(text: str, name: str) -> str:
    """A pack in the one form: keys in their order, a blank line between rules, comments where they belong.

    Args:
        text: the pack.
        name: what errors call it.

    Raises:
        RuleError: it is no TOML, or is written in a way that cannot be put in order without loss.
    """
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise RuleError(name, None, f"not valid TOML: {e}") from e
    except RecursionError as e:
        raise RuleError(name, None, "nested too deeply") from e
    head, *tables = _tables(text.replace("\r\n", "\n"), name)
    out = "\n\n".join([head.written(PACK_KEYS), *(t.written(RULE_KEYS) for t in tables)]).strip("\n") + "\n"
    if tomllib.loads(out) != before or sorted(_comments(out)) != sorted(_comments(text)):
        raise RuleError(name, None, "is written in a way that 'rules format' cannot put in order without loss")
    return out


def _tables(text: str, name: str) -> Iterator[_Table]:
    """The head, then each rule."""
    lines = text.split("\n")
    table = _Table()
    waiting: list[str] = []  # comments whose owner is not known yet; "" is a blank line
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        bare = line.strip()
        if not bare or bare.startswith("#"):
            waiting.append(bare)
        elif _HEADER.fullmatch(bare):
            # Comments right above a header are the next rule's, those that a blank line parts from it the last one's.
            cut = len(waiting) - waiting[::-1].index("") if "" in waiting else 0 if table.pieces else len(waiting)
            if not table.pieces and not table.header:
                cut = 0 if "" not in waiting else cut
            table.after = [c for c in waiting[:cut] if c]
            yield table
            table = _Table(
                before=[c for c in waiting[cut:] if c], header=bare.replace("[[ ", "[[").replace(" ]]", "]]")
            )
            waiting = []
        elif found := _KEY.match(line):
            end = at
            value = _parsed("\n".join(lines[at - 1 : end]))
            while value is None and end < len(lines):
                end += 1
                value = _parsed("\n".join(lines[at - 1 : end]))
            if value is None or found[1] not in value:
                raise RuleError(name, None, f"line {at}: is written in a way that 'rules format' does not know")
            chunk = "\n".join(lines[at - 1 : end])
            if not (table.pieces or table.header):  # what a pack begins with is said of all of it
                table.before, waiting = [c for c in waiting if c], []
            table.pieces.append(_piece([c for c in waiting if c], chunk, found[1], value[found[1]]))
            waiting = []
            at = end
        else:
            raise RuleError(name, None, f"line {at}: is written in a way that 'rules format' does not know")
    table.after = [c for c in waiting if c]
    yield table


def _piece(comments: list[str], chunk: str, key: str, value: Any) -> _Piece:
    inside = list(_comments(chunk))
    if not inside:
        return _Piece(comments, chunk, key, value)
    if len(inside) == 1 and chunk.rstrip().endswith(inside[0]):
        return _Piece(comments, chunk, key, value, inside[0])
    return _Kept(comments, chunk.strip(), key)  # comments among the items of a list: it stays as it was written


class _Kept(_Piece):
    """A key whose text is not touched."""

    __slots__ = ()

    def written(self) -> str:
        return "\n".join([*self.comments, self.text])


def _parsed(chunk: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(chunk)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _comments(text: str) -> Iterator[str]:
    """The comments of a TOML text, each from its `#` to the end of its line."""
    at = 0
    while at < len(text):
        c = text[at]
        if c == "#":
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            yield text[at:end].strip()
            at = end
        elif c in "'\"":
            quote = c * 3 if text.startswith(c * 3, at) else c
            at += len(quote)
            while at < len(text) and not text.startswith(quote, at):
                at += 2 if c == '"' and text[at] == "\\" else 1
            at += len(quote)
            while len(quote) == 3 and text.startswith(c, at):  # quotes that end the text itself
                at += 1
        else:
            at += 1
