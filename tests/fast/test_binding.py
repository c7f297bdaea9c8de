"""The compiled core finds what Python finds, line by line; and a run does without it."""

from __future__ import annotations

import importlib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.evidence.facts import Facts
from cleaner.evidence.foreign import Languages
from cleaner.evidence.form_rules import FormTable
from cleaner.fast import binding, judge_numbers, standard_re, store
from cleaner.fast.form_rules import FastFormTable
from cleaner.fast.tables import fast_matcher
from cleaner.judging.judge import DefinedJudge
from cleaner.judging.ways import Ways
from cleaner.rules.matcher import NaiveMatcher
from cleaner.rules.packs import load_packs
from cleaner.rules.pattern import MAX_LINE
from cleaner.text.signals import BITS
from cleaner.workbench.lint import lint, named_files
from tests.equal import look_is_same
from tests.lines import SENTENCES
from tools.core_build import digest

try:
    core = importlib.import_module("cleaner.fast._core")
except ImportError:
    if os.environ.get("CI"):
        raise  # there it must have been built; elsewhere the other tests are worth running without it
    pytest.skip("the compiled core is not here: pip install -e . builds it", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent.parent
MATCHER = store.built_in().matcher
CORE = store.built_in().matcher
EXAMPLES = [line for r in lint(named_files(()))[0] for line in (*r.drop, *r.keep)]
PIECES = [
    "Ab", "Abcd", "don't", "O'Brien", "x_y", "1234", "2019", "3.5", "$5", "€ 3", "usd", "a-b", "'", ". ", "... ", "…", ", ", " - ",
    "  ", "    ", "\t", "|", " > ", "»", "/", "@you", "#tag", "a@b.de", "www.", "http://x.org/a", "x.co.uk", "(c)", "©", "f(x)", "def ",
    "a = [", "{", "};", "**", "* ", "[x](y)", "`", "o ", "É", "élan", "’", "“", "”", "²", "İ", "ſ", "\u212a", "ς", "Σ", "漢字", "カナ", "кЖ",
    "\u0661", "\u00a0", "\u200b", "\x00", "e\u0301", "😀", "!", "?\"", "。", "The rain fell on the town. ", "read more", "Photo: ", "by ",
]  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join) | st.text(
    st.characters(exclude_characters="\n"), min_size=1, max_size=40
)


def same(raw: str) -> bool:
    return look_is_same(CORE, raw)


def test_it_is_built_of_these_sources() -> None:
    assert digest(ROOT) == core.SOURCE


def test_examples() -> None:
    done = [same(line) for line in random.Random(len(EXAMPLES)).sample(EXAMPLES, min(3000, len(EXAMPLES)))]
    assert sum(done) > 0.9 * len(done)


@settings(deadline=None, max_examples=400)
@given(LINES)
@example("o  Énd")
@example("1. a " * 200)
def test_any_line(raw: str) -> None:
    same(raw)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(EXAMPLES), st.sampled_from(EXAMPLES), st.sampled_from(["", " ", ". ", " | ", "’s "]))
def test_joined_examples(a: str, b: str, between: str) -> None:
    same(a + between + b)
    same(f"> * **[{a}](http://example.org)** {b.upper()}")


# Sentences are told by what stands at their ends and beside their stops.
WORDS = [
    "Council",
    "voted",
    "the",
    "ÉTÉ",
    "été",
    "ﬀ",
    "ßa",
    "ªb",
    "İx",
    "3rd",
    "x_y",
    "(see",
    "市議会",
    "橋を",
    "สภาเมือง",
    "เห็น",
    "—",
    "'",
    "...",
    "1º",
    "ǅ",
]
MARKS = [
    ". ",
    ".",
    "! ",
    '?"',
    "…",
    "... ",
    "。",
    "」",
    "[12]",
    "[1] [2] ",
    "[1234]",
    ")",
    "]",
    "* ",
    "_",
    ", ",
    ",",
    "- ",
    " – ",
    "،",
    " (",
    "\u0964",
    " ",
    "  ",
    "¿",
]


@settings(deadline=None, max_examples=1_000)
@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.just(" "), max_size=80).map("".join))
@example("市議会は月曜日の夜川に新しい橋を架けることを決めた、" * 3)
@example("Der Rat stimmte für den Plan der Stadt. [1] [2] [3] [4] [5]")
@example("The Rain Fell On The Town (and The Bridge).[1] ) Council Votes")
def test_any_sentence(raw: str) -> None:
    same(raw)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_end_of_a_sentence(sentence: str) -> None:
    for end in (
        "",
        "...",
        "…",
        ".)",
        ". )",
        ".»»»»",
        ".»»»»»",
        ".[1]",
        ". [1] [2] [3] [4]",
        ".[1][2][3][4][5]",
        ".[12 ",
        ". Und",
        ": 3",
    ):
        same(sentence.rstrip(".。") + end)
        same(sentence.upper().rstrip(".。") + end)
        same(sentence.title().rstrip(".。") + end)


def test_every_character() -> None:
    for start in range(1, 0x11000, 4):
        for code in range(start, start + 4):
            if code != 10 and not 0xD800 <= code < 0xE000:
                same(f"Ab{chr(code)}c d{chr(code)} 7{chr(code)}")
                same(
                    f"The {chr(code)}At {chr(code)}Bt {chr(code)} of town. {chr(code)}It Was{chr(code)} Late{chr(code)}"
                )


def test_characters_are_told_as_the_pattern_has_them() -> None:
    ranges = binding.ranges(standard_re.unlike().pattern[2:-1])
    told = {code for first, last in ranges for code in range(first, last + 1)}
    assert told == {code for code in range(0x110000) if not standard_re.unlike().match(chr(code))}


def test_long_lines() -> None:
    assert same("word " * 700)
    assert CORE.look("a" * (MAX_LINE + 1)) is None
    assert same("a" * MAX_LINE)


def test_more_words_than_are_remembered() -> None:
    assert same("Read more: _private_policy_ of subscribers and subscribers")
    for line in range(25):
        assert same(" ".join(f"w{line}x{n}" for n in range(2000)))
    assert all(map(same, EXAMPLES[:40]))


@pytest.mark.parametrize("raw", ["", " ", "a\x00"])
def test_what_is_left_to_python(raw: str) -> None:
    assert CORE.look(raw) is None


def test_a_fault_of_a_pattern_comes_through() -> None:
    def rest(number: int) -> tuple[object, ...]:
        raise RuntimeError(str(number))

    looker = looker_of(rest)
    assert looker is not None
    with pytest.raises(RuntimeError):
        looker.look("Read more: the rain fell")
    with pytest.raises(RuntimeError):
        looker.facts(["Read more: the rain fell"], {}, {}, 2_000)


def looker_of(rest: Callable[[int], object]) -> binding.Looker | None:
    """What looks at lines with rules of these."""
    tables = MATCHER._packed, len(MATCHER._entries), MATCHER._programs
    return binding.looker(*tables, rest, MATCHER._asked, MATCHER._facts)


def test_lines_are_remembered() -> None:
    assert CORE.look("Read more: the rain fell")
    assert CORE.core
    known: dict[str, Facts] = {}
    older = {"Share": Facts("Share", CORE)}
    raws = ["Share", "Read more: the rain fell", "", "Read more: the rain fell", "a" * 60]
    found, size = CORE.core.facts(raws, known, older, 50)
    assert [facts.raw for facts in found] == raws
    assert found[0] is older["Share"] is known["Share"]
    assert found[1] is found[3] is known["Read more: the rain fell"]
    assert set(known) == {"Share", "Read more: the rain fell", ""}
    assert size == sum(len(raw) + 100 for raw in known)


def test_a_view_that_is_its_line_is_no_other_object() -> None:
    """Also of lines of which something might have been peeled off: there may be many in memory."""
    raws = ["#council17 @bridge", "the plain line", "what (see [1])"]
    assert CORE.look(raws[0])
    assert CORE.core
    for raw, facts in zip(raws, CORE.core.facts(raws, {}, {}, 0)[0], strict=True):
        assert facts.text is facts.low is raw


@pytest.mark.parametrize("raws", [[1], [("a",)], [b""], [None]])
def test_only_texts_are_looked_at(raws: list[Any]) -> None:
    assert CORE.look("Read more: the rain fell")
    assert CORE.core
    with pytest.raises(TypeError):
        CORE.core.facts(raws, {}, {}, 50)


BARE = [r for r in store.built_in().bare if not (r.near or r.repeat)]
BY_LOOK_UP, BY_PYTHON = FastFormTable(BARE), FormTable(BARE)


@settings(deadline=None, max_examples=300)
@given(st.sets(st.sampled_from(sorted(BITS.values()))))
@example(set())
@example(set(BITS.values()))
def test_forms(signals: set[int]) -> None:
    bits = sum(signals)
    for _ in range(2):
        assert BY_LOOK_UP.sum(bits) == BY_PYTHON.sum(bits)
        assert BY_LOOK_UP.most(bits) == BY_PYTHON.most(bits)
        assert BY_LOOK_UP.reasons(bits) == BY_PYTHON.reasons(bits)


def test_facts_are_checked() -> None:
    for facts in ((), (b"",), (1, 2)):
        with pytest.raises(TypeError):
            core.Looker(facts, 0, None, None, None, None)


def test_limits_that_no_number_of_32_bits_holds(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        """
about = "x"
language = "en"
category = "promo"

[[rule]]
id = "long"
why = "x"
match = ['zebra crossing']
min_words = 3
max_words = 9000000000000
drop = ["the zebra crossing", "a zebra crossing"]
keep = ["zebra crossing"]
"""
    )
    matcher = fast_matcher([rule for loaded in load_packs([pack], built_in=False) for rule in loaded.rules])
    looked = matcher.look("The zebra crossing")
    assert looked is not None
    assert [rule.id for rule, _, _ in looked[-1]] == ["promo/en/long"]


def test_a_core_of_other_sources_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core, "INTERFACE", (1, *core.INTERFACE[1:]))
    assert binding._module.__wrapped__() is None
    monkeypatch.delattr(core, "INTERFACE")
    assert binding._module.__wrapped__() is None


def test_facts_of_another_type_are_refused_and_the_known_ones_stay() -> None:
    class Slots:
        __slots__ = Facts.__slots__ + Facts.__base__.__slots__  # type: ignore[union-attr]

    names = Slots.__slots__
    borrowed = type("Borrowed", (), {name: Slots.__dict__[name] for name in names})
    one_less = type("OneLess", (), {"__slots__": names[:-1]})
    for wrong in (None, int, borrowed, one_less):
        with pytest.raises((TypeError, AttributeError)):
            core.setup_facts(wrong, None, 0, 0)
    test_lines_are_remembered()


IN_ANOTHER = """
import sys, _xxsubinterpreters as interpreters
from cleaner.fast import binding
assert binding._module()
other = interpreters.create(isolated=False)
interpreters.run_string(other, f"import sys; sys.path[:] = {sys.path}; from cleaner.fast import binding; assert binding._module() is None")
assert binding._module.__wrapped__()
"""


def test_it_serves_one_interpreter() -> None:
    pytest.importorskip("_xxsubinterpreters")
    subprocess.run([sys.executable, "-c", IN_ANOTHER], check=True, cwd=ROOT)


def test_it_can_be_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(binding.OFF, "1")
    assert looker_of(MATCHER._rest) is None
    judge = DefinedJudge(BARE, Ways(NaiveMatcher([])), Languages())
    assert binding.states(judge, Languages(), judge_numbers.numbers) is None
