"""The built-in rules made ready to be stored: packs read, tables and patterns compiled, all of it as plain data."""

from __future__ import annotations

import marshal
import re
import warnings
from array import array
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import Any

from cleaner.fast import cache, sources
from cleaner.fast.compiling import code_of
from cleaner.fast.frozen import Code
from cleaner.fast.gates import Gate, gate
from cleaner.fast.lookup import PARTED
from cleaner.fast.packed import packed
from cleaner.fast.tables import tables_of
from cleaner.rules.packs import load_packs
from cleaner.rules.rule import Rule
from cleaner.text import patterns


def prepared() -> tuple[Any, list[Any]]:
    """Index and sections for `cleaner.fast.store`. Raises RuleError for a bad pack.

    The index: the program's own patterns; the number of the first of four sections (tables, rules without patterns,
    where the pattern of each entry is, and the tables for the core); that of the first rule's section; how many rules there are. Before all these
    stand the compiled patterns and the parts of tables.
    """
    from cleaner.judging import engine  # noqa: F401  # their own patterns are wanted too
    from cleaner.output import result  # noqa: F401  # their own patterns are wanted too

    rules = [rule for pack in load_packs() for rule in pack.rules]
    sections: list[Any] = []
    numbers: dict[tuple[str, bool], int] = {}
    for rule in rules:
        for source in (*rule.match, *rule.unless):
            if (source, rule.case) not in numbers:
                found = plain_code(source, rule.case)
                numbers[source, rule.case] = len(sections) if found else -1
                if found:
                    sections.append(found)
    gates = _gates({p for r in rules for p in r.match})
    tables: list[Any] = []
    made = tables_of([r for r in rules if r.match], gates.__getitem__)
    for name, table in made.fields().items():
        tables.append(_parts(table, sections) if name in PARTED else table)
    bare = [i for i, rule in enumerate(rules) if not rule.match]
    small = len(sections)
    codes = [(numbers[p, rule.case], rule.case) for rule in rules for p in rule.match]  # in the order of the entries
    sections += [tables, [(i, record(rules[i])) for i in bare], codes, packed(made)]
    first = len(sections)
    for rule in rules:
        used = [numbers[p, rule.case] for p in (*rule.match, *rule.unless)]
        sections.append((record(rule), used) if rule.match else None)
    own = [(flags, code) for source, flags in patterns.asked() if (code := frozen(source, flags))]
    return (own, small, first, len(rules)), sections


def write_prepared(path: str) -> None:
    """Write what `prepared` gives to a file that is to be installed beside the code. Raises OSError, RuleError."""
    cache.write(path, sources.key(), *prepared())


def record(rule: Rule) -> dict[str, Any]:
    """A rule as plain data: the arguments of `Rule`, those that are no plain data as what they are made of."""
    return rule.fields() | {
        "when": tuple(rule.when.fields().values()),
        "scope": str(rule.scope),
        "zones": sorted(map(str, rule.zones)),
        "near": rule.near and (sorted(rule.near.categories), rule.near.within),
        "until": tuple(rule.until.fields().values()),
    }


def frozen(source: str, flags: int) -> Code | None:
    """A pattern for `re`, compiled, as plain data; None if `re` has doubts about it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = _parser.parse(source, flags)
        words = array("I", map(int, _compiler._code(tree, flags)))
    except (re.error, FutureWarning, OverflowError, RecursionError):
        return None
    return source, flags | int(tree.state.flags), words.tobytes(), tree.state.groups - 1, dict(tree.state.groupdict)


def plain_code(source: str, case: bool) -> tuple[Code, bool, bool] | None:
    """A rule's pattern for `re`: its code, whether it is for ASCII texts alone, and whether it hits only at the start."""
    found = code_of(source, case)
    return found and ((*found[:2], array("I", found[2]).tobytes(), *found[3:5]), *found[5:])


def _gates(patterns: set[str]) -> dict[str, Gate]:
    """The gates of all patterns, which are the dearest to make; those of packs that did not change are remembered."""
    key = sources.code_key(sources.GATE_MODULES)
    name = f"gates-{cache.digest(key).hex()[:12]}"
    old = cache.open_archive(name, key)
    known: dict[str, Any] = old.index if old else {}
    gates = {p: Gate(*known[p]) if p in known else gate(p) for p in patterns}
    if not known.keys() >= patterns:
        cache.store(name, key, known | {p: tuple(g) for p, g in gates.items()})
    return gates


def _parts(table: dict[str, Any], sections: list[Any]) -> dict[str, int]:
    """Put the parts of a table, packed, in sections, those with one first character in one.

    Returns the numbers of the sections, by the character.
    """
    by_char: dict[str, dict[str, bytes]] = {}
    for first, part in table.items():
        by_char.setdefault(first[0], {})[first] = marshal.dumps(part, 2)
    places = {}
    for char, parts in by_char.items():
        places[char] = len(sections)
        sections.append(parts)
    return places
