"""Explanations: of every line, with the verdict that cleaning gives it; shown and exported without a fault."""

from __future__ import annotations

import json

from cleaner.render.explain import as_data, overview, story
from tools.fuzz.draw import text_of
from tools.fuzz.whole import LEVELS, cleaner

TEXTS = True


def check(data: bytes) -> None:
    """Explain each line of a text, at a level as the number of bytes says."""
    text = text_of(data[:6_000])
    by = cleaner(LEVELS[len(data) % len(LEVELS)])
    result = by.clean(text)
    told = list(by.explain(text))
    assert [e.line for e in told] == sorted({e.line for e in told})
    for e in told:
        verdict = result.verdicts[e.line - 1]
        assert (e.verdict.action, e.verdict.cuts) == (verdict.action, verdict.cuts)
        assert {r.id for r in e.verdict.reasons} == {r.id for r in verdict.reasons}
        json.dumps(as_data(e, "name"))
        assert "".join(part for line in story(e, "name") for part, _ in line)
    list(overview(iter(told)))
