"""Patterns by the standard library's `re`, which applies them with the same result as `regex`, only sooner.

`regex` stays the definition: a pattern or a text of which it is not certain that both agree goes to `regex`. Where there is a core,
it does without (`cleaner.fast.programs`).
"""

from __future__ import annotations

from cleaner.text import patterns

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# Characters that both class alike and fold alike (see tests/fast/test_standard_re.py). Not among them: numbers that are no
# digits, combining marks, scripts that are younger than one of the two, and the letters whose case they disagree on.
ALIKE = (
    "\t-\r -\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u017e\u0180-\u0235\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u1e00-\u1e95\u1ea0-\u1ef9\u0400-\u045f\u0490\u0491\u2010-\u2027\u2030-\u203e\u20a0-\u20bf\u2116\u2122\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
    "\u0620-\u064a\u0660-\u066f\u0671-\u06d3\u05d0-\u05ea\u060c\u061b\u061f\u27e6-\u27ff\u2b00-\u2bff\uff01-\uff3e\uff40-\uffdc\u3001-\u3006\u3008-\u3020\u3031-\u3037\u303b-\u3096\u309b-\u30ff\u4e00-\u9fa5\uac00-\ud7a3\U0001f300-\U0001f6ff\U0001f900-\U0001f9ff"
)


@patterns.late
def unlike() -> re.Pattern[str]:
    """Finds a character that the two may not agree on. (Made late: texts in ASCII do without.)"""
    return patterns.compiled(f"[^{ALIKE}]")


def fits(text: str) -> bool:
    """Whether both libraries agree on every character of `text`."""
    return text.isascii() or unlike().search(text) is None


def equal(source: str, case: bool) -> tuple[re.Pattern[str], Callable[[str], bool]] | None:
    """A pattern for `re`, and which texts that is certain of; None if it is for `regex` alone."""
    import re

    from cleaner.fast.re_writer import written  # late, as all that the core does without
    from cleaner.rules.syntax import UNCASED, UnreadError, read

    try:
        found = None if source.startswith(UNCASED) else written(read(source), case)
    except UnreadError:
        return None
    return None if found is None else (re.compile(found), fits)
