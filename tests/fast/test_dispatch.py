"""The fast matcher finds what the naive one finds: on the packs' own examples, on their near relatives, on anything."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.fast import store
from cleaner.fast.tables import fast_matcher
from cleaner.rules.matcher import Matcher, NaiveMatcher
from cleaner.rules.rule import Rule
from cleaner.text.view import View
from cleaner.workbench.lint import lint, named_files

RULES = [*{r.id: r for r in lint(named_files(()))[0]}.values()]
NAIVE = NaiveMatcher(RULES)
FAST: dict[str, Matcher] = {"made": fast_matcher(RULES), "cached": store.built_in().matcher}
EXAMPLES = [line for r in RULES for line in (*r.drop, *r.keep)]
# The naive matcher tries every rule on every line, so a part of the examples must do; another one every day.
SOME = random.Random(len(EXAMPLES)).sample(EXAMPLES, min(250, len(EXAMPLES)))


def same(fast: Matcher, line: str) -> None:
    view = View(line)
    assert [(r.id, a, b) for r, a, b in fast.hits(view)] == [(r.id, a, b) for r, a, b in NAIVE.hits(view)]


def own(rule: Rule) -> list[tuple[str, Rule]]:
    return [(line, rule) for line in rule.drop]


@pytest.mark.parametrize("name", FAST)
def test_every_drop_line_is_hit_by_its_own_rule(name: str) -> None:
    missed = []
    for line, rule in itertools.chain.from_iterable(own(r) for r in RULES if r.match):
        if rule.hits(View(line)) and rule.id not in [r.id for r, _, _ in FAST[name].hits(View(line))]:
            missed.append((rule.id, line))
    assert missed == []


@pytest.mark.parametrize("name", FAST)
def test_examples(name: str) -> None:
    for line in SOME:
        same(FAST[name], line)


@pytest.mark.parametrize("name", FAST)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_lines_made_of_examples(name: str, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(EXAMPLES))
    change = data.draw(st.sampled_from(["upper", "title", "odd", "cut", "joined", "marks", "text"]))
    if change in ("upper", "title"):
        line = getattr(line, change)()
    elif change == "odd":
        line = line.replace("i", "İ").replace("s", "ſ").replace(" ", "\u00a0").replace("'", "’")
    elif change == "cut":
        at = data.draw(st.integers(0, len(line)))
        line = line[at:] + line[:at]
    elif change == "joined":
        line += data.draw(st.sampled_from([" ", ". ", ": ", " | "])) + data.draw(st.sampled_from(EXAMPLES))
    elif change == "marks":
        line = f"> * **[{line}](http://example.org)**"
    else:
        line = data.draw(st.text(st.characters(exclude_characters="\n"), max_size=60))
    same(FAST[name], line)
