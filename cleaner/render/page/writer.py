"""The page itself: its frame, figures, an index of the documents, the script, and only then their texts.

So a page can be looked at before a browser has read all of it. Memory: the figures by rule, and one piece of each kind;
what comes later in the page than in the run waits in an unnamed file.
"""

from __future__ import annotations

import base64
import hashlib
import html
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

from cleaner.batch.compare import Difference
from cleaner.batch.results import Entry
from cleaner.disk import writing
from cleaner.render.page.items import compared, items
from cleaner.render.page.pieces import Pieces, Sink, as_json
from cleaner.render.terminal import visible
from cleaner.rules.rule import CATEGORIES
from cleaner.text.words import count_words

_SCRIPTS = ("text", "data", "charts", "find", "list", "view", "main")
# What is known of a document, as bits; `data.js` has the same names.
GUARDED, TEXTLESS, FAILED, ONLY_OLD, ONLY_NEW, OTHER_TEXT = 1, 2, 4, 8, 16, 32
# Documents of which the index is one piece.
_INDEX = 4096
_PARTER = "\x1e"


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page says besides documents.

    Attributes:
        title: its heading.
        sources: the result files, as a person calls them.
        near: the share of a document's words (0 to 1) from which on it is near the guard.
        context: carry only so many lines that stay on each side of what went; None: all.
        why: what each rule is there for, by id.
    """

    title: str
    sources: tuple[str, ...]
    near: float = 0.4
    context: int | None = None
    why: Mapping[str, str] = field(default_factory=dict)


class Page:
    """Writes a page; `add` or `differ` for each document, then `finish`. Use it as a context manager.

    Args:
        sink: takes the bytes.
        frame: what it says besides documents.
    """

    def __init__(self, sink: Sink, frame: Frame) -> None:
        self._sink, self._frame = sink, frame
        self._rules: list[list[Any]] = []
        self._numbers: dict[str, int] = {}
        self._index: list[list[Any]] = []
        self._later = _Later()
        self._texts = Pieces(self._later, "texts")
        self._found = Pieces(self._later, "search", _PARTER, ("", ""))
        self._rows = Pieces(sink, "index")
        self._totals = dict.fromkeys(("documents", "changed", "guarded", "failed", "textless", "words", "lines"), 0)
        self._guards_known = False
        head = _frame().head.replace("{{title}}", html.escape(visible(frame.title)))
        sink.write(head.encode("utf-8", "backslashreplace"))

    def add(self, entry: Entry) -> None:
        """A document of one run."""
        flags = (GUARDED if entry.guarded else 0) | (FAILED if entry.error else 0)
        if entry.taken and entry.text is None:
            flags |= TEXTLESS
        self._guards_known |= entry.guarded is not None
        where = self._texts.add(as_json(items(entry, self._number, self._frame.context))) if entry.taken else None
        used: dict[int, int] = {}
        for t in entry.taken:
            words = count_words(t.removed)
            number = self._number(t.rule, t.category)
            used[number] = used.get(number, 0) + words
            self._rules[number][4] += 1
        for number, words in used.items():
            rule = self._rules[number]
            rule[3] += words
            rule[5] += 1
        self._row(entry, flags, where, [sum(used.values())], used, [t.removed for t in entry.taken])

    def differ(self, found: Difference) -> None:
        """A document of two runs in which they differ."""
        old, new = found.old, found.new
        either = new or old
        assert either
        flags = (0 if old else ONLY_NEW) | (0 if new else ONLY_OLD) | (FAILED if found.error else 0)
        flags |= OTHER_TEXT if found.other_text else 0
        where = None
        if old and new and not found.error and not found.other_text:
            if old.text is None or new.text is None:
                flags |= TEXTLESS
            where = self._texts.add(as_json(compared(old, new, self._number, self._frame.context)))
        used: dict[int, int] = {}
        for change in found.changes:
            for taken, column in ((change.new, 3), (change.old, 6)):
                if taken:
                    number = self._number(taken.rule, taken.category)
                    rule = self._rules[number]
                    used.setdefault(number, 0)
                    if not change.same_text:
                        rule[column] += change.words
                        used[number] += change.words
                    rule[4] += 1
        for number in used:
            self._rules[number][5] += 1
        figures = [found.words_taken, found.words_back, found.other_rule]
        entry = replace(either, error=found.error) if found.error else either
        self._row(entry, flags, where, figures, used, [c.removed for c in found.changes])

    def note(self, documents: int) -> None:
        """Count documents that are not shown, since two runs do not differ in them."""
        self._totals["documents"] += documents

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._later.close()

    def finish(self) -> None:
        """Write what is held, the figures, the script and the texts."""
        self._flush_index()
        self._texts.flush()
        self._found.flush()
        figures = Pieces(self._sink, "figures", ends=("", ""))
        figures.add(
            as_json(
                {
                    "sources": [visible(s) for s in self._frame.sources],
                    "near": self._frame.near,
                    "guards": self._guards_known,
                    "totals": self._totals,
                    "rules": self._rules,
                    "categories": CATEGORIES,
                    "compared": len(self._frame.sources) > 1,
                }
            )
        )
        figures.flush()
        self._sink.write(_frame().script.encode())
        for data in self._later.blocks():
            self._sink.write(data)
        self._sink.write(_frame().tail.encode())

    def _row(
        self, entry: Entry, flags: int, where: tuple[int, int] | None, figures: list[int], used: dict[int, int],
        removed: list[str],
    ) -> None:  # fmt: skip
        totals = self._totals
        totals["documents"] += 1
        totals["changed"] += where is not None
        totals["guarded"] += bool(flags & GUARDED)
        totals["failed"] += bool(flags & FAILED)
        totals["textless"] += bool(flags & TEXTLESS)
        totals["words"] += entry.words
        totals["lines"] += entry.lines
        pairs = [n for pair in used.items() for n in pair]
        self._index.append([entry.name, entry.words, flags, where or 0, figures, pairs, entry.error])
        if len(self._index) == _INDEX:
            self._flush_index()
        text = "\n".join((entry.name, entry.error, *removed)).replace(_PARTER, " ").lower()
        self._found.add(" ".join(text.split(" ")))

    def _flush_index(self) -> None:
        if self._index:
            self._rows.add(as_json([list(column) for column in zip(*self._index, strict=True)]))
            self._rows.flush()
            self._index = []

    def _number(self, rule: str, category: str) -> int:
        number = self._numbers.get(rule)
        if number is None:
            number = self._numbers[rule] = len(self._rules)
            # id, category, why, words, times, documents, words of the old run
            self._rules.append([rule, category, self._frame.why.get(rule, ""), 0, 0, 0, 0])
        return number


class _Later:
    """What comes later in the page, in a file without a name. Raises InputError if there is no place for it."""

    def __init__(self) -> None:
        self._place = Path(tempfile.gettempdir())
        with writing(self._place):
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` does

    def write(self, data: bytes, /) -> None:
        """Append."""
        with writing(self._place):
            self._file.write(data)

    def blocks(self) -> Iterator[bytes]:
        """All of it."""
        with writing(self._place):
            self._file.seek(0)
        while data := self._file.read(1 << 20):
            yield data

    def close(self) -> None:
        """Let it go."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class _Shell:
    head: str
    script: str
    tail: str


@cache
def _frame() -> _Shell:
    """What stands before, between and behind the data. The policy lets nothing run or load but the page's own script and style."""
    here = files(__package__)
    style = (here / "page.css").read_text("utf-8")
    script = (
        '(() => {\n"use strict";\n' + "\n".join((here / f"{n}.js").read_text("utf-8") for n in _SCRIPTS) + "})();\n"
    )
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    template = (here / "page.html").read_text("utf-8")
    whole = template.replace("{{policy}}", policy).replace("{{style}}", style).replace("{{script}}", script)
    head, _, rest = whole.partition("{{figures}}\n")
    between, _, tail = rest.partition("{{texts}}\n")
    return _Shell(head, between, tail)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
