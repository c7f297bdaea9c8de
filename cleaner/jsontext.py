"""A JSON object as it was written: texts in it are replaced where they stand, the rest stays to the byte."""

from __future__ import annotations

import json
from itertools import groupby
from json.decoder import scanstring  # type: ignore[attr-defined]  # there, but not in the stubs

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

# What it reads is passed over: a number of any length will do, which Python would not convert to a whole one.
_DECODER = json.JSONDecoder(parse_int=float)


def keys_of(data: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """The keys that lead to what `field` names in `data`: it alone, or for `a.b`, if there is no such key, `a` and `b`."""
    return (field,) if field in data or "." not in field else tuple(field.split("."))


def texts_in(data: Mapping[str, Any], field: str) -> Iterator[tuple[str, str]]:
    """The texts that `field` names in `data`, in order: each string, and where it is (`[2]`: the third of a list).

    What is null, or lacks the key in one of several objects of a list, has no text.

    Raises:
        ValueError: there is no such field, or it holds something else, with the reason.
    """
    return _texts(data, keys_of(data, field), field, "")


def _texts(value: Any, keys: tuple[str, ...], field: str, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for i, item in enumerate(value):
            if not (isinstance(item, dict) and keys and keys[0] not in item):
                yield from _texts(item, keys, field, f"{place}[{i}]")
    elif keys and isinstance(value, dict):
        if keys[0] not in value:
            raise ValueError(f"no field {field!r}; it has: {', '.join(map(str, list(value)[:12]))}")
        yield from _texts(value[keys[0]], keys[1:], field, place)
    elif isinstance(value, str) and not keys:
        yield place, value
    elif value is not None:
        raise ValueError(f"field {field!r} is no text")


class ObjectLine:
    """A JSON object in a line, and its texts.

    Args:
        line: the object, as it was written; with a byte order mark, it may be.
        fields: those that hold texts; see `texts_in`.
        added: the names of fields that are to be added.
        fail: told of a field that has no text, if there are several.

    Attributes:
        data: the object.
        texts: each text's field, place in that and content, in order.

    Raises:
        ValueError: it is no object, the only field has no text, or there is a field `added` already, with the reason.
    """

    __slots__ = ("_line", "data", "texts")

    def __init__(self, line: str, fields: Sequence[str], added: Iterable[str], fail: Callable[[str], object]) -> None:
        self._line, self.data = line, read_object(line)
        for name in added:
            if name in self.data:
                raise ValueError(f"there is a field {name!r} already; choose another name")
        self.texts: list[tuple[str, str, str]] = []
        for field in fields:
            try:
                self.texts += [(field, place, text) for place, text in list(texts_in(self.data, field))]
            except ValueError as e:
                if len(fields) == 1:
                    raise
                fail(str(e))

    def with_bodies(self, bodies: Iterable[str]) -> str:
        """The line with these in place of its texts, in order; what is as it was stays to the byte."""
        changes = []
        for field, pairs in groupby(zip(self.texts, bodies, strict=True), lambda pair: pair[0][0]):
            new = {number: body for number, ((_, _, text), body) in enumerate(pairs) if body != text}
            if new:
                changes.append((keys_of(self.data, field), new))
        return replace_texts(self._line, changes)


def read_object(line: str) -> dict[str, Any]:
    """The JSON object in `line`. Raises ValueError with the reason if it is none."""
    text = line.removeprefix("\ufeff")
    try:
        try:
            data = json.loads(text)
        except json.JSONDecodeError:
            raise
        except ValueError:  # a whole number of more digits than Python converts; nothing asks for it
            data = json.loads(text, parse_int=float)
    except RecursionError as e:
        raise ValueError("nested too deeply") from e
    except ValueError as e:
        raise ValueError(f"not JSON: {e}") from e
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    return data


def replace_texts(line: str, changes: Iterable[tuple[tuple[str, ...], Mapping[int, str]]]) -> str:
    """The JSON object `line` (well-formed, one line) with other texts.

    Args:
        line: the object.
        changes: for each field, its keys (see `keys_of`) and the new texts, each by its number (from 0) among those that
            `texts_in` gives.
    """
    spans = []
    for keys, texts in changes:
        found: list[tuple[int, int]] = []
        _find(line, line.index("{"), keys, found)
        spans += [(*found[number], text) for number, text in texts.items()]
    for start, end, text in sorted(spans, reverse=True):
        # A text that was ASCII stays so, and half a surrogate pair can only be written as an escape.
        escape = line[start:end].isascii() or not _encodable(text)
        line = line[:start] + json.dumps(text, ensure_ascii=escape) + line[end:]
    return line


def add_fields(line: str, fields: Mapping[str, Any]) -> str:
    """The JSON object `line` (well-formed, one line, with a field at least) with further fields behind its last."""
    if not fields:
        return line
    end = line.rindex("}")
    rest = len(line[:end].rstrip())
    escape = line.isascii()
    added = "".join(
        f", {json.dumps(name, ensure_ascii=escape or not _encodable(name))}: {json.dumps(value, ensure_ascii=escape)}"
        for name, value in fields.items()
    )
    return line[:rest] + added + line[rest:]


def _find(line: str, at: int, keys: tuple[str, ...], found: list[tuple[int, int]]) -> None:
    """Add to `found` where the strings stand that `keys` lead to from the value at `at`, in the order of `_texts`."""
    if line[at] == "[":
        at = _skip(line, at + 1)
        while line[at] != "]":
            _find(line, at, keys, found)
            at = _skip(line, _DECODER.raw_decode(line, at)[1])
            if line[at] == ",":
                at = _skip(line, at + 1)
    elif keys and line[at] == "{":
        start = _value_of(line, at, keys[0])
        if start:
            _find(line, start, keys[1:], found)
    elif line[at] == '"' and not keys:
        found.append((at, _DECODER.raw_decode(line, at)[1]))


def _value_of(line: str, at: int, wanted: str) -> int:
    """Where the value of a key of the object at `at` begins: of the last such key, as parsers take it. 0: none."""
    found = 0
    at = _skip(line, at + 1)
    while line[at] != "}":
        key, at = scanstring(line, at + 1, True)
        start = _skip(line, _skip(line, at) + 1)
        if key == wanted:
            found = start
        at = _skip(line, _DECODER.raw_decode(line, start)[1])
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _skip(line: str, at: int) -> int:
    while line[at] in " \t\r":
        at += 1
    return at


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
