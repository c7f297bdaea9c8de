"""Results of a run read back: what each document lost, and where the file carries it, the whole text.

Two kinds of file hold results. Lines of `--jsonl --edits` hold a body and what was taken out of it, so the text as it was
can be put together again. Lines of `--report` hold figures and what was taken out, but not what stayed: for that the
run's inputs are read beside them (`with_texts`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.batch.report import is_failure, is_told
from cleaner.errors import InputError
from cleaner.formats import Record
from cleaner.formats.kind import Packing, shape_of
from cleaner.formats.packing import reading, unpacked
from cleaner.formats.record import MAX_RECORD
from cleaner.jsontext import texts_in
from cleaner.text.words import count_words

# What no text reaches.
_MOST = 1 << 40
_NAMES = ("url", "id", "name", "title")


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing that was taken out; the fields are those of `Edit`.

    Attributes:
        line: number of the input line, from 1.
        start, end: the span in characters of the input text.
        removed: the text.
        whole: the line went; else a span was cut out of it.
        rule, category, score: what decided.
        rules: all rules that spoke, if the file says so.
        saw: what was seen of a line that goes by its form alone; empty where a pattern speaks, or the file does not say.
    """

    line: int
    start: int
    end: int
    removed: str
    whole: bool
    rule: str
    category: str
    score: float
    rules: tuple[str, ...] = ()
    saw: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a result file says of one document.

    Attributes:
        key: what tells it from the others of its file.
        name: what a person calls it.
        text: the text before it was cleaned; None if the file does not carry it.
        taken: what went, in order of the text.
        lines: how many it had.
        counted: how many words it had, if the file says so.
        guarded: whether weak evidence was set aside; None if the file does not say.
        error: why there is no result; empty if there is one.
    """

    key: str
    name: str
    text: str | None = None
    taken: tuple[Taken, ...] = ()
    lines: int = 0
    counted: int | None = None
    guarded: bool | None = None
    error: str = ""

    @property
    def words(self) -> int:
        """How many words it had. (Counted when asked for: a comparison does without.)"""
        return count_words(self.text or "") if self.counted is None else self.counted

    @property
    def words_removed(self) -> int:
        """How many words went."""
        return sum(count_words(t.removed) for t in self.taken)


@dataclass(frozen=True, slots=True)
class Naming:
    """How documents of `--jsonl --edits` are read and told apart.

    Attributes:
        text: the field that holds the body.
        key: the field that tells documents apart; None for the number of the line.
    """

    text: str = "text"
    key: str | None = None


def read_results(path: Path, naming: Naming = Naming()) -> Iterator[Entry]:
    """The documents of a result file (gzip and zstd too), one at a time, in its order.

    Raises:
        InputError: it cannot be read, or holds no result at all.
    """
    shape = shape_of(path.name)
    found = False
    first = ""
    with reading(path), path.open("rb") as raw:
        stream = unpacked(raw, shape.packing if shape else Packing.NONE)
        number = 0
        while line := stream.readline(MAX_RECORD + 1):
            number += 1
            if len(line) > MAX_RECORD:
                raise InputError(f"{path}:{number}", f"the line is over {MAX_RECORD >> 20} MiB")
            if line.isspace():
                continue
            try:
                entries = _entries(line, number, naming)
            except (ValueError, RecursionError) as e:
                why = "nested too deeply" if isinstance(e, RecursionError) else str(e)
                entries = [Entry(str(number), f"line {number}", error=f"no result: {why}")]
                first = first or f"{path}:{number}: {why}"
            else:
                found = True
            yield from entries
    if not found:
        reason = f" ({first})" if first else ""
        raise InputError(
            str(path), f"holds no results{reason}; 'cleaner --jsonl --edits' and 'cleaner --report FILE' write them"
        )


def _entries(line: bytes, number: int, naming: Naming) -> list[Entry]:
    """What one line says: of one document, or of each text that the field leads to. Raises ValueError with the reason why it is no result."""
    try:
        data = json.loads(line.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except ValueError as e:
        raise ValueError(f"not JSON: {e}") from None
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    if is_failure(data):
        return [Entry(str(data["name"]), str(data["name"]), error=str(data["error"]) or "failed")]
    if is_told(data) and naming.text not in data:
        return [_reported(data)]
    return list(_edited(data, number, naming))


def _reported(data: Mapping[str, Any]) -> Entry:
    name = _of(data, "name", str)
    taken = _taken(data)
    return Entry(
        name,
        name,
        None,
        taken,
        _of(data, "lines", int),
        _of(data, "words", int),
        bool(data["warnings"]),
    )


def _edited(data: Mapping[str, Any], number: int, naming: Naming) -> Iterator[Entry]:
    bodies = _bodies(data, naming.text)
    key = str(number) if naming.key is None else _key(data, naming.key)
    label = next((str(data[n]) for n in _NAMES if isinstance(data.get(n), str | int) and data[n] != ""), "")
    name = (f"{number}: {label}" if label else f"line {number}") if naming.key is None else key
    if not bodies:
        yield Entry(key, name, "")
    elif "edits" not in data:
        raise ValueError("no field 'edits': it was written without --edits")
    for place, body in bodies:
        taken = _taken(data, naming.text + place)
        text = joined(body, taken)
        yield Entry(key + place, name + place, text, taken, count_lines(text))


def _bodies(data: Mapping[str, Any], field: str) -> list[tuple[str, str]]:
    """The bodies that `field` leads to (see `texts_in`), each with its place. Raises ValueError if there is no such field."""
    if field in data and not isinstance(data[field], list):
        return [] if data[field] is None else [("", _of(data, field, str))]
    if field not in data and "." not in field:
        known = ", ".join(map(str, list(data)[:12]))
        raise ValueError(f"no field {field!r} (see --text-field); it has: {known}")
    return list(texts_in(data, field))


def _key(data: Mapping[str, Any], field: str) -> str:
    if not isinstance(data.get(field), str | int):
        raise ValueError(f"no field {field!r} with a text or a number")
    return str(data[field])


def _of(data: Mapping[str, Any], field: str, kind: type[Any]) -> Any:
    value = data.get(field)
    if not isinstance(value, kind):
        raise ValueError(f"field {field!r} is {type(value).__name__}, not {kind.__name__}")
    if kind is int and not 0 <= value < _MOST:
        raise ValueError(f"field {field!r} is no number of lines, words or characters")
    return value


def _score(data: Mapping[str, Any]) -> float:
    value = data.get("score")
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("field 'score' is no number")
    return float(value)


def _taken(data: Mapping[str, Any], field: str = "") -> tuple[Taken, ...]:
    """What went; of a record with several texts, from the one that `field` leads to."""
    out: list[Taken] = []
    end, line = 0, 1
    for item in _of(data, "edits", list):
        if not isinstance(item, dict):
            raise ValueError("an edit is no JSON object")
        if item.get("field", field) != field:
            continue
        rules, saw = item.get("rules") or (), item.get("saw")
        edit = Taken(
            _of(item, "line", int), _of(item, "start", int), _of(item, "end", int), _of(item, "removed", str),
            item.get("action") == "drop", _of(item, "rule", str), _of(item, "category", str),
            _score(item),
            tuple(map(str, rules)) if isinstance(rules, list) else (),
            saw if isinstance(saw, str) else "",
        )  # fmt: skip
        if not (end <= edit.start <= edit.end == edit.start + len(edit.removed) and edit.line >= line):
            raise ValueError(
                "its edits do not fit together: they overlap, or their offsets or lines are not those of their text"
            )
        # A whole line goes once, and nothing else of it; what is cut out of one may be cut in several places.
        end, line = edit.end, edit.line + edit.whole
        out.append(edit)
    return tuple(out)


def joined(body: str, taken: Iterable[Taken]) -> str:
    """The text of which `body` is left after `taken` went. Raises ValueError if they do not fit together."""
    parts = []
    at = of_body = 0
    for edit in taken:
        gap = edit.start - at
        if of_body + gap > len(body):
            raise ValueError("its edits do not fit its body: they reach beyond its end")
        parts += [body[of_body : of_body + gap], edit.removed]
        of_body += gap
        at = edit.end
    return "".join((*parts, body[of_body:]))


def count_lines(text: str) -> int:
    """Lines of `text`, as results count them: the last one may lack its line feed."""
    return text.count("\n") + (not text.endswith("\n") and text != "")


def with_texts(entries: Iterable[Entry], texts: Iterable[Record]) -> Iterator[Entry]:
    """`entries` with the texts that they were made of.

    Args:
        entries: of a report.
        texts: the run's inputs, in the order in which the run took them, which is the report's; the report may lack some.

    An entry whose text is another now stays without one.

    Raises:
        InputError: the inputs lack a document that the report has.
    """
    left = iter(texts)
    for entry in entries:
        if entry.error or entry.text is not None:
            yield entry
            continue
        for record in left:
            if record.name == entry.name:
                fits = all(record.text[t.start : t.end] == t.removed for t in entry.taken)
                fits = fits and count_lines(record.text) == entry.lines
                yield replace(entry, text=record.text) if fits else entry
                break
        else:
            raise InputError(entry.name, "is in the report, but not (or not in this order) in what --texts names")
