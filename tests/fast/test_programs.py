"""A program finds what `regex` finds with its pattern: the same place, on any text."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.fast import binding, programs, store
from cleaner.fast.instructions import Do
from cleaner.fast.symbols import Symbols
from cleaner.rules.syntax import UNCASED
from cleaner.text.fold import lower
from cleaner.text.view import View
from tests.running import ROOT

pytestmark = pytest.mark.skipif(not binding.is_there(), reason="the core is not built")
MATCHER = store.built_in().matcher
RULES = [rule for rule in MATCHER.rules if rule.match]


class Searcher:
    """Searches by programs of some patterns."""

    def __init__(self, patterns: list[tuple[str, bool]]) -> None:
        self.patterns = patterns
        made = programs.programs_of(patterns)
        self.starts = memoryview(made.starts).cast("I")
        numbers = bytes(4 * len(MATCHER._entries))
        self._looker = binding.looker(
            MATCHER._packed, len(MATCHER._entries), lambda: (numbers, made), _nobody, _nobody, _nobody
        )

    def same(self, number: int, text: str) -> bool:
        """Whether the program of a pattern hits a text where the pattern does. Returns whether it does."""
        source, case = self.patterns[number]
        low = lower(text)
        hit = (regex.compile(source, 0 if case else regex.I)).search(text if case else low)
        found = self._looker.search(number, text, low)  # type: ignore[union-attr]
        assert found == (hit.span() if hit else None), (source, case, text)
        return hit is not None


def _nobody(*_: object) -> SimpleNamespace:
    raise AssertionError("nobody is asked")


WRITTEN = [
    "a", "abc", "[ab]c", "a?b", "a*", "a+b", "a{2,3}", "a{2,}?b", "a*?b", "a*+b", "a++b", "(?:ab)*c", "(?:ab)+?c", "(?:ab|a)(?:c|bcd)",
    "(?:a|ab)(?:c|bcd)$", "^(?:a|b)*$", "(?:a|b){2,5}c", "(?:ab?){20,30}", "(?:ab?){15,40}?c", "(?:(?:a|bc){1,8}-){1,9}x", "(?:a{2}|b){13,}c",
    "(?>a|ab)c", "(?=ab)a", "(?!ab)a", "(?<=a)b", "(?<!a)b", "(?<=ab|c)d", "(?<!ab|c)d", r"\ba", r"a\b", r"\Ba", "^a", "a$", r"a\Z", r"\Aa",
    "a|b|c", "|a", "a||b", "(?:a|)b", "(?:|a)b", ".", ".{2,4}c", "[^ab]{1,3}", r"\w+", r"\W", r"\d{2}", r"\s", r"\p{L}{2}", r"\P{L}", r"[^\W\d_]",
    "(?:ab|ac|ad|b)x", "(?:abc|abd|ab)y?$", "(?:a.|b)c", "(?:a[bc]|[ab]d|e)", r"(?=.{0,5}b)(?=.*c)a?", r"^(?!.*\bab\b).{0,9}$", "x{0}a", "(?:ab){0}c",
    "ß", "ſ", "k", "K", "İ", "ı", "σ", "Σ", "[à-ü]", "(?:é|è)t", r"a\-b", r"(?:\.|\|)a", "(?i)aB",
]  # fmt: skip
BOTH = Searcher(
    [(source, case) for source in WRITTEN for case in (True, False) if case or not source.startswith(UNCASED)]
)


@given(st.integers(0, len(BOTH.patterns) - 1), st.text("abcdeABC .-é1ßſkKıİΣσ\n|x", max_size=40))
def test_any_text(number: int, text: str) -> None:
    BOTH.same(number, text)


TEXTS = ["", "a", "b", "abcabd", "aab", "ab" * 25 + "c", "aa" * 14 + "c", "a-bc-aabc-x", "xacbd", "ab ac a.b |a", "12 ab\n", "a\n", "Ab aB KkKſ ßéèt", "ΣΑΣ σς", "Iıİi", "abx bc", "éx ètü"]  # fmt: skip


def test_each_make_of_pattern() -> None:
    hit = [any(BOTH.same(number, text) for text in TEXTS) for number in range(len(BOTH.patterns))]
    assert sum(hit) > 0.9 * len(hit)


PARTS = st.recursive(
    st.sampled_from(["a", "b", "ab", "[ab]", "[^a]", ".", r"\w", r"\b", "^", "$", "é", "-"]),
    lambda inside: st.one_of(
        st.lists(inside, min_size=2, max_size=3).map("".join),
        st.lists(inside, min_size=2, max_size=4).map(lambda some: f"(?:{'|'.join(some)})"),
        st.tuples(inside, st.sampled_from(["?", "??", "{1,3}", "{2}", "{1,14}?", "{1,15}"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        st.tuples(st.sampled_from(["(?=", "(?!", "(?>"]), inside).map(lambda two: f"{two[0]}{two[1]})"),
    ),
    max_leaves=7,
)


@given(
    st.lists(PARTS, min_size=1, max_size=3).map("".join),
    st.booleans(),
    st.lists(st.text("abA-é ", max_size=12), max_size=4),
)
def test_any_pattern(source: str, case: bool, texts: list[str]) -> None:
    searcher = Searcher([(source, case)])
    if searcher.starts[0]:
        for text in texts:
            searcher.same(0, text)


@pytest.mark.parametrize("rule", RULES[::7], ids=lambda rule: f"{rule.category}/{rule.language}/{rule.id}")
def test_patterns_of_the_packs(rule: object) -> None:
    core = MATCHER.core
    assert core is not None
    lines = [*rule.drop, *rule.keep, *(line for example in rule.examples for line in example.split("\n"))]  # type: ignore[attr-defined]
    for source in (*rule.match, *rule.unless):  # type: ignore[attr-defined]
        for view in map(View, lines):
            case = rule.case  # type: ignore[attr-defined]
            hit = regex.compile(source, 0 if case else regex.I).search(view.text if case else view.low)
            found = core.search(MATCHER._numbers[source, case], view.text, view.low)  # type: ignore[attr-defined]
            assert found == (hit.span() if hit else None), (source, view.text)


def test_every_pattern_of_the_packs_has_a_program() -> None:
    for rule in RULES:
        for source in (*rule.match, *rule.unless):
            assert MATCHER.core.search(MATCHER._numbers[source, rule.case], "", "") is not False, source  # type: ignore[union-attr]


@pytest.mark.parametrize("source", ["(?:a?)*b", "(?:a*){2,}b", "(?<=a+)b", "(?:a?){40}b"])
def test_what_has_no_program(source: str) -> None:
    assert not Searcher([(source, True)]).starts[0]


def test_what_takes_too_long_is_given_up() -> None:
    searcher = Searcher([("(?:a|a)*(?:a|a)*b", True)])
    assert searcher._looker.search(0, "a" * 5000, "a" * 5000) is False  # type: ignore[union-attr]
    assert searcher._looker.search(0, "aab", "aab") == (0, 3)  # type: ignore[union-attr]


def test_instructions_are_numbered_alike() -> None:
    source = (ROOT / "core" / "run.h").read_text()
    names = re.search(r"typedef enum \{(.*?)\} Do;", source, re.DOTALL)[1]  # type: ignore[index]
    assert [name.strip() for name in names.split(",") if name.strip()] == [do.name for do in Do]


def test_symbols_tell_apart_what_sets_tell_apart() -> None:
    found = Symbols([(97, 123), (98, 100), (0x1F600, 0x1F650), (97, 123)])
    assert found.count == 4
    assert found.only((98, 100)) is not None
    assert found.only((97, 123)) is None
    assert found.of((98, 100)) & ~found.of((97, 123)) == 0
    assert not found.of((97, 123)) & found.of((0x1F600, 0x1F650))
    assert [found.number(found.of(some)) for some in ((98, 100), (97, 123), (98, 100))] == [0, 1, 0]
    symbol = [found.rows[found.pages[code >> 8] << 8 | code & 255] for code in (97, 98, 100, 0x1F600, 0x10FFFF)]
    assert [symbol[0] == symbol[2], len(set(symbol))] == [True, 4]
    bits = found.bits()
    assert [bool(bits[found.bytes + (s >> 3)] >> (s & 7) & 1) for s in symbol] == [True, True, True, False, False]


@given(st.data())
def test_damaged_programs_harm_nothing(data: st.DataObject) -> None:
    patterns = [
        ("^(?:ab|ac|b)x{0,3}?(?=.{2,40}c)(?:a[bc]-){2,19}(?>a|b)+$", True),
        (r"\b(?:read|see|\d+) (?<!x )more", True),
    ]
    made = programs.programs_of(patterns)
    code = bytearray(made.code)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(code) // 4 - 1)) * 4
        code[at : at + 4] = data.draw(st.one_of(st.integers(0, 80), st.integers(0, (1 << 32) - 1))).to_bytes(
            4, "little"
        )
    damaged = made._replace(code=bytes(code))
    numbers = bytes(4 * len(MATCHER._entries))
    looker = binding.looker(
        MATCHER._packed, len(MATCHER._entries), lambda: (numbers, damaged), _nobody, _nobody, _nobody
    )
    for number in range(2):
        for text in ("abxxab-ac-aab c", "please read more", "ac" * 30, ""):
            found = looker.search(number, text, text)  # type: ignore[union-attr]
            assert not found or 0 <= found[0] <= found[1] <= len(text)
