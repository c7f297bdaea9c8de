"""The core counts what tells a language as the definition does, on any text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.fast import binding, languages
from cleaner.fast.core_judge import Teller
from cleaner.text import language
from tests.lines import LABELS, SENTENCES

if binding._module() is None:
    if os.environ.get("CI"):
        raise RuntimeError("the compiled core must have been built here")
    pytest.skip("the compiled core is not here: pip install -e . builds it", allow_module_level=True)

COUNT = languages.counter(binding._module())
ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = st.sampled_from(
    [*language.holders(), "'", "''", "_", "3", "x'y", "\ud800", "\U0001d552", "ª", "ﬀ", "\n", "\u0130", "٣", "é"]
)
PIECES = (
    st.sampled_from([*SENTENCES, *LABELS])
    | WORDS
    | st.sampled_from("".join(language.LETTERS.values()))
    | st.text(max_size=20)
)


@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", "", "'", "\n"]))
@example(["the"] * 3_000, " ")
@example(["é" * (language.ENOUGH - 1), "the"], "")
@example(["a" * (language.SCRIPT_ENOUGH - 1), "漢字"], "")
def test_any_text(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert COUNT(text) == language.counted(text)


def test_every_character() -> None:
    for start in range(0, 0x110000, 0x400):
        text = "".join(f"the{chr(code)}és " for code in range(start, start + 0x400))
        assert COUNT(text) == language.counted(text)
        text = "".join(map(chr, range(start, start + 0x400)))
        assert COUNT(text) == language.counted(text)


def test_shares_are_whole() -> None:
    assert all(language.WORD % len(some) == 0 for some in language.holders().values())
    assert language.WORD % 2 == 0


def test_the_core_takes_over_once_there_are_several_texts() -> None:
    teller = Teller(binding._module())
    for _ in range(10):
        for text in SENTENCES:
            assert teller(text.lower()) == language.languages_of(text.lower())
    assert teller._counted is not language.counted


GOOD = (
    ("ab", (1).to_bytes(4, "little") + bytes(4) + (1).to_bytes(4, "little")),
    b"\0",
    6,
    ((200, 300, 0),),
    1,
    ((200, 200, 0),),
    1,
    9,
    9,
)


@pytest.mark.parametrize(
    "changed",
    [
        {0: ("ab", (1).to_bytes(4, "little") + bytes(4) + (2).to_bytes(4, "little"))}, {1: b""}, {1: b"\1"}, {2: -1},
        {3: ((300, 200, 0),)}, {3: ((20, 200, 0),)}, {3: ((200, 300, 1),)}, {3: ((200, 300),)}, {3: (1,)}, {4: 33}, {4: -1},
        {5: ((0x2000, 0x2000, 0),)}, {5: ((200, 200, 1),)}, {6: 65}, {6: 0}, {7: -1}, {8: -1},
    ],
)  # fmt: skip
def test_what_it_must_be_told(changed: dict[int, object]) -> None:
    core = binding._module()
    try:
        with pytest.raises((ValueError, TypeError)):
            core.setup_languages(*(changed.get(k, fact) for k, fact in enumerate(GOOD)))
        assert COUNT("the") == language.counted("the")  # what it knew before it knows still
        core.setup_languages(*GOOD)
        assert COUNT("a b Èb") == ((1,), 4, 3, 1, (6,), (1,))
    finally:
        languages.counter(core)


def test_only_texts_are_counted() -> None:
    with pytest.raises(TypeError):
        COUNT(b"the")  # type: ignore[arg-type]
