"""What the core is told of languages, once a run has several texts: the tables of `cleaner.text.language`."""

from __future__ import annotations

from cleaner.fast.binding import ranges
from cleaner.fast.packed import table
from cleaner.text.language import ENOUGH, LANGUAGES, LETTERS, SCRIPT_ENOUGH, SCRIPTS, WORD, holders

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cleaner.text.language import Counted


def counter(core: Any) -> Callable[[str], Counted]:
    """What counts by the core as `language.counted` does. `core`: the compiled module."""
    having = bytearray()
    words = {}
    for word, places in holders().items():
        words[word] = len(having), len(places)
        having += bytes(places)
    core.setup_languages(
        table(words),
        bytes(having),
        WORD,
        tuple((*two, place) for place, (_, chars) in enumerate(SCRIPTS) for two in ranges(chars)),
        len(SCRIPTS),
        tuple((ord(ch), ord(ch), LANGUAGES.index(language)) for language, chars in LETTERS.items() for ch in chars),
        len(LANGUAGES),
        ENOUGH,
        SCRIPT_ENOUGH,
    )
    return core.languages_counted  # type: ignore[no-any-return]
