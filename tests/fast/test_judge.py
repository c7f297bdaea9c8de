"""Judging by the core comes to what the definition comes to, on any document, at every level."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.fast import binding
from cleaner.fast.judge import FastJudge
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.judgement import Judgement
from cleaner.text.document import Document
from tests.judging.test_laws import LABELS, SENTENCES

if binding._module() is None:
    if os.environ.get("CI"):
        raise RuntimeError("the compiled core must have been built here")
    pytest.skip("the compiled core is not here: pip install -e . builds it", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent.parent
CORE = {level: Cleaner(level=level)._engine for level in THRESHOLDS}
SPOKEN = Cleaner(languages=("de",))._engine
# What lists are made of, blocks end at, and spans are cut out of.
RECORDS = [f"{name} | {n} May 2020 | By {name} Doe" for n, name in enumerate(("Ann", "Ben", "Cid", "Dot", "Eva"), 1)]
OTHERS = [
    "$5", "| 1 | 2 | 3 |", "def f(x):", "    return {x: 1};", "a = [1, 2]", "Who pays?", "They said:", "and so on,", "NEWS", "…",
    "What the council voted for on Monday", "The bridge, the tower and the town hall", "Comments", "Leserkommentare", "Tags: a, b",
    SENTENCES[0] + " Sign up for our newsletter to get the best of the town every day.", "Follow us on Twitter and Facebook",
]  # fmt: skip
LINES = st.sampled_from([*SENTENCES, *LABELS, *LABELS, *RECORDS, *OTHERS])


def by_definition(engine: Engine) -> Engine:
    other = engine.at(engine.threshold)
    other._judge = engine._judge.definition
    return other


def told(judgement: Judgement) -> list[object]:
    said = [(v.action, v.score, [r.id for r in v.reasons], v.cuts) for v in judgement.verdicts]
    return [judgement.guarded, *said]


def same(engine: Engine, text: str, repeats: list[int] | None = None) -> None:
    assert isinstance(engine._judge, FastJudge)
    document = Document(text)
    assert told(engine.run(document, repeats)) == told(by_definition(engine).run(document, repeats))


@given(st.lists(LINES, max_size=60))
@example(RECORDS * 3)
@example(["Home"] * 40)
@example([])
def test_any_document(lines: list[str]) -> None:
    for engine in CORE.values():
        same(engine, "\n".join(lines))


@given(st.lists(st.tuples(LINES, st.integers(0, 4)), max_size=40))
def test_lines_that_other_pages_have(lines: list[tuple[str, int]]) -> None:
    for engine in CORE.values():
        same(engine, "\n".join(line for line, _ in lines), [times for _, times in lines])


@given(st.lists(LINES, max_size=40))
def test_a_language_that_was_said(lines: list[str]) -> None:
    same(SPOKEN, "\n".join(lines))


@pytest.mark.parametrize("path", sorted((ROOT / "samples").rglob("*.txt")), ids=lambda p: p.name)
def test_samples(path: Path) -> None:
    for engine in CORE.values():
        same(engine, path.read_text(encoding="utf-8"))


def test_what_it_must_be_told() -> None:
    core = binding._module()
    with pytest.raises(ValueError, match="the core is not told of prose"):
        core.Judge({}, {}, (), frozenset(), (id,) * 5, (None,) * 3, (), 0)
    with pytest.raises(TypeError):
        core.Case(None, [], None)
