"""The built-in rules, ready to use: taken from where `cleaner.fast.store_place` keeps them, in pieces.

A run that cleans one small text needs some dozens of the patterns; the others stay in the file.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.fast import store_place
from cleaner.fast.dispatch import FastMatcher
from cleaner.fast.lookup import PARTED, Entries, Parts, Tables
from cleaner.fast.plain_data import loads
from cleaner.rules import pattern
from cleaner.rules.rule import Near, Rule, Scope, Until
from cleaner.text.document import Zone
from cleaner.text.signals import Signals
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Final

    from cleaner.fast.cache import Archive, Held
    from cleaner.fast.candidates import Candidates
    from cleaner.fast.judge_numbers import Numbers
    from cleaner.fast.lookup import Part
    from cleaner.fast.packed import Packed


# To ask the enumerations themselves takes ten times as long.
_SCOPES = {str(scope): scope for scope in Scope}
_ZONES = {str(zone): zone for zone in Zone}


class StoredRules(Sequence[Rule]):
    """Rules in an archive, each made when it is first asked for.

    Args:
        archive: holds them.
        first: the number of the section of the first.
        count: how many there are.
        made: those that are made already, by their places.
        numbers: takes the number of each pattern of the rules that are made.
    """

    def __init__(
        self,
        archive: Archive | Held,
        first: int,
        count: int,
        made: dict[int, Rule],
        numbers: dict[tuple[str, bool], int],
    ) -> None:
        self._archive, self._first, self._numbers = archive, first, numbers
        self._rules = [made.get(i) for i in range(count)]

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
        record, codes = self._archive.section(self._first + index)
        for source, number in zip((*record["match"], *record["unless"]), codes, strict=True):
            self._numbers[source, record["case"]] = number
            pattern.provide(source, record["case"], _equal(source, record["case"]))
        return _rule(record)


class BuiltIn(Value):
    """The rules that come with `cleaner`.

    Attributes:
        rules: all of them, in the order of their packs.
        bare: those without patterns.
        matcher: finds where the others hit.
        numbers: gives what the core judges by.
    """

    __match_args__ = ("rules", "bare", "matcher", "numbers")
    __slots__ = __match_args__

    def __init__(
        self, rules: Sequence[Rule], bare: Sequence[Rule], matcher: FastMatcher, numbers: Callable[[], Numbers]
    ) -> None:
        self.rules: Final = rules
        self.bare: Final = bare
        self.matcher: Final = matcher
        self.numbers: Final = numbers


def built_in() -> BuiltIn:
    """The built-in rules as they are now. Raises RuleError for a bad pack."""
    archive, core_numbers = store_place.stored()
    groups, small, first, count = archive.index
    entries = Entries(archive.section(small), lambda group: archive.section(groups + group))
    bare = {i: _rule(record) for i, record in archive.section(small + 2)}

    def candidates() -> Candidates:
        from cleaner.fast.candidates import Candidates  # late: the core does without

        names = Tables.__match_args__[1:]
        some = zip(names, archive.section(small + 1), strict=True)
        tables: list[Any] = [_parts(archive, x) if name in PARTED else x for name, x in some]
        return Candidates(Tables(entries, *tables))

    def packed() -> Packed:
        from cleaner.fast.packed import from_pieces  # late: a small run has no use for it

        sizes, *rest = archive.section(small + 4)
        return from_pieces(sizes, archive.section(small + 5), *rest)

    def programs() -> tuple[bytes, Packed]:
        from cleaner.fast.packed import from_pieces  # late, too

        sizes, *rest = archive.section(small + 6)
        return archive.section(small + 3), from_pieces(sizes, archive.section(small + 7), *rest)

    numbers: dict[tuple[str, bool], int] = {}
    rules = StoredRules(archive, first, count, bare, numbers)
    with_patterns = _Picked(rules, [i for i in range(count) if i not in bare])
    return BuiltIn(
        rules,
        list(bare.values()),
        FastMatcher(with_patterns, entries, candidates, packed, programs, numbers),
        core_numbers,
    )


def _equal(source: str, case: bool) -> Callable[[], pattern.Equal | None]:
    def made() -> pattern.Equal | None:
        from cleaner.fast.standard_re import equal  # late: the core does without

        return equal(source, case)

    return made


class _Picked(Sequence[Rule]):
    """Some of many rules, by their places among all."""

    def __init__(self, rules: Sequence[Rule], places: list[int]) -> None:
        self._rules, self._places = rules, places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, index: int) -> Rule:  # type: ignore[override]
        return self._rules[self._places[index]]


def _parts(archive: Archive | Held, places: dict[str, int]) -> Parts:
    """A table whose parts stand packed in sections, those with one first character in one."""
    known: dict[str, dict[str, bytes]] = {}

    def section(char: str) -> dict[str, bytes]:
        if char not in known:
            known[char] = archive.section(places[char]) if char in places else {}
        return known[char]

    def load(first: str) -> Part | None:
        packed = section(first[0]).get(first)
        return loads(packed) if packed else None

    return Parts(load)


def _rule(record: dict[str, Any]) -> Rule:
    """The rule of which `prepare.record` made plain data."""
    near = record["near"]
    made = {
        "when": Signals(*record["when"]),
        "scope": _SCOPES[record["scope"]],
        "zones": frozenset(map(_ZONES.__getitem__, record["zones"])),
        "near": near and Near(frozenset(near[0]), near[1]),
        "until": Until(*record["until"]),
    }
    return Rule(**{**record, **made})
