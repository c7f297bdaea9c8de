"""The linter of rule packs: everything that is wrong with a pack at once, where the loader stops at the first."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from cleaner.errors import RuleError
from cleaner.rules.loader import load_pack, parse_pack
from cleaner.rules.packs import built_in_files, pack_files
from cleaner.rules.pattern import compiled
from cleaner.rules.rule import Rule, Scope
from cleaner.text.fold import lower
from cleaner.text.view import View


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a pack.

    Attributes:
        message: the line to show: file, rule, reason.
        error: whether the pack cannot be used; else it is advice.
    """

    message: str
    error: bool


def named_files(paths: Iterable[Path], added: Iterable[Path] = ()) -> list[tuple[Traversable, str]]:
    """The pack files at `paths`, or if none are given those built in and `added`, each with the name to show.

    Raises RuleError if a path is not there or holds no pack.
    """
    given = _named(paths)
    return given or built_in_files() + _named(added)


def _named(paths: Iterable[Path]) -> list[tuple[Traversable, str]]:
    return [(file, str(file)) for path in paths for file in pack_files(path)]


def lint(files: Iterable[tuple[Traversable, str]]) -> tuple[list[Rule], list[Problem]]:
    """Check pack files, given each with the name to show.

    Returns the rules that are sound enough to load, and all problems: at most one error for each rule.
    """
    rules: list[Rule] = []
    problems: list[Problem] = []
    for path, name in files:
        for item in _entries(path, name):
            if isinstance(item, Rule):
                rules.append(item)
            else:
                problems.append(Problem(str(item), error=True))
    problems += _repeated(rules)
    for rule in rules:
        problems += (Problem(f"{rule.file}: rule {rule.id!r}: {reason}", error=False) for reason in advice(rule))
    return rules, problems


def advice(rule: Rule) -> Iterator[str]:
    """What could be better about a rule that loads."""
    lines = [*rule.drop, *(line[1:] for e in rule.examples for line in e.split("\n"))]  # less the gutter
    views = [View(line) for line in lines]
    if len(rule.match) > 1:
        for number, one in enumerate(rule.match, 1):
            alone = rule.replaced(match=(one,))
            if not any(alone.hits(v) for v in views):
                yield f"no example shows pattern {number} of {len(rule.match)}: {one!r}"
    if not rule.case:
        folded = {c: lower(c) for p in (*rule.match, *rule.unless) for c in p if not c.isascii()}
        for c in sorted(c for c, low in folded.items() if c != low and not compiled(c, False).match(low)):
            yield f"{c!r} never matches: an uncased pattern sees lines in small letters, with {folded[c]!r} in its place; write that"
    if rule.scope is Scope.LINE and rule.sure and rule.max_words is None and not any("$" in p for p in rule.match):
        yield "drops whole lines, but neither 'max_words' nor '$' bounds how long they may be"
    if rule.keep and not any(_akin(k, d) for k in rule.keep for d in lines):
        yield "no 'keep' line shares a word with a 'drop' line: it proves nothing"


def _akin(keep: str, drop: str) -> bool:
    a, b = View(keep).low, View(drop).low
    if not (a.isascii() and b.isascii()):
        return bool({w for w in a if w.isalpha()} & set(b))  # scripts without spaces: letters in common
    return bool(set(_words(a)) & set(_words(b)))


def _words(low: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in low).split() or list(low)


def _entries(path: Traversable, name: str) -> Iterator[Rule | RuleError]:
    """The rules of a pack file one by one, an error in place of each that cannot be used."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = data.get("rule", [])
        head = {k: v for k, v in data.items() if k != "rule"}
        parse_pack({**head, "rule": [] if isinstance(entries, list) else entries}, name)
        if not entries:
            yield RuleError(name, None, "holds no rule")
    except (OSError, ValueError, RecursionError):
        try:
            load_pack(path, name)  # says it in the loader's own words
        except RuleError as e:
            yield e
        return
    except RuleError as e:
        yield e
        return
    for entry in entries:
        try:
            yield from parse_pack({**head, "rule": [entry]}, name).rules
        except RuleError as e:
            yield e


def _repeated(rules: list[Rule]) -> Iterator[Problem]:
    ids: dict[str, Rule] = {}
    patterns: dict[tuple[str, bool, str, tuple[object, ...]], Rule] = {}
    for rule in rules:
        where = f"{rule.file}: rule {rule.id!r}"
        first = ids.setdefault(rule.id, rule)
        if first is not rule:
            yield Problem(f"{where}: duplicate id, first used in {first.file}", error=True)
        conditions = (rule.scope, rule.zones, rule.when.names, rule.near, rule.repeat, rule.unless, rule.max_words)
        for p in rule.match:
            twin = patterns.setdefault((p, rule.case, rule.language, conditions), rule)
            if twin is not rule:
                yield Problem(f"{where}: has the same pattern as {twin.id!r}: {p!r}", error=False)
