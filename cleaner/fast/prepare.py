"""The built-in rules made ready to be stored: packs read, tables and programs made, all of it as plain data."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from cleaner.fast.gates import Gate, gate_of
from cleaner.fast.lookup import GROUP, PARTED
from cleaner.fast.packed import ALIGNED, packed
from cleaner.fast.plain_data import dumps
from cleaner.fast.programs import programs_of
from cleaner.fast.tables import tables_of
from cleaner.rules.loader import fault_of
from cleaner.rules.packs import load_packs
from cleaner.rules.rule import Rule
from cleaner.rules.safety import problems_of
from cleaner.rules.syntax import Tree, UnreadError, read, width


def prepared() -> tuple[Any, list[Any]]:
    """Index and sections for `cleaner.fast.store`. Raises RuleError for a bad pack.

    The index: the numbers of the sections of the first group of what entries ask for besides, of the first of eight (entries; the other
    tables; rules without patterns; the program of each entry; two with the tables for the core and two with the programs), and of the
    first rule; and how many rules there are. Before all these stand the parts of tables.
    """
    patterns = _Patterns()
    rules = [rule for pack in load_packs(fault=patterns.fault) for rule in pack.rules]
    numbers: dict[tuple[str, bool], int] = {}
    for rule in rules:
        for source in (*rule.match, *rule.unless):
            numbers.setdefault((source, rule.case), len(numbers))
    sections: list[Any] = []
    gates = {source: patterns.gate(source) for source in dict.fromkeys(p for rule in rules for p in rule.match)}
    made = tables_of([r for r in rules if r.match], gates.__getitem__)
    tables = [_parts(some, sections) if name in PARTED else some for name, some in made.fields().items()][1:]
    entries = made.entries
    besides = [entries.besides(number) for number in range(len(entries))]
    groups = len(sections)
    sections += [besides[at : at + GROUP] for at in range(0, len(besides), GROUP)]
    bare = [i for i, rule in enumerate(rules) if not rule.match]
    small = len(sections)
    # In the order of the entries.
    tried = array("I", [numbers[p, rule.case] for rule in rules for p in rule.match]).tobytes()
    sections += [memoryview(entries.rows), tables, [(i, record(rules[i])) for i in bare], tried]
    sections += [*_apart(packed(made)), *_apart(programs_of(numbers, patterns.tree))]
    first = len(sections)
    for rule in rules:
        used = [numbers[p, rule.case] for p in (*rule.match, *rule.unless)]
        sections.append((record(rule), used) if rule.match else None)
    return (groups, small, first, len(rules)), sections


def _apart(facts: Sequence[Any]) -> tuple[Any, memoryview]:
    """What is packed for the core, its bytes in one piece: their sizes and what is no bytes, and that piece."""
    sizes = [len(some) for some in facts if isinstance(some, bytes)]
    whole = b"".join(some + bytes(-len(some) % ALIGNED) for some in facts if isinstance(some, bytes))
    return (sizes, *facts[len(sizes) :]), memoryview(whole)


def record(rule: Rule) -> dict[str, Any]:
    """A rule as plain data: the arguments of `Rule`, those that are no plain data as what they are made of."""
    return rule.fields() | {
        "when": tuple(rule.when.fields().values()),
        "scope": str(rule.scope),
        "zones": sorted(map(str, rule.zones)),
        "near": rule.near and (sorted(rule.near.categories), rule.near.within),
        "until": tuple(rule.until.fields().values()),
    }


class _Patterns:
    """Reads each pattern once, while the packs are loaded."""

    def __init__(self) -> None:
        self._trees: dict[str, Tree | None] = {}

    def fault(self, source: str, case: bool) -> str | None:
        """See `loader.fault_of`, which is asked only of a pattern that is not read, or has faults."""
        known = self._trees.get(source)
        if known is not None:
            return None
        try:
            tree = read(source)
        except UnreadError:
            return fault_of(source, case)
        if problems_of(tree) or not width(tree)[0]:
            return fault_of(source, case)
        self._trees[source] = tree
        return None

    def tree(self, source: str) -> Tree | None:
        """A pattern as it was read; None if it is not."""
        if source not in self._trees:
            try:
                self._trees[source] = read(source)
            except UnreadError:
                self._trees[source] = None
        return self._trees[source]

    def gate(self, source: str) -> Gate:
        """The gate of a pattern."""
        tree = self.tree(source)
        return Gate() if tree is None else gate_of(tree)


def _parts(table: dict[str, Any], sections: list[Any]) -> dict[str, int]:
    """Put the parts of a table, packed, in sections, those with one first character in one.

    Returns the numbers of the sections, by the character.
    """
    by_char: dict[str, dict[str, bytes]] = {}
    for first, part in table.items():
        by_char.setdefault(first[0], {})[first] = dumps(part)
    places = {}
    for char, parts in by_char.items():
        places[char] = len(sections)
        sections.append(parts)
    return places
