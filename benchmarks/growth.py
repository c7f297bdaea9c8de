"""Time against the size of the text, and against the number of rules."""

from __future__ import annotations

import argparse
import re
from functools import partial

from benchmarks.corpus import size, texts
from benchmarks.graph import bars
from benchmarks.report import Row, best
from cleaner import Cleaner
from cleaner.fast.tables import fast_matcher
from cleaner.rules.rule import Rule


def run(options: argparse.Namespace) -> list[Row]:
    """Rules at 1, 2 and 4 times the packs (by the same in languages that do not exist), texts at 1, 2, 4."""
    found = texts(options)
    rows: list[Row] = []
    rules = list(Cleaner().rules)
    lines = list(dict.fromkeys(raw for t in found for raw in t.split("\n")))
    mb = sum(len(raw.encode()) for raw in lines) / 1e6
    matchers = [fast_matcher(_grown(rules, n), by_programs=True) for n in (1, 2, 4)]
    for matcher in matchers:
        [matcher.look(raw) for raw in lines]
    times = best(options.rounds, *[lambda m=m: [m.look(raw) for raw in lines] for m in matchers])
    for n, t in zip((1, 2, 4), times, strict=True):
        rows.append({"what": f"matching, packs x {n}", "MB": mb, "seconds": t, "MB/s": mb / t, "of x 1": times[0] / t})
    cleaner = Cleaner()
    for part in (found[: len(found) // 4], found[: len(found) // 2], found):
        cleaner._engine.forget()
        [t] = best(1, partial(cleaned, cleaner, part))
        rows.append(
            {
                "what": f"cleaning, {len(part)} documents",
                "MB": size(part) / 1e6,
                "seconds": t,
                "MB/s": size(part) / t / 1e6,
            }
        )
    if options.graph:
        options.graph.write_text(bars("Matching, MB/s", [(r["what"], r["MB/s"]) for r in rows[:3]]))
    return rows


def cleaned(cleaner: Cleaner, part: list[str]) -> list[str]:
    """The bodies of some texts."""
    return [cleaner.clean(text).body for text in part]


def _grown(rules: list[Rule], times: int) -> list[Rule]:
    """The rules, and the same rules in languages that do not exist, each with words of its own.

    Packs grow by languages and by kinds of boilerplate: by patterns of the same make that ask for other words. Copies
    that ask for the same words would all be tried wherever one is, and measure something else.
    """
    out = list(rules)
    for n in range(1, times):
        out += [
            rule.replaced(id=f"{rule.id}-{n}", match=tuple(_foreign(p, n) for p in rule.match))
            for rule in rules
            if rule.match
        ]
    return out


def _foreign(source: str, n: int) -> str:
    """The pattern with every letter that stands for itself changed for another: vowels for vowels."""

    def other(m: re.Match[str]) -> str:
        return m[0] if m[1] is None else m[0].translate(_LETTERS[n - 1])

    return _PIECE.sub(other, source)


_PIECE = re.compile(
    r"\\[uU][0-9a-fA-F]{4,8}|\\x[0-9a-fA-F]{2}|\\[pP]\{\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?\w?|([a-z]+)"
)
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_LETTERS = [
    str.maketrans(_VOWELS + _CONSONANTS, _VOWELS[k:] + _VOWELS[:k] + _CONSONANTS[5 * k :] + _CONSONANTS[: 5 * k])
    for k in (1, 2, 3)
]
