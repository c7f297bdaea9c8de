"""Lines that are made when they are asked for."""

from __future__ import annotations

from array import array

from cleaner.evidence.facts import Facts
from cleaner.evidence.line import Line
from cleaner.evidence.lines import Lines
from cleaner.rules.matcher import NaiveMatcher


def facts(*raws: str) -> list[Facts]:
    return [Facts(raw, NaiveMatcher([])) for raw in raws]


def test_a_line_that_was_cut_is_the_same_wherever_it_stands() -> None:
    lines = Lines(facts("one", "two", "three"), [0, 5, 2])
    fewer = lines.among(array("I", [0, 2]))
    line = lines[2]
    line.cut(facts("thr")[0], range(3), ())
    assert [x.view.raw for x in fewer] == ["one", "three"]
    lines.keep(line)
    assert (fewer[1], lines[2:], fewer.cut) == (line, [line], [line])
    assert [x.raw for x in fewer.texts()] == ["one", "thr"]
    assert [(x.number, x.known) for x in fewer] == [(0, 0), (2, 2)]
    line.restore()
    lines.keep(line)
    assert not fewer.cut
    assert fewer.facts[2].raw == "three"


def test_lines_that_there_are_already() -> None:
    some = [Line(n, x) for n, x in enumerate(facts("one", "", "three"))]
    lines = Lines.of(some)
    assert [x.facts for x in lines] == [x.facts for x in some]
    assert (lines.known, list(lines.blank()), len(lines)) == (None, [False, True, False], 3)
