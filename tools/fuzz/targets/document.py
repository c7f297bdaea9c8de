"""Documents: body and what was taken out make the input; cleaning twice is cleaning once; levels are nested; diffs patch both ways;
the core judges as its definition does."""

from __future__ import annotations

from tests.equal import judged_the_same
from tests.laws import gone, holds_for
from tests.patching import patched
from tools.fuzz.draw import text_of
from tools.fuzz.whole import LEVELS, cleaner

TEXTS = True


def check(data: bytes) -> None:
    """Clean at each level."""
    text = text_of(data[:20_000])
    before: set[int] = set()
    for level in LEVELS:
        result = cleaner(level).clean(text)
        holds_for(result)
        assert before <= gone(result)
        before = gone(result)
        again = cleaner(level).clean(result.body)
        assert again.body == result.body
        diff = result.diff()
        assert patched(diff, text) == result.body
        assert patched(diff, result.body, back=True) == text
    level = LEVELS[len(data) % len(LEVELS)]
    judged_the_same(
        cleaner(level)._engine, text, [n * 7 % 4 for n in range(text.count("\n") + 1)] if len(data) % 2 else None
    )
