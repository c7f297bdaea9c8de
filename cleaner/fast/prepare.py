"""The built-in rules made ready to be stored: packs read, tables and patterns compiled, all of it as plain data."""

from __future__ import annotations

import marshal
import re
import warnings
from array import array
from re import _compiler, _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from cleaner.fast import cache, compiling, sources
from cleaner.fast.frozen import Code, compiler
from cleaner.fast.gates import Gate, gate_of
from cleaner.fast.lookup import GROUP, PARTED
from cleaner.fast.packed import ALIGNED, packed
from cleaner.fast.parsing import parsed
from cleaner.fast.pattern_tree import Nodes, nodes_of
from cleaner.fast.tables import tables_of
from cleaner.rules.loader import fault_of
from cleaner.rules.packs import load_packs
from cleaner.rules.rule import Rule
from cleaner.rules.safety import problems
from cleaner.text import patterns

if TYPE_CHECKING:
    from cleaner.fast.packed import Packed


def prepared() -> tuple[Any, list[Any]]:
    """Index and sections for `cleaner.fast.store`. Raises RuleError for a bad pack.

    The index: the program's own patterns; the number of the first of six sections (entries, the other tables, rules
    without patterns, where the pattern of each entry is, and two with the tables for the core); that of the first rule's section; how many rules there are; which Python compiled. Before all these
    stand the compiled patterns and the parts of tables.
    """
    from cleaner.judging import engine  # noqa: F401  # their own patterns are wanted too
    from cleaner.output import result  # noqa: F401  # their own patterns are wanted too

    read = _Patterns()
    rules = [rule for pack in load_packs(fault=read.fault) for rule in pack.rules]
    sections: list[Any] = []
    numbers: dict[tuple[str, bool], int] = {}
    for rule in rules:
        for source in (*rule.match, *rule.unless):
            if (source, rule.case) not in numbers:
                found = read.codes[source, rule.case]
                numbers[source, rule.case] = len(sections) if found else -1
                if found:
                    sections.append(found)
    gates = {source: read.gate(source) for source in dict.fromkeys(p for rule in rules for p in rule.match)}
    made = tables_of([r for r in rules if r.match], gates.__getitem__)
    tables = [_parts(some, sections) if name in PARTED else some for name, some in made.fields().items()][1:]
    entries = made.entries
    besides = [entries.besides(number) for number in range(len(entries))]
    rows = entries.rows, len(sections)
    sections += [besides[at : at + GROUP] for at in range(0, len(besides), GROUP)]
    bare = [i for i, rule in enumerate(rules) if not rule.match]
    small = len(sections)
    # In the order of the entries, in one number each: a list of pairs would be made anew at every start.
    codes = array("i", [numbers[p, rule.case] << 1 | rule.case for rule in rules for p in rule.match]).tobytes()
    sections += [rows, tables, [(i, record(rules[i])) for i in bare], codes, *_apart(packed(made))]
    first = len(sections)
    for rule in rules:
        used = [numbers[p, rule.case] for p in (*rule.match, *rule.unless)]
        sections.append((record(rule), used) if rule.match else None)
    own = [(flags, code) for source, flags in patterns.asked() if (code := frozen(source, flags))]
    return (own, small, first, len(rules), compiler()), sections


def _apart(facts: Packed) -> tuple[Any, memoryview]:
    """What is packed for the core, its bytes in one piece: their sizes and what is no bytes, and that piece."""
    sizes = [len(some) for some in facts if isinstance(some, bytes)]
    whole = b"".join(some + bytes(-len(some) % ALIGNED) for some in facts if isinstance(some, bytes))
    return (sizes, *facts[len(sizes) :]), memoryview(whole)


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


def stored(code: compiling.Code) -> tuple[Code, bool, bool]:
    """What `compiling` makes of a rule's pattern: its code, whether it is for ASCII texts alone, and hits only at the start."""
    return (*code[:2], array("I", code[2]).tobytes(), *code[3:5]), *code[5:]


class _Patterns:
    """Reads each pattern once, while the packs are loaded.

    Attributes:
        codes: of each pattern, by its source and whether case counts: its code for `re`, whether it is for ASCII texts
            alone, and whether it hits only at the start; None: it is for `regex`.
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[str, bool], tuple[Code, bool, bool] | None] = {}
        self._nodes: dict[str, tuple[Nodes, int, int]] = {}

    def fault(self, source: str, case: bool) -> str | None:
        """See `loader.fault_of`, which is asked only where the standard library's parser does not answer for the pattern."""
        if (source, case) in self.codes:
            return None
        found = parsed(source)
        code = None
        if found and not problems(source, found.tree):
            least, most = found.tree.getwidth()
            nodes = nodes_of(found)
            self._nodes[source] = nodes, int(least), int(most)
            code = compiling.compiled(source, case, found, nodes)
        if code is None:
            self.codes[source, case] = None
            return fault_of(source, case)
        self.codes[source, case] = stored(code)
        return None if least else fault_of(source, case)

    def gate(self, source: str) -> Gate:
        """The gate of a pattern; to be asked once."""
        known = self._nodes.pop(source, None)
        return gate_of(*known) if known else Gate()


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
