"""The fast matcher against the naive loop, at findings that must be equal, line by line."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from benchmarks.corpus import texts
from benchmarks.report import Row, best
from cleaner import Cleaner, pattern
from cleaner.line_memo import LineMemo
from cleaner.matcher import NaiveMatcher
from cleaner.view import View


class _NoMatches:
    def hits(self, view: View, own: int | None = None) -> tuple[()]:
        del view, own
        return ()


def run(options: argparse.Namespace) -> list[Row]:
    """Time both on the lines of the corpus, each distinct line once, and compare what they find.

    The naive loop applies every pattern by `regex`, as the definition says; it is timed on the same lines.
    """
    cleaner = Cleaner()
    fast = cleaner._built_in.matcher  # type: ignore[union-attr]
    naive = NaiveMatcher(cleaner.rules)
    counted = Counter(raw for text in texts(options) for raw in text.split("\n"))
    views = [v for v in map(View, counted) if v.text]
    size = sum(len(v.raw.encode()) for v in views)
    everything = sum(len(raw.encode()) * n for raw, n in counted.items())
    found = [fast.hits(v) for v in views]
    [fast_time] = best(options.rounds, lambda: [fast.hits(v) for v in views])
    quick, pattern._quick = pattern._quick, lambda *_: None
    expected: list[list[object]] = []
    [naive_time] = best(1, lambda: expected.extend(list(naive.hits(v)) for v in views))
    pattern._quick = quick
    wrong = [v.raw for v, a, b in zip(views, found, expected, strict=True) if list(a) != b]
    for raw in wrong[:10]:
        print(f"findings differ: {raw!r}", file=sys.stderr)
    if wrong:
        raise SystemExit(f"{len(wrong)} of {len(views)} lines differ")
    lines = [raw for text in texts(options) for raw in text.split("\n")]

    def remembered(matcher: object) -> float:
        memo = LineMemo(matcher)  # type: ignore[arg-type]
        return best(1, lambda: [memo[raw] for raw in lines])[0]

    whole = min(remembered(fast) - remembered(_NoMatches()) for _ in range(options.rounds))
    common = {"lines": len(views), "findings": sum(map(len, expected)), "rules": len(naive.rules)}
    return [
        {"matcher": "naive, distinct lines", **common, "seconds": naive_time, "MB/s": size / naive_time / 1e6, "x naive": 1.0},
        {"matcher": "fast, distinct lines", **common, "seconds": fast_time, "MB/s": size / fast_time / 1e6, "x naive": naive_time / fast_time},
        {
            "matcher": "fast, corpus with line memo", **common, "lines": len(lines), "seconds": whole,
            "MB/s": everything / whole / 1e6, "x naive": naive_time * everything / size / whole,
        },
    ]  # fmt: skip
