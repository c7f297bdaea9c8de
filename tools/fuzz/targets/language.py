"""Languages: the core counts what tells them as Python does."""

from __future__ import annotations

import functools

from cleaner.fast import binding, languages
from cleaner.text import language
from tools.fuzz.draw import text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = True


@functools.cache
def _core() -> Callable[[str], language.Counted]:
    return languages.counter(binding._module())


def check(data: bytes) -> None:
    """Count in a text as it is, and in lower case."""
    text = text_of(data)
    for some in (text, text.lower()):
        assert _core()(some) == language.counted(some)
