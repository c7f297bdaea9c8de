"""Patterns: what the linter lets pass finds by the tables what it finds when tried, and says no to whatever else in one line.

The first line of the bytes is the pattern, the others are looked at.
"""

from __future__ import annotations

from cleaner.errors import RuleError
from cleaner.fast.tables import fast_matcher
from cleaner.rules import pattern as patterns
from cleaner.rules.loader import parse_pack
from cleaner.rules.matcher import NaiveMatcher
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.view import View
from tools.fuzz.draw import Draw, text_of


def check(data: bytes) -> None:
    """Load a pack of that one pattern, and look for it."""
    draw = Draw(data)
    case = bool(draw.number(2))
    source = text_of(draw.line())
    rule = {"id": "x", "why": "x", "match": [source], "case": case, "drop": ["a", "b"], "keep": ["c"]}
    try:
        pack = parse_pack({"about": "x", "category": "promo", "language": "en", "rule": [rule]}, "x.toml")
    except RuleError as e:
        assert str(e).startswith("x.toml: ")
        return
    fast, naive = fast_matcher(pack.rules, by_programs=True), NaiveMatcher(pack.rules)
    for raw in text_of(draw.rest()).split("\n")[:20]:
        view = View(raw[:300])
        reading = Reading(view)
        own = own_signals(view, reading)
        wanted = [(r.id, a, b) for r, a, b in naive.hits(view, own, reading)]
        if patterns.given_up():
            patterns.slow.clear()
            return
        assert [(r.id, a, b) for r, a, b in fast.hits(view, own, reading)] == wanted
        looked = fast.look(view.raw)
        if looked is not None:
            assert [(r.id, a, b) for r, a, b in looked[-1]] == wanted
