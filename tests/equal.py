"""What the core is held to: looking at lines and judging documents by the definitions in Python gives the same."""

from __future__ import annotations

from cleaner.evidence.facts import Facts
from cleaner.fast.dispatch import FastMatcher
from cleaner.fast.judge import FastJudge
from cleaner.judging.engine import Engine
from cleaner.judging.judgement import Judgement
from cleaner.judging.ways import Ways
from cleaner.rules.matcher import Hits, Matcher, NaiveMatcher
from cleaner.text.document import Document
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.view import View


def by_definition(engine: Engine) -> Engine:
    """The engine without its core."""
    other = engine.at(engine.threshold)
    other._judge = getattr(engine._judge, "definition", engine._judge)
    # The rest that is done by the core too, but for single lines, which `look_is_same` sees to.
    other._ways = Ways(engine._ways.matcher)
    other._ways.facts = engine._ways.facts  # type: ignore[method-assign]
    return other


def told(judgement: Judgement) -> list[object]:
    """All that a judgement says."""
    said = [(v.action, v.score, [r.id for r in v.reasons], v.cuts) for v in judgement.verdicts]
    return [judgement.guarded, *said]


def judged_the_same(engine: Engine, text: str, repeats: list[int] | None = None) -> None:
    """Judge a text by the core and by its definition; fails if they differ."""
    assert isinstance(engine._judge, FastJudge)
    document = Document(text)
    assert told(engine.run(document, repeats)) == told(by_definition(engine).run(document, repeats))


def look_is_same(matcher: FastMatcher, raw: str) -> bool:
    """Whether the core did the line; fails if it did it otherwise than Python does."""
    looked = matcher.look(raw)
    if looked is None:
        return False
    view = View(raw)
    reading = Reading(view)
    own = own_signals(view, reading)
    assert looked[:2] == (view.text, view.low)
    assert looked[2:4] == (own, reading.count)
    wanted = matcher.hits(view, own, reading)
    facts = Facts(raw, NaiveMatcher([]))
    assert looked[4] == facts._said()
    assert sorted(looked[5]) == sorted(facts.content)
    assert [(r.id, a, b) for r, a, b in looked[-1]] == [(r.id, a, b) for r, a, b in wanted]
    assert matcher.core
    [seen], _ = matcher.core.facts([raw], {}, {}, 0)
    assert known(seen) == known(Facts(raw, _Found(wanted)))
    return True


class _Found(Matcher):
    """A matcher of one line, whose hits are known."""

    def __init__(self, found: Hits) -> None:
        self._found = found

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        return self._found


def known(facts: Facts) -> list[object]:
    """All that is known of a line by itself."""
    names = (
        "raw",
        "text",
        "low",
        "own",
        "words",
        "sentence",
        "is_short_sentence",
        "form",
        "hits",
        "rules",
        "sure",
        "cuts",
    )
    more = "blank", "divisible", "notice"
    return [sorted(facts.content), *(getattr(facts, name) for name in (*names, *more))]
