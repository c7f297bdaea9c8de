"""Rules as people read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cleaner.render.terminal import StyledLine
from cleaner.rules.rule import CATEGORIES, Rule, Until


def listing(rules: Sequence[Rule]) -> Iterator[StyledLine]:
    """One line a rule: id, scope, score, why."""
    wide = max((len(r.id) for r in rules), default=0)
    for r in rules:
        yield [(f"{r.id:<{wide}}", "cyan"), (f"  {r.scope:<5} {r.score:>5.2f}  ", "dim"), (r.why + "\n", "")]


def details(rule: Rule) -> Iterator[StyledLine]:
    """Everything a pack says of one rule."""
    yield [(f"{rule.id}\n", "bold cyan")]
    yield [(f"  {rule.why}\n", "")]
    yield [(f"  {rule.file}\n\n", "dim")]
    for name, values in conditions(rule):
        for i, value in enumerate(values):
            yield [(f"  {name if not i else '':<10}", "bold"), (f"{value}\n", "")]
    for name, lines, mark, style in (("drop", rule.drop, "-", "red"), ("keep", rule.keep, " ", "green")):
        if lines:
            yield [(f"\n  {name}\n", "bold")]
            yield from ([(f"  {mark} {line}\n", style)] for line in lines)
    for example in rule.examples:
        yield [("\n  example\n", "bold")]
        for line in example.strip("\n").split("\n"):
            yield [(f"  {line[:1]} {line[1:]}\n", "red" if line.startswith("-") else "")]


def conditions(rule: Rule) -> Iterator[tuple[str, Sequence[object]]]:
    """What a rule asks for and does, key by key as packs name them; a key with no values is not in its pack."""
    yield "scope", [rule.scope]
    yield "score", [f"{rule.score:g}"]
    yield "match", rule.match
    yield "unless", rule.unless
    yield "when", [", ".join(rule.when.names)] if rule.when.names else []
    yield "zone", [", ".join(sorted(rule.zones))] if rule.zones else []
    yield "min_words", [rule.min_words] if rule.min_words else []
    yield "max_words", [rule.max_words] if rule.max_words is not None else []
    yield "near", [f"{', '.join(sorted(rule.near.categories))} within {rule.near.within}"] if rule.near else []
    yield "repeat", [rule.repeat] if rule.repeat else []
    yield "case", ["sensitive"] if rule.case else []
    if rule.until != Until():
        yield "until", ["blank" if rule.until.blank else rule.until.pattern or rule.until.lines]


def statistics(rules: Iterable[Rule]) -> Iterator[StyledLine]:
    """How many rules each category has in each language."""
    counts = Counter((r.category, r.language) for r in rules)
    languages = sorted({language for _, language in counts})
    yield [(f"{'':<12}" + "".join(f"{n:>5}" for n in languages) + f"{'all':>6}\n", "bold")]
    for category in CATEGORIES:
        row = [counts[category, n] for n in languages]
        if any(row):
            cells = "".join(f"{n or '·':>5}" for n in row)
            yield [(f"{category:<12}", "cyan"), (cells, ""), (f"{sum(row):>6}\n", "bold")]
    columns = [sum(counts[c, n] for c in CATEGORIES) for n in languages]
    yield [(f"{'all':<12}" + "".join(f"{n:>5}" for n in columns) + f"{sum(columns):>6}\n", "bold")]
