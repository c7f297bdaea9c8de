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
from cleaner.fast.packed import NUMBER, table
from cleaner.judging.judge import Judge
from cleaner.rules.pattern import MAX_LINE
from cleaner.text import fold, form, sentences, view
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import HEAD, KEY
from cleaner.text.signals import BITS, OWN
from cleaner.text.words import unspaced

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cleaner.fast.packed import Packed

    # View, view in lower case, own signals, words, words if it is a sentence, content words, and what was found: numbers of
    # entries, with spans where the rule need not be asked any more.
    Look = tuple[str, str, int, int, int, tuple[str, ...], list[tuple[int, tuple[int, int] | None]]]

# Set to anything, it turns the core off.
OFF = "CLEANER_PURE_PYTHON"
# Goes up by one, here and in `module.c`, with every change of what is handed to the core or taken from it.
_INTERFACE = 11


def is_there() -> bool:
    """Whether the core is built for this Python and fits this code, turned off or not."""
    return _module() is not None


def judge(definition: Judge, languages: Languages) -> Callable[..., Any] | None:
    """What makes the states of documents by the core (see `core_judge.told`); None if there is no core."""
    core = None if os.environ.get(OFF) else _module()
    return told(core, definition, languages) if core else None


def looker(
    packed: Callable[[], Packed], count: int, load: Callable[[int], Any], rest: Callable[[int], Any]
) -> Callable[[str], Look | None] | None:
    """What looks at a line by the core; None if there is no core, or it could not hold so many patterns.

    Args:
        packed: gives what lines are looked up in, as `cleaner.fast.packed` makes it.
        count: how many entries that has.
        load: gives the pattern of an entry, as `dispatch.Search`.
        rest: gives what the rule of an entry asks for besides, as `dispatch.Rest`.

    What it returns gives None for a line that Python must see to.
    """
    core = None if os.environ.get(OFF) else _core()
    if core is None:
        return None
    try:
        return core.Looker(packed(), count, load, rest).look  # type: ignore[no-any-return]
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
    if getattr(core, "INTERFACE", None) != (_INTERFACE, MAX_LINE, HEAD, KEY) or array(NUMBER).itemsize != 4:
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
        table(dict.fromkeys(FUNCTION_WORDS, (0, 1))),
        {name: BITS[name] for name in OWN},
        form.RARE,
        (tuple(map(ranges, sentences.CLASSES)), sentences.LEAST),
    )
    return core


def _characters() -> tuple[Any, ...]:
    """What the core is told of characters: ranges, and pairs."""
    return (
        ranges(standard_re.unlike().pattern[2:-1]),
        ranges(view._ZERO_WIDTH),
        ranges(unspaced().pattern[1:-1]),
        (
            *((code, ord(for_it)) for code, for_it in fold._TABLE.items()),
            *((code, ord(fold.ICON)) for code in fold.PRIVATE),
        ),
        tuple((ord(a), ord(b)) for a, b in fold._CASE_TAIL),
    )


def ranges(content: str) -> tuple[tuple[int, int], ...]:
    """The ranges of a class without escapes, given what stands between its brackets."""
    found = []
    at = 0
    while at < len(content):
        wide = content[at + 1 : at + 2] == "-" and at + 2 < len(content)
        found.append((ord(content[at]), ord(content[at + 2 * wide])))
        at += 3 if wide else 1
    return tuple(found)
