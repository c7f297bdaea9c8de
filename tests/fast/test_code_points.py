"""Sets of characters are those that `regex` has, character by character."""

from __future__ import annotations

import random

import pytest
import regex

from cleaner.fast import code_points
from cleaner.rules.packs import load_packs
from cleaner.rules.syntax import Node, Op, Tree, UnreadError, inner, read, written

ALL = "".join(map(chr, range(0x110000)))


def as_regex_has_it(source: str, case: bool) -> tuple[int, ...]:
    found = regex.finditer(f"(?:{source})+", ALL, 0 if case else regex.IGNORECASE)
    return tuple(n for m in found for n in m.span())


@pytest.mark.parametrize("case", [True, False])
@pytest.mark.parametrize(
    "source",
    [
        ".", "[a]", "[^a]", "[a-z]", "[^a-z]", "[A-Z]", r"\w", r"\W", r"[\w-]", r"[^\W\d_]", r"\d", r"\D", r"\s", r"[\S]", r"\p{L}", r"\P{L}",
        r"\p{^L}", r"[^\p{L}]", r"\p{Lu}", r"[\p{Lu}x]", r"[^\p{Ll}]", r"[\p{Ll}\d]", r"[\p{M}]", r"[^\p{M}a]", r"\p{Han}", r"[\p{Han}À-ÿ]",
        "[Α-Ω]", "[^ςΣ]", "[ﬀ-ﬆ]", "[ı]", "[İ]", "[iI]", "[^ſ]", "[K]", "[\\u00b5]", r"[\x41-\x5a\U0001f600]", "[𐐀-𐐧]", r"[\n\t]", r"[\]\[-]", r"[\b]",
    ],
)  # fmt: skip
def test_a_class(source: str, case: bool) -> None:
    [(op, of)] = read(source)
    assert code_points.of(op, of, case) == as_regex_has_it(source, case)


def test_every_letter_that_has_forms() -> None:
    cased = "".join(map(chr, code_points._cased()))
    assert len(cased) > 2500
    for code in map(ord, cased):
        assert list(code_points.kin(code)) == [ord(ch) for ch in regex.findall(f"\\U{code:08x}", cased, regex.I)]


def test_classes_of_the_packs() -> None:
    found: dict[tuple[Node, bool], None] = {}

    def collect(tree: Tree, case: bool) -> None:
        for op, of in tree:
            if op is Op.IN:
                found[(op, of), case] = None
            else:
                for one in inner(op, of):
                    collect(one, case)

    for pack in load_packs():
        for rule in pack.rules:
            for pattern in (*rule.match, *rule.unless):
                try:
                    collect(read(pattern), rule.case)
                except UnreadError:
                    continue
    assert len(found) > 500
    for (op, of), case in random.Random(1).sample(list(found), 200):
        source = f"[{''.join(written(*member) for member in of)}]"
        assert code_points.of(op, of, case) == as_regex_has_it(source, case), source


def test_sets() -> None:
    assert code_points.joined((5, 7, 1, 2, 2, 4, 6, 9)) == (1, 4, 5, 9)
    assert code_points.other_than((0, 3, 5, 0x110000)) == (3, 5)
    assert code_points.other_than(()) == (0, 0x110000)
    assert code_points.other_than((0, 0x110000)) == ()
    assert code_points.common((1, 4, 6, 9), (3, 7)) == (3, 4, 6, 7)
    assert [code_points.holds((1, 4), n) for n in (0, 1, 3, 4)] == [False, True, True, False]
