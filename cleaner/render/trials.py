"""Rules tried and counted on a corpus, as people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cleaner.render.terminal import StyledLine, shortened
from cleaner.workbench.census import Census
from cleaner.workbench.corpus_trial import CorpusTrial, Totals
from cleaner.workbench.trial import CLOSE, HIT, STOPPED

_STYLES = {HIT: "red", CLOSE: "dim"}
_WIDE = 100


def corpus_trials(found: Iterable[CorpusTrial], context: bool, most: int) -> Iterator[StyledLine]:
    """What rules did on the lines of a corpus.

    Args:
        found: the lines; all are gone through, so that totals count them.
        context: show the lines beside each hit.
        most: how many of each outcome to show.
    """
    shown: dict[str, int] = {}
    for one in found:
        t = one.trial
        shown[t.outcome] = shown.get(t.outcome, 0) + 1
        if shown[t.outcome] > most:
            continue
        notes = [t.reason] if t.reason else []
        if t.outcome == HIT and t.rule.score > 0:
            notes.append("new" if one.only else "taken already")
        if one.risk:
            notes.append(f"body? {one.risk}")
        if context and one.before:
            yield [(f"{'':8}| {shortened(one.before, _WIDE)}\n", "dim")]
        yield [
            (f"{one.name}:{t.line}: ", "dim"),
            (f"{t.outcome:<7} ", _STYLES.get(t.outcome, "yellow")),
            (f"{t.rule.id}: ", "cyan"),
            (t.text, "red" if t.outcome == HIT else ""),
            (f"  [{'; '.join(notes)}]\n" if notes else "\n", "bold red" if one.risk else "yellow"),
        ]
        if context and one.after:
            yield [(f"{'':8}| {shortened(one.after, _WIDE)}\n", "dim")]


def totals_line(totals: Totals) -> str:
    """The figures of a trial, in one line."""
    hits = totals.hits
    return (
        f"{totals.documents} documents, {totals.lines} lines: {hits[HIT]} hits in {totals.in_documents} documents,"
        f" {totals.only} of them new (no present rule takes them), {totals.risks} of those perhaps body;"
        f" {hits[STOPPED]} stopped, {hits[CLOSE]} near misses"
    )


def census_lines(census: Census, times: Sequence[tuple[str, float]], most: int) -> Iterator[StyledLine]:
    """Hits, dead rules, overlaps and times."""
    counts = [c for c in census.counts() if c.hits or c.spoke]
    dead = census.dead()
    yield [
        (
            f"{census.documents} documents, {census.lines} lines, {len(census.rules)} rules, {len(dead)} of them dead\n",
            "",
        )
    ]
    yield [(f"\n{'hits':>7}{'spoke':>7}{'named':>7}{'alone':>7}{'docs':>7}  rule\n", "bold")]
    for c in counts[:most]:
        yield [(f"{c.hits:7}{c.spoke:7}{c.first:7}{c.sole:7}{c.documents:7}", ""), (f"  {c.rule.id}\n", "cyan")]
    yield from _more(len(counts), most)
    overlaps = census.overlaps()
    if overlaps:
        yield [("\nOverlaps: nearly all that the first hits, the second hits too\n", "bold")]
        yield from ([(f"{both:7} of {of:<6} ", ""), (f"{a}  {b}\n", "cyan")] for a, b, both, of in overlaps[:most])
        yield from _more(len(overlaps), most)
    if times:
        yield [("\nTime, each rule tried alone (microseconds a line)\n", "bold")]
        yield from ([(f"{micro:9.2f}  ", ""), (f"{rule}\n", "cyan")] for rule, micro in times[:most])
        yield from _more(len(times), most)
    if dead:
        yield [("\nDead: neither hit a line nor spoke against one\n", "bold")]
        yield from ([(f"  {rule.id}\n", "cyan")] for rule in dead[:most])
        yield from _more(len(dead), most)


def census_data(census: Census, times: Sequence[tuple[str, float]]) -> dict[str, Any]:
    """The same as values that JSON can carry, whole."""
    return {
        "documents": census.documents,
        "lines": census.lines,
        "rules": [
            {
                "rule": c.rule.id,
                "hits": c.hits,
                "spoke": c.spoke,
                "named": c.first,
                "alone": c.sole,
                "documents": c.documents,
            }
            for c in census.counts()
        ],
        "dead": [rule.id for rule in census.dead()],
        "overlaps": [{"rule": a, "other": b, "both": both, "hits": of} for a, b, both, of in census.overlaps()],
        "microseconds_a_line": {rule: round(micro, 3) for rule, micro in times},
    }


def _more(count: int, most: int) -> Iterator[StyledLine]:
    if count > most:
        yield [(f"  … and {count - most} more (--most N)\n", "dim")]
