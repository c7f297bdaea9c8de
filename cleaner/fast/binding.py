"""The compiled core, where it was built: it looks at ordinary lines as `view`, `text.form` and `dispatch` do, and judges
documents as `evidence` and `judging.judge` do, only sooner.

Python stays the definition. The core is given their tables and patterns, finds the same (tests/fast/test_binding.py), and
leaves to Python each line that it is not sure of. Without it everything works, slower.
"""

from __future__ import annotations

import functools
import os
from array import array

from cleaner.evidence.foreign import Languages
from cleaner.fast import standard_re
from cleaner.fast.core_judge import told
from cleaner.fast.lookup import LENGTHS, WORDS
from cleaner.judging.judge import Judge
from cleaner.rules.pattern import MAX_LINE
from cleaner.text import fold, form, view
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import HEAD, KEY
from cleaner.text.signals import BITS, OWN
from cleaner.text.words import unspaced

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from cleaner.fast.lookup import Tables

    # View, view in lower case, own signals, words, content words, and what was found: numbers of entries, with spans where
    # the rule need not be asked any more.
    Look = tuple[str, str, int, int, tuple[str, ...], list[tuple[int, tuple[int, int] | None]]]

# Set to anything, it turns the core off.
OFF = "CLEANER_PURE_PYTHON"
# Goes up by one, here and in `module.c`, with every change of what is handed to the core or taken from it.
_INTERFACE = 7
_NUMBER = "I"  # 32 bits wherever CPython runs


def is_there() -> bool:
    """Whether the core is built for this Python and fits this code, turned off or not."""
    return _module() is not None


def judge(definition: Judge, languages: Languages) -> Callable[..., Any] | None:
    """What makes the states of documents by the core (see `core_judge.told`); None if there is no core."""
    core = None if os.environ.get(OFF) else _module()
    return told(core, definition, languages) if core else None


def looker(
    tables: Tables, load: Callable[[int], Any], rest: Callable[[int], Any]
) -> Callable[[str], Look | None] | None:
    """What looks at a line by the core; None if there is no core, or it could not hold so many patterns.

    Args:
        tables: what lines are looked up in.
        load: gives the pattern of an entry, as `dispatch.Search`.
        rest: gives what the rule of an entry asks for besides, as `dispatch.Rest`.

    What it returns gives None for a line that Python must see to.
    """
    core = None if os.environ.get(OFF) else _core()
    if core is None:
        return None
    try:
        return core.Looker(_Facts(tables).all(), len(tables.entries), load, rest).look  # type: ignore[no-any-return]
    except ValueError:
        return None


@functools.cache
def _module() -> Any:
    """The core; None if it was not built, or for other code."""
    try:
        # Not `importlib`, which brings `warnings`; nor a statement, which a type checker cannot follow before it is built.
        core: Any = __import__("cleaner.fast._core", fromlist=("_core",))
    except ImportError:
        return None
    # A checkout that moved on may still hold a core that was built of older sources.
    if getattr(core, "INTERFACE", None) != (_INTERFACE, MAX_LINE, HEAD, KEY) or array(_NUMBER).itemsize != 4:
        return None
    return core


@functools.cache
def _core() -> Any:
    """The core, told what it must know of characters, words and signals."""
    core = _module()
    if core is None:
        return None
    core.setup(
        _characters(),
        view._peeled,
        dict.fromkeys(FUNCTION_WORDS, (0, 1)),
        {name: BITS[name] for name in OWN},
        form.RARE,
    )
    return core


def _characters() -> tuple[Any, ...]:
    """What the core is told of characters: ranges, and pairs."""
    return (
        _ranges(standard_re.unlike().pattern[2:-1]),
        _ranges(view._ZERO_WIDTH),
        _ranges(unspaced().pattern[1:-1]),
        (
            *((code, ord(for_it)) for code, for_it in fold._TABLE.items()),
            *((code, ord(fold.ICON)) for code in fold.PRIVATE),
        ),
        tuple((ord(a), ord(b)) for a, b in fold._CASE_TAIL),
    )


def _ranges(content: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a class without escapes, given what stands between its brackets."""
    found = []
    at = 0
    while at < len(content):
        wide = content[at + 1 : at + 2] == "-" and at + 2 < len(content)
        found.append((ord(content[at]), ord(content[at + 2 * wide])))
        at += 3 if wide else 1
    return tuple(found)


class _Facts:
    """Tables as the core wants them: numbers as bytes, texts by number."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._texts: dict[str, int] = {}
        self._sets: dict[str, int] = {}
        self._pairs, self._inner = array(_NUMBER), array(_NUMBER)
        self._headed, self._needed = array(_NUMBER), array(_NUMBER)

    def all(self) -> tuple[Any, ...]:
        """In the order in which `facts.c` takes them."""
        tables = self._tables
        entries = b"".join(map(self._entry, range(len(tables.entries))))
        keyed = [self._keyed(table) for table in (tables.words.whole(), tables.starts.whole(), tables.ends.whole())]
        heads = {head: _extended(self._headed, numbers) for head, numbers in tables.heads.whole().items()}
        inner = {two: self._inside(some) for two, some in tables.inner.items()}
        marked = self._keyed(tables.marked)
        asked = array(_NUMBER, [self._set(marks) for marks, _ in tables.marks])
        plane = len(tables.loose)
        size = 8 * max(1, -(-plane // 64))

        def blocks(places: Iterable[int]) -> bytes:
            return b"".join(some.to_bytes(size, "little") for some in places)

        all_ = (1 << plane) - 1
        return (
            entries,
            array(_NUMBER, tables.loose).tobytes(),
            self._headed.tobytes(),
            self._needed.tobytes(),
            self._pairs.tobytes(),
            self._inner.tobytes(),
            blocks([tables.needless & all_, tables.needless >> plane]),
            blocks(tables.lengths),
            blocks(tables.counts),
            array("i", LENGTHS).tobytes(),
            array("i", WORDS).tobytes(),
            asked.tobytes(),
            blocks(some for _, some in tables.marks),
            heads,
            *keyed,
            inner,
            marked,
            tuple(self._texts),
            tuple(self._sets),
        )

    def _entry(self, number: int) -> bytes:
        _, _, least, most, fewest, many, needs, marks = self._tables.entries[number]
        first, count = _extended(self._needed, [self._text(text) for text in needs[0]]) if needs else (0, 0)
        of_marks = self._set(marks[0]) + 1 if marks else 0
        # A pack may ask for more words than any line has, and than 32 bits hold.
        limits = [min(limit, MAX_LINE + 1) for limit in (least, most, fewest, many)]
        return array("i", [*limits, first, count, of_marks]).tobytes()

    def _keyed(self, table: Mapping[str, Iterable[tuple[str, int]]]) -> dict[str, tuple[int, int]]:
        found = {}
        for key, pairs in table.items():
            first, count = _extended(
                self._pairs, [number for text, need in pairs for number in (self._text(text), need)]
            )
            found[key] = first // 2, count // 2
        return found

    def _inside(self, some: Iterable[tuple[str, str, int]]) -> tuple[int, int]:
        numbers = [n for part, text, need in some for n in (self._text(part), self._text(text), need)]
        first, count = _extended(self._inner, numbers)
        return first // 3, count // 3

    def _text(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))

    def _set(self, marks: str) -> int:
        return self._sets.setdefault("".join(sorted(marks)), len(self._sets))


def _extended(numbers: array[int], more: Iterable[int]) -> tuple[int, int]:
    """Where in `numbers` `more` stands, after it was put there, and how many it is."""
    first = len(numbers)
    numbers.extend(more)
    return first, len(numbers) - first
