"""The fast matcher against the naive loop, at findings that must be equal, line by line."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context

from benchmarks.corpus import texts
from benchmarks.report import Row, best
from cleaner import Cleaner
from cleaner.evidence.facts import Facts
from cleaner.fast.dispatch import FastMatcher
from cleaner.fast.store import built_in
from cleaner.rules import pattern
from cleaner.rules.matcher import NaiveMatcher
from cleaner.rules.rule import Rule
from cleaner.text.form import own_signals
from cleaner.text.reading import Reading
from cleaner.text.view import View

_PIECE = 500


def run(options: argparse.Namespace) -> list[Row]:
    """Time both on the lines of the corpus, each distinct line once, and compare what they find.

    The naive loop applies every pattern by `regex`, as the definition says; it is timed on the same lines. With
    `--whole` nothing is timed side by side: the lines are compared in pieces, by `--jobs` processes, and the naive loop
    asks for a rule's length in words and own signals before its patterns, not after them.
    """
    if options.whole:
        return _whole(options)
    cleaner = Cleaner()
    fast = cleaner._built_in.matcher  # type: ignore[union-attr]
    naive = NaiveMatcher(cleaner.rules)
    raws = dict.fromkeys(raw for text in texts(options) for raw in text.split("\n"))
    views = [v for v in map(View, raws) if v.text]
    size = sum(len(v.raw.encode()) for v in views)
    found = [fast.hits(v) for v in views]
    [fast_time] = best(options.rounds, lambda: [fast.hits(v) for v in views])
    seen = [Facts(v.raw, fast) for v in views]
    [core_time] = best(options.rounds, lambda: [fast.look(v.raw) for v in views])
    expected: list[list[object]] = []
    with _by_regex_alone():
        [naive_time] = best(1, lambda: expected.extend(list(naive.hits(v)) for v in views))
    _compare([(v.raw, list(a), b) for v, a, b in zip(views, found, expected, strict=True)])
    _compare([(s.raw, list(s.hits), b) for s, b in zip(seen, expected, strict=True)])
    common = {"lines": len(views), "findings": sum(map(len, expected)), "rules": len(naive.rules)}
    return [
        {"matcher": "naive, distinct lines", **common, "seconds": naive_time, "MB/s": size / naive_time / 1e6, "x naive": 1.0},
        {"matcher": "fast, distinct lines", **common, "seconds": fast_time, "MB/s": size / fast_time / 1e6, "x naive": naive_time / fast_time},
        {
            "matcher": "core, distinct lines, with view and signals", **common, "seconds": core_time,
            "MB/s": size / core_time / 1e6, "x naive": naive_time / core_time,
        },
    ]  # fmt: skip


@contextmanager
def _by_regex_alone() -> Iterator[None]:
    """While it lasts, patterns are applied by `regex`, never by `re`, and without a time limit, which costs as much."""
    quick, limit = pattern.quick, pattern.TIMEOUT
    pattern.quick, pattern.TIMEOUT = (lambda source, case: None), None  # type: ignore[assignment]
    try:
        yield
    finally:
        pattern.quick, pattern.TIMEOUT = quick, limit


def _compare(lines: list[tuple[str, list[object], list[object]]]) -> None:
    wrong = [raw for raw, a, b in lines if a != b]
    for raw in wrong[:10]:
        print(f"findings differ: {raw!r}", file=sys.stderr)
    if wrong:
        raise SystemExit(f"{len(wrong)} of {len(lines)} lines differ")


def _whole(options: argparse.Namespace) -> list[Row]:
    raws = iter(dict.fromkeys(raw for text in texts(options) for raw in text.split("\n")))
    pieces = iter(lambda: list(islice(raws, _PIECE)), [])
    lines = findings = 0
    spent = [0.0, 0.0]
    Cleaner()  # so that the cache is there for all
    with get_context("spawn").Pool(options.jobs) as pool:
        for done, found, fast_time, naive_time in pool.imap_unordered(_piece, pieces):
            lines, findings = lines + done, findings + found
            spent = [spent[0] + fast_time, spent[1] + naive_time]
            print(f"{lines} lines, {findings} findings, all equal", file=sys.stderr, flush=True)
    return [
        {"matcher": name, "lines": lines, "findings": findings, "seconds": seconds}
        for name, seconds in zip(("fast, once", "by regex alone"), spent, strict=True)
    ]


_known: list[tuple[FastMatcher, list[Rule]]] = []


def _piece(raws: list[str]) -> tuple[int, int, float, float]:
    """Compare some lines. Returns how many there are with something to see, findings, and the seconds of both."""
    if not _known:
        fast = built_in().matcher
        _known.append((fast, list(fast.rules)))
    [(fast, rules)] = _known
    views = [v for v in map(View, raws) if v.text]
    start = time.process_time()
    found = [list(Facts(v.raw, fast).hits) for v in views]
    middle = time.process_time()
    with _by_regex_alone():
        expected = [_expected(rules, v) for v in views]
    end = time.process_time()
    _compare([(v.raw, [*a], b) for v, a, b in zip(views, found, expected, strict=True)])
    return len(views), sum(map(len, expected)), middle - start, end - middle


def _expected(rules: list[Rule], view: View) -> list[object]:
    reading = Reading(view)
    words, own = reading.count, own_signals(view, reading)
    return [
        (rule, start, end)
        for rule in rules
        if rule.min_words <= words and (rule.max_words is None or words <= rule.max_words) and rule.when.own_hold(own)
        for start, end in rule.hits(view, lambda _: words, None, own)
    ]
