"""Every example of every pack is a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cleaner.rules.rule import Rule
from cleaner.workbench.lint import lint, named_files
from cleaner.workbench.proof import failures

RULES, PROBLEMS = lint(named_files(()))
ERRORS = [p.message for p in PROBLEMS if p.error]


def examples() -> Iterator[object]:
    seen: set[str] = set()
    for rule in RULES:
        if rule.id in seen:  # reported by test_packs_load
            continue
        seen.add(rule.id)
        for kind, lines in (("drop", rule.drop), ("keep", rule.keep), ("example", rule.examples)):
            for number, line in enumerate(lines, 1):
                bare = rule.replaced(drop=(), keep=(), examples=())
                one = bare.replaced(**{"examples" if kind == "example" else kind: (line,)})
                yield pytest.param(one, id=f"{rule.id}-{kind}-{number}")


def test_packs_load() -> None:
    assert ERRORS == []
    assert RULES


@pytest.mark.parametrize("rule", list(examples()))
def test_example(rule: Rule) -> None:
    assert list(failures(rule)) == []
