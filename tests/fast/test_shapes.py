"""The core sees the shapes of lines as `wrapping.shapes` does."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.fast import binding
from cleaner.text.wrapping import shapes

if binding._module() is None:
    if os.environ.get("CI"):
        raise RuntimeError("the compiled core must have been built here")
    pytest.skip("the compiled core is not here: pip install -e . builds it", allow_module_level=True)

LOOK = binding.shapes()
assert LOOK
PIECES = [
    "word ",
    "A ",
    "of\t",
    "the\u00a0",
    " ",
    "\u2003",
    "\x1c",
    "x" * 11,
    "ab" * 30,
    ".",
    ",",
    ";)",
    "漢字",
    "é ",
    "😀 ",
    "ª",
    "ǆ",
    "\u2170",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
# Lines of several words whose lengths lie close around the widths that are asked for.
WIDE = st.integers(1, 120).map(lambda size: ("one two three four five six " * 9)[:size])


@settings(deadline=None, max_examples=500)
@given(st.lists(LINES | WIDE, max_size=80))
@example([])
@example([""] * 4)
@example(["one two three four five six"] * 3)
@example(["a " * 55] * 3)
@example(["a " * 56] * 3)
@example(["x" * 49 + " a b c d e"] * 97 + ["word " * 30] * 3)
def test_any_lines(raws: list[str]) -> None:
    assert LOOK(raws) == shapes(raws)
    assert LOOK(tuple(raws)) == shapes(raws)


@pytest.mark.parametrize("size", [40, 49, 50, 51, 109, 110, 111, 140])
@pytest.mark.parametrize("wide", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("most", [2, 3, 33, 34, 100])
def test_widths(size: int, wide: int, most: int) -> None:
    raws = [("one two three four five six " * 9)[:size]] * most + ["word " * 40] * wide
    assert LOOK(raws) == shapes(raws)


@pytest.mark.parametrize("raws", [[1], [b"a"], 1])
def test_lines_are_texts(raws: Any) -> None:
    with pytest.raises(TypeError):
        LOOK(raws)
