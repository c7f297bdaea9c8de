"""Every example of every pack is tried; a test a pack, since there are ten thousand examples."""

from __future__ import annotations

import pytest

from cleaner.rules.rule import Rule
from cleaner.workbench.lint import lint, named_files
from cleaner.workbench.proof import failures

RULES, PROBLEMS = lint(named_files(()))
ERRORS = [p.message for p in PROBLEMS if p.error]


def packs() -> dict[str, list[Rule]]:
    """The rules by category and language, which is how packs are named."""
    out: dict[str, list[Rule]] = {}
    for rule in RULES:
        out.setdefault(rule.id.rpartition("/")[0], []).append(rule)
    return out


def test_packs_load() -> None:
    assert ERRORS == []
    assert RULES
    assert sum(len(r.drop) + len(r.keep) + len(r.examples) for r in RULES) > 9000


@pytest.mark.parametrize("name", packs())
def test_examples(name: str) -> None:
    assert [f"{rule.id}: {why}" for rule in packs()[name] for why in failures(rule)] == []
