"""The built-in rules, ready to use: read and compiled once, then kept in the cache, and taken from there in pieces.

A run that cleans one small text needs some dozens of the patterns; the others stay in the file.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]  # its code is kept only for the very Python that made it
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from cleaner import cache, pattern
from cleaner.dispatch import FastMatcher, Tables
from cleaner.model import Zone
from cleaner.rule import Near, Rule, Scope, Until
from cleaner.signals import Signals
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Any, Final

_HERE = os.path.dirname(os.path.abspath(__file__))
# Patterns of a rule: each with the number of the section that holds it compiled, or -1.
_Codes = tuple[int, ...]


class StoredRules(Sequence[Rule]):
    """Rules in an archive, each made when it is first asked for.

    Args:
        archive: holds them.
        first: the number of the section of the first.
        count: how many there are.
    """

    def __init__(self, archive: cache.Archive | cache.Held, first: int, count: int) -> None:
        self._archive, self._first = archive, first
        self._rules: list[Rule | None] = [None] * count

    def __len__(self) -> int:
        return len(self._rules)

    def __getitem__(self, index: int) -> Rule:  # type: ignore[override]  # nobody asks for slices
        rule = self._rules[index]
        if rule is None:
            rule = self._rules[index] = self._thawed(index)
        return rule

    def __iter__(self) -> Iterator[Rule]:
        return (self[i] for i in range(len(self)))

    def _thawed(self, index: int) -> Rule:
        fields, codes = self._archive.section(self._first + index)
        sources = [*fields["match"], *fields["unless"]]
        for source, number in zip(sources, codes, strict=True):
            if number >= 0:
                pattern.remember(source, fields["case"], partial(_compiled, self._archive, number))
        return _rule(fields)


class BuiltIn(Value):
    """The rules that come with `cleaner`.

    Attributes:
        rules: all of them, in the order of their packs.
        bare: those without patterns.
        matcher: finds where the others hit.
    """

    __match_args__ = ("rules", "bare", "matcher")
    __slots__ = __match_args__

    def __init__(self, rules: Sequence[Rule], bare: Sequence[Rule], matcher: FastMatcher) -> None:
        self.rules: Final = rules
        self.bare: Final = bare
        self.matcher: Final = matcher


def built_in() -> BuiltIn:
    """The built-in rules, from the cache if it holds them as they are now. Raises RuleError for a bad pack."""
    base = rules_folder()
    key = _key(base)
    name = f"rules-{cache.digest(_HERE.encode()).hex()[:12]}"
    archive: cache.Archive | cache.Held | None = cache.open_archive(name, key)
    if archive is None:
        made = _make(base)
        if not cache.store(name, key, *made) or (archive := cache.open_archive(name, key)) is None:
            archive = cache.Held(*made)
    places, tables = archive.index
    first, bare = places
    rules = StoredRules(archive, first, len(bare))
    with_patterns = _Picked(rules, [i for i, b in enumerate(bare) if not b])
    return BuiltIn(
        rules, [rules[i] for i, b in enumerate(bare) if b], FastMatcher(with_patterns, Tables(*tables))
    )


def rules_folder() -> str:
    """The folder of the packs: inside the package in a wheel, beside it in a checkout and an editable install."""
    inside = os.path.join(_HERE, "rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_HERE), "rules")


class _Picked(Sequence[Rule]):
    """Some of many rules, by their places among all."""

    def __init__(self, rules: Sequence[Rule], places: list[int]) -> None:
        self._rules, self._places = rules, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> Rule:  # type: ignore[override]
        return self._rules[self._places[index]]


def _key(base: str) -> bytes:
    """What the cache depends on: this Python, this code and every pack (names, sizes, times, as for `.pyc` files)."""
    seen: list[object] = [sys.version, sys.implementation.cache_tag, _sre.MAGIC, _HERE]
    for folder in (_HERE, base, *sorted(e.path for e in os.scandir(base) if e.is_dir())):
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if entry.name.endswith((".py", ".toml")):
                info = entry.stat()
                seen.append((entry.path, info.st_size, info.st_mtime_ns))
    return repr(seen).encode()


def _stamp(folder: str, names: Sequence[str]) -> bytes:
    seen = [(name, (info := os.stat(os.path.join(folder, name))).st_size, info.st_mtime_ns) for name in names]
    return repr((sys.version, folder, seen)).encode()


def _make(base: str) -> tuple[Any, list[Any]]:
    """Index and sections for the cache, from the packs in the folder `base`."""
    from cleaner.code import code_of
    from cleaner.gates import Gate, gate
    from cleaner.packs import load_packs
    from cleaner.tables import tables_of

    del base  # `load_packs` finds it as `rules_folder` does
    rules = [rule for pack in load_packs() for rule in pack.rules]
    sections: list[Any] = []
    numbers: dict[tuple[str, bool], int] = {}

    def number(source: str, case: bool) -> int:
        if (source, case) not in numbers:
            code = code_of(source, case)
            numbers[source, case] = len(sections) if code else -1
            if code:
                sections.append(code)
        return numbers[source, case]

    records = [(_fields(r), tuple(number(p, r.case) for p in (*r.match, *r.unless))) for r in rules]
    first = len(sections)
    # Gates are the dearest to make; when one pack has changed, those of all others are still good.
    stamp = _stamp(_HERE, ("gates.py", "plain.py", "dispatch.py", "fold.py"))
    old = cache.open_archive("gates", stamp)
    known: dict[str, Any] = old.index if old else {}
    wanted = {p for r in rules for p in r.match}
    gates = {p: Gate(*known[p]) if p in known else gate(p) for p in wanted}
    if not known.keys() >= wanted:
        cache.store("gates", stamp, known | {p: tuple(g) for p, g in gates.items()})
    tables = tables_of([r for r in rules if r.match], gates.__getitem__)
    return ((first, tuple(not r.match for r in rules)), tuple(tables.fields().values())), sections + records


_KEPT = (
    "id", "category", "language", "file", "why", "match", "unless", "score", "case", "min_words", "max_words", "repeat",
    "drop", "keep", "examples",
)  # fmt: skip


def _fields(rule: Rule) -> dict[str, Any]:
    """A rule as plain data."""
    return {name: getattr(rule, name) for name in _KEPT} | {
        "when": (rule.when.names, rule.when.must, rule.when.never),
        "scope": str(rule.scope),
        "zones": [str(z) for z in rule.zones],
        "near": rule.near and (sorted(rule.near.categories), rule.near.within),
        "until": (rule.until.blank, rule.until.pattern, rule.until.lines),
    }


def _rule(fields: dict[str, Any]) -> Rule:
    near = fields["near"]
    return Rule(
        **{name: fields[name] for name in _KEPT},
        when=Signals(*fields["when"]),
        scope=Scope(fields["scope"]),
        zones=frozenset(map(Zone, fields["zones"])),
        near=near and Near(frozenset(near[0]), near[1]),
        until=Until(*fields["until"]),
    )


def _compiled(archive: cache.Archive | cache.Held, number: int) -> pattern.Plain:
    source, flags, code, groups, names, ascii_only, starts = archive.section(number)
    index: list[str | None] = [None] * (groups + 1)
    for name, group in names.items():
        index[group] = name
    made = _sre.compile(source, flags, code, groups, names, tuple(index))
    return made, made.match if starts else made.search, ascii_only
