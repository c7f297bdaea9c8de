"""The compiled core, where it was built: it looks at ordinary lines as `view`, `text.form` and `dispatch` do, and judges
documents as `evidence` and `judging.judge` do, only sooner.

Python stays the definition. The core is given their tables and patterns, finds the same (tests/fast/test_binding.py), and
leaves to Python each line that it is not sure of. Without it everything works, slower.
"""

from __future__ import annotations

import os
from array import array

from cleaner.evidence.facts import LONG, TWO, Facts, shared
from cleaner.evidence.foreign import Languages
from cleaner.fast.core_judge import told
from cleaner.fast.packed import NUMBER, PAIRS, SOME_PAIRS, table
from cleaner.judging.case import Judge
from cleaner.light import cache
from cleaner.rules.pattern import MAX_LINE
from cleaner.text import fold, form, sentences, view, wrapping
from cleaner.text.function_words import FUNCTION_WORDS
from cleaner.text.reading import HEAD, KEY
from cleaner.text.signals import BITS, OWN
from cleaner.text.words import unspaced

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from cleaner.fast.judge_numbers import Numbers
    from cleaner.fast.packed import Packed
    from cleaner.rules.matcher import Look
    from cleaner.text.wrapping import Look as LookAtShapes

    class Looker(Protocol):
        """What looks at lines by the core."""

        def look(self, raw: str) -> Look | None:
            """See `Matcher.look`; None for a line that Python must see to."""

        def facts(
            self, raws: list[str], known: dict[str, Facts], older: dict[str, Facts], longest: int
        ) -> tuple[list[Facts], int]:
            """What is known of each of the lines of a document by itself.

            Facts are taken from `known` and `older`; what is in none is looked at, and comes into `known` if it has no more
            characters than `longest`. Returns how many those have besides, with 100 more for each.
            """


# Set to anything, it turns the core off.
OFF = "CLEANER_PURE_PYTHON"
# Goes up by one, here and in `module.c`, with every change of what is handed to the core or taken from it.
_INTERFACE = 15


def is_there() -> bool:
    """Whether the core is built for this Python and fits this code, turned off or not."""
    return _module() is not None


def states(judge: Judge, languages: Languages, numbers: Callable[[], Numbers]) -> Callable[..., Any] | None:
    """What makes the states of documents by the core (see `core_judge.told`); None if there is no core."""
    core = None if os.environ.get(OFF) else _module()
    try:
        return told(core, judge, languages, numbers()) if core else None
    except ValueError:  # it is asked for signals or numbers of other sources than it was built of
        return None


def shapes() -> LookAtShapes | None:
    """What does as `wrapping.shapes` does; None if there is no core."""
    core = None if os.environ.get(OFF) else _module()
    return core.shapes if core else None


def looker(
    packed: Callable[[], Packed],
    count: int,
    programs: Callable[[], tuple[bytes, Packed] | None],
    rest: Callable[[int], Any],
    ask: Callable[..., list[tuple[int, int]]],
    plain: Callable[[str], Facts],
) -> Looker | None:
    """What looks at lines by the core; None if there is no core, or it could not hold so many patterns.

    Args:
        packed: gives what lines are looked up in, as `cleaner.fast.packed` makes it.
        count: how many entries that has.
        programs: gives the number of each entry's program, and the programs, or None: then rules are asked of all that is looked up.
        rest: gives the rule of an entry and what it asks for besides, as `dispatch.Rest`.
        ask: gives the spans of an entry's rule where that must be asked: of the entry, the raw line, its view, that in lower
            case, its own signals and its words.
        plain: gives what is found of a line that Python must see to.
    """
    core = None if os.environ.get(OFF) else _core()
    if core is None:
        return None
    try:
        return core.Looker(packed(), count, programs(), rest, ask, plain)  # type: ignore[no-any-return]
    except ValueError:
        return None


@cache
def _module() -> Any:
    """The core; None if it was not built, or for other code."""
    try:
        # Not `importlib`, which brings `warnings`; nor a statement, which a type checker cannot follow before it is built.
        core: Any = __import__("cleaner.fast._core", fromlist=("_core",))
    except ImportError:
        return None
    # A checkout that moved on may still hold a core that was built of older sources.
    if (
        getattr(core, "INTERFACE", None) != (_INTERFACE, MAX_LINE, HEAD, KEY, PAIRS, SOME_PAIRS)
        or array(NUMBER).itemsize != 4
    ):
        return None
    try:
        core.setup_facts(Facts, shared, TWO, LONG)
    except ImportError:  # it serves another interpreter of this process
        return None
    w = wrapping
    core.setup_shapes(w.NARROWEST, w.WIDEST, w.WORDS, w.SEVERAL, w.FEWEST, w.WITHIN, w.GOES_ON)
    return core


@cache
def _core() -> Any:
    """The core, told what it must know of characters, words and signals."""
    core = _module()
    if core is None:
        return None
    core.setup(
        _characters(),
        view._peeled,
        fold.plain,
        table(dict.fromkeys(FUNCTION_WORDS, (0, 1))),
        {name: BITS[name] for name in OWN},
        form.RARE,
        (tuple(map(ranges, sentences.CLASSES)), sentences.LEAST),
    )
    return core


def _characters() -> tuple[Any, ...]:
    """What the core is told of characters: ranges, and pairs."""
    return (
        ranges(fold.PARTS),
        ranges(view._ZERO_WIDTH),
        ranges(unspaced().pattern[1:-1]),
        (fold.PRIVATE[0], fold.PRIVATE[-1], ord(fold.ICON)),
        tuple((code, ord(for_it)) for code, for_it in fold._TABLE.items()),
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
