"""From TOML to rule packs, strictly: whatever is not understood is an error that names file, rule and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any

import regex

from cleaner.errors import RuleError
from cleaner.rules import pattern, safety
from cleaner.rules.rule import CATEGORIES, Near, Rule, RulePack, Scope, Until
from cleaner.text.document import Zone
from cleaner.text.signals import Signals

# What a pack says before its rules, and of each rule, in the order in which packs are written.
PACK_KEYS = ("about", "category", "language")
RULE_KEYS = (
    "id", "why", "match", "when", "unless", "scope", "score", "case", "zone", "min_words", "max_words", "near",
    "repeat", "until", "drop", "keep", "example",
)  # fmt: skip
# What is wrong with a pattern, given its source and whether case counts; None: nothing.
Fault = Callable[[str, bool], str | None]
_ID = regex.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def fault_of(source: str, case: bool) -> str | None:
    """What is wrong with a pattern, in words; None: nothing."""
    try:
        compiled = pattern.compiled(source, case)
    except (regex.error, ValueError) as e:
        return f"pattern does not compile: {source!r}: {e}"
    except (RecursionError, MemoryError):
        return "a pattern is nested too deeply to compile"
    for reason in safety.problems(source):  # before it is tried: one that calls itself would take all memory
        return f"{reason}: {source!r}"
    return f"pattern hits the empty line: {source!r}" if compiled.search("") else None


def load_pack(path: Traversable, name: str | None = None, fault: Fault = fault_of) -> RulePack:
    """Read one pack file.

    Args:
        path: the file.
        name: how errors and `rules list` call it; its path by default.
        fault: says what `fault_of` says, where somebody can do it sooner.

    Raises:
        RuleError: unreadable, not TOML, or a rule that breaks the format of `docs/rules.md`. Examples are not run
            here: see `cleaner.workbench.proof`.
    """
    name = name or str(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise RuleError(name, None, e.strerror or str(e)) from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise RuleError(name, None, f"not valid TOML: {e}") from e
    except RecursionError as e:
        raise RuleError(name, None, "nested too deeply") from e
    return parse_pack(data, name, fault)


def parse_pack(data: Mapping[str, Any], file: str, fault: Fault = fault_of) -> RulePack:
    """Check the parsed TOML `data` of a pack called `file`. Raises RuleError as `load_pack` does."""
    unknown = sorted(set(data) - {*PACK_KEYS, "rule"})
    if unknown:
        raise RuleError(file, None, f"unknown key {unknown[0]!r}; known: {', '.join(sorted((*PACK_KEYS, 'rule')))}")
    for key in PACK_KEYS:
        if not isinstance(data.get(key), str) or not data[key]:
            raise RuleError(file, None, f"{key!r} is missing or is no text")
    if data["category"] not in CATEGORIES:
        raise RuleError(file, None, f"unknown category {data['category']!r}; known: {', '.join(CATEGORIES)}")
    entries = data.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise RuleError(file, None, "'rule' must be an array of tables, written [[rule]]")
    rules = tuple(_Entry(e, file, data["category"], data["language"], fault).rule() for e in entries)
    check_unique(rules)
    return RulePack(file, data["about"], data["category"], data["language"], rules)


def check_unique(rules: Iterable[Rule]) -> None:
    """Raise RuleError if two rules share a full id."""
    seen: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in seen:
            raise RuleError(rule.file, rule.id, f"duplicate id, first used in {seen[rule.id].file}")
        seen[rule.id] = rule


class _Entry:
    """One `[[rule]]` table on its way to a Rule."""

    def __init__(self, data: dict[str, Any], file: str, category: str, language: str, fault: Fault) -> None:
        self.data, self.file, self.category, self.language, self.fault = data, file, category, language, fault
        self.name: str | None = data.get("id") if isinstance(data.get("id"), str) else None

    def error(self, reason: str) -> RuleError:
        return RuleError(self.file, self.name, reason)

    def rule(self) -> Rule:
        unknown = sorted(set(self.data) - set(RULE_KEYS))
        if unknown:
            raise self.error(f"unknown key {unknown[0]!r}; known: {', '.join(sorted(RULE_KEYS))}")
        if self.name is None or not _ID.fullmatch(self.name):
            raise self.error(f"'id' must be kebab-case, such as 'read-more'; got {self.data.get('id')!r}")
        if not self.text("why"):
            raise self.error("'why' is missing")
        case = self.value("case", bool, False)
        match, unless = self.patterns("match", case), self.patterns("unless", case)
        rule = Rule(
            id=f"{self.category}/{self.language}/{self.name}",
            category=self.category, language=self.language, file=self.file,
            why=self.text("why"), match=match, when=self.signals(), unless=unless, scope=self.scope(),
            score=float(self.value("score", (int, float), 1.0)), case=case, zones=self.zones(),
            min_words=self.value("min_words", int, 0), max_words=self.value("max_words", int, None),
            near=self.near(), repeat=self.value("repeat", int, 0), until=self.until(case),
            drop=self.lines("drop"), keep=self.lines("keep"), examples=self.lines("example"),
        )  # fmt: skip
        self.check(rule)
        return rule

    def check(self, rule: Rule) -> None:
        if not rule.match and not rule.when.names:
            raise self.error("needs 'match' or 'when'")
        if not rule.match and (rule.unless or rule.min_words or rule.max_words is not None):
            raise self.error("word limits and 'unless' need 'match'; ask for signals instead, such as 'short'")
        if rule.match and rule.when.context:
            raise self.error("signals of neighbours ('prev-dropped', …) belong to rules without 'match'")
        if "until" in self.data and rule.scope is not Scope.BLOCK:
            raise self.error("'until' belongs to scope = \"block\"")
        if rule.scope is not Scope.LINE and not rule.match:
            raise self.error(f"scope = \"{rule.scope}\" needs 'match'")
        if rule.scope is Scope.SPAN and not rule.sure:
            raise self.error("a span is cut or it is not: its score must be 1.0 or more")
        if rule.score == 0:
            raise self.error("a score of 0 does nothing")
        if rule.scope in (Scope.BLOCK, Scope.REST):
            if not rule.examples:
                raise self.error(f"missing example: scope = \"{rule.scope}\" needs an 'example' document")
        elif not rule.examples or rule.drop or rule.keep:
            least = 2 if rule.sure else 1
            if len(rule.drop) < least or not rule.keep:
                raise self.error(f"missing example: needs {least} 'drop' and one 'keep'")

    def text(self, key: str) -> str:
        return str(self.value(key, str, "")).strip()

    def value(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        value = self.data.get(key, default)
        if value is default:
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(f"{key!r} has the wrong type: {value!r}")
        return value

    def lines(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key, [])
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i.strip() for i in items):
            raise self.error(f"{key!r} must be a text or a list of texts")
        return tuple(items)

    def patterns(self, key: str, case: bool) -> tuple[str, ...]:
        found = self.lines(key)
        for p in found:
            if reason := self.fault(p, case):
                raise self.error(reason)
        return found

    def signals(self) -> Signals:
        try:
            return Signals.of(list(self.lines("when")))
        except KeyError as e:
            raise self.error(f"unknown signal {e.args[0]!r}; see 'cleaner rules signals'") from e

    def scope(self) -> Scope:
        value = self.value("scope", str, "line")
        if value not in set(Scope):
            raise self.error(f"unknown scope {value!r}; known: {', '.join(Scope)}")
        return Scope(value)

    def zones(self) -> frozenset[Zone]:
        names = self.lines("zone")
        for name in names:
            if name not in set(Zone):
                raise self.error(f"unknown zone {name!r}; known: {', '.join(Zone)}")
        return frozenset(map(Zone, names))

    def near(self) -> Near | None:
        value = self.value("near", dict, None)
        if value is None:
            return None
        names, within = value.get("category"), value.get("within", 1)
        names = [names] if isinstance(names, str) else names
        if set(value) - {"category", "within"} or not isinstance(names, list) or type(within) is not int or within < 1:
            raise self.error("'near' is { category = \"…\" or a list, within = a number of lines }")
        for name in names:
            if name not in CATEGORIES:
                raise self.error(f"unknown category {name!r} in 'near'; known: {', '.join(CATEGORIES)}")
        return Near(frozenset(names), within)

    def until(self, case: bool) -> Until:
        value = self.data.get("until", "prose")
        if type(value) is int and 1 <= value <= 30:
            return Until(lines=value)
        if value == "prose":
            return Until()
        if value == "blank":
            return Until(blank=True)
        if isinstance(value, str):
            return Until(pattern=self.patterns("until", case)[0])
        raise self.error('\'until\' is "prose", "blank", a pattern, or a number of lines from 1 to 30')
