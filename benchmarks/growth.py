"""Time against the size of the text, and against the number of rules."""

from __future__ import annotations

import argparse

from benchmarks.corpus import size, texts
from benchmarks.graph import bars
from benchmarks.report import Row, best
from cleaner import Cleaner
from cleaner.line_memo import LineMemo
from cleaner.rule import Rule
from cleaner.tables import fast_matcher
from cleaner.view import View


def run(options: argparse.Namespace) -> list[Row]:
    """Rules at 1, 2 and 4 times the packs (by copies under other names whose texts are changed), texts at 1, 2, 4."""
    found = texts(options)
    rows: list[Row] = []
    rules = list(Cleaner().rules)
    lines = list(dict.fromkeys(raw for t in found for raw in t.split("\n")))
    views = [v for v in map(View, lines) if v.text]
    mb = sum(len(v.raw.encode()) for v in views) / 1e6
    matchers = [fast_matcher(_grown(rules, n)) for n in (1, 2, 4)]
    for matcher in matchers:
        [matcher.hits(v) for v in views]
    times = best(options.rounds, *[lambda m=m: [m.hits(v) for v in views] for m in matchers])
    for n, t in zip((1, 2, 4), times, strict=True):
        rows.append({"what": f"matching, packs x {n}", "MB": mb, "seconds": t, "MB/s": mb / t, "of x 1": times[0] / t})
    cleaner = Cleaner()
    for part in (found[: len(found) // 4], found[: len(found) // 2], found):
        cleaner._engine._memo = LineMemo(cleaner._engine._matcher)
        [t] = best(1, lambda part=part: [cleaner.clean(text).body for text in part])
        rows.append({"what": f"cleaning, {len(part)} documents", "MB": size(part) / 1e6, "seconds": t, "MB/s": size(part) / t / 1e6})
    if options.graph:
        options.graph.write_text(bars("Matching, MB/s", [(r["what"], r["MB/s"]) for r in rows[:3]]))
    return rows


def _grown(rules: list[Rule], times: int) -> list[Rule]:
    """The rules and copies of them, whose patterns ask for another word at the end of what the original asks for."""
    out = list(rules)
    for n in range(1, times):
        out += [
            rule.replaced(id=f"{rule.id}-{n}", match=tuple(_other(p, n) for p in rule.match))
            for rule in rules
            if rule.match
        ]
    return out


def _other(pattern: str, n: int) -> str:
    """The pattern with each longer word a little changed, so that it looks for something else in the same way."""
    import re

    letter = "qxz"[n - 1]
    return re.sub(r"(?<![\\\w{])([a-z]{2})([a-z]{2,})(?![\w}*+?{])", rf"\1{letter}\2", pattern)
