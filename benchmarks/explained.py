"""Whether `explain` says what to change: lines that were left in, and lines that were lost, of labelled pages.

    python -m benchmarks explained [--limit 50] [--seed 18] [--show FILE]

Draws so many of each from the half that is read (at most one of either kind from a page), asks for their explanation, and
counts what kinds of change it names. What is said is then done: a leftover line must go by the rule that is drafted for it, a
lost line must stay without the hints that are named, with a rule that protects as much as is said, or by a keep list. `--show` writes what a person reads, to be read.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import regex

from benchmarks.labels import Labelled, documents, half, left, site_of, words
from benchmarks.report import Row
from cleaner import Cleaner
from cleaner.cli.explain import with_close
from cleaner.judging.verdict import Action
from cleaner.render.advice import BOUND, NOTHING, PROTECT, SETTING, Change, advice, score_to_take
from cleaner.render.explain import story
from cleaner.rules.rule import Rule
from cleaner.text.view import View
from cleaner.workbench.draft import draft
from cleaner.workbench.explained import WEAK, Explained
from cleaner.workbench.pack_text import entry_text, head_text

LEFTOVER, LOST = "leftover", "lost"
# What takes part in no list: the first of these that the line's list is not of is what a drafted rule is put into.
_OTHERS = ("site", "contact", "credit", "tag")
# The score that a protecting rule is said to need.
_SCORE = re.compile(r"score of (-[\d.]+)")
Drawn = tuple[str, Labelled, int]


def run(options: argparse.Namespace) -> list[Row]:
    """One row for each kind of line and of change; what came true in the last column."""
    cleaner = Cleaner()
    rows: dict[tuple[str, str], Row] = {}
    with options.show.open("w", encoding="utf-8") if options.show else tempfile.TemporaryFile("w") as out:
        for kind, document, n in _drawn(options, cleaner):
            line = range(n + 1, n + 2)
            explained = cleaner.explain(document["text"], line)
            ((e, close),) = with_close(cleaner, document["text"], explained, line)
            changes = advice(e, "page.txt", close)
            out.write(f"======== {kind} {document['lang']} {document['track']}\n")
            out.writelines(text for styled in story(e, "page.txt", close) for text, _ in styled)
            kinds = {c.kind for c in changes if c.kind not in (SETTING, NOTHING)}
            first = next((c.kind for c in changes if c.kind in kinds), "none")
            came_true = _taken(e, document) if kind == LEFTOVER else _kept(e, document, changes)
            for name in ("all", first):
                row = rows.setdefault(
                    (kind, name), {"lines": kind, "first change": name, "count": 0, "names a change": 0, "tried": 0, "comes true": 0}
                )  # fmt: skip
                row["count"] += 1
                row["names a change"] += bool(kinds)
                row["tried"] += came_true is not None
                row["comes true"] += bool(came_true)
    return [rows[key] for key in sorted(rows)]


def _drawn(options: argparse.Namespace, cleaner: Cleaner) -> Iterator[Drawn]:
    """The lines, with their documents, in the order in which they are met in documents that were shuffled."""
    labelled = [d for d in documents(options.corpus) if d.get("labels") and half(site_of(d)) == "read"]
    chance = random.Random(options.seed)
    chance.shuffle(labelled)
    most = options.limit or 50
    pages: dict[str, set[str]] = {LEFTOVER: set(), LOST: set()}
    for document in labelled:
        raws = document["text"].split("\n")
        found: dict[str, list[int]] = {LEFTOVER: [], LOST: []}
        for n, verdict in enumerate(cleaner.clean(document["text"]).verdicts):
            size = words(raws[n])
            stays = left(raws[n], size, verdict)
            if document["labels"][n] == 0 and size and 2 * stays >= size:
                found[LEFTOVER].append(n)
            elif document["labels"][n] == 1 and stays < size:
                found[LOST].append(n)
        for kind, lines in found.items():
            if lines and document["page"] not in pages[kind] and len(pages[kind]) < most:
                pages[kind].add(document["page"])
                yield kind, document, chance.choice(lines)
        if all(len(seen) == most for seen in pages.values()):
            return


def _taken(e: Explained, document: Labelled) -> bool | None:
    """Whether the line goes by the rule that is drafted from it; None if it is not said to be."""
    listed = {u.rule.category for u in e.unheard if u.listed}
    category = next(c for c in _OTHERS if c not in listed)
    made = draft(document["text"].split("\n")[e.line - 1], category=category)
    entry = {**made.entry, "score": round(score_to_take(e), 2)}
    return _with_rule(document, e.line, category, made.language, entry) is not Action.KEEP


def _kept(e: Explained, document: Labelled, changes: Sequence[Change]) -> bool | None:
    """Whether the line stays without the rules that are said to take it; None if none is."""
    said = next((c.said for c in changes if c.kind == BOUND), None)
    if said is None:
        return _protected(e, document, next((c.said for c in changes if c.kind == PROTECT), ""))
    if e.decided != WEAK:
        raw = document["text"].split("\n")[e.line - 1]
        return _action(Cleaner(keep=[raw]), document, e.line) is Action.KEEP
    rules: list[Rule] = [r for r in e.verdict.reasons if f"rule {r.id} " in said]
    return _action(Cleaner(ignore=[rule.id for rule in rules]), document, e.line) is Action.KEEP


def _protected(e: Explained, document: Labelled, said: str) -> bool | None:
    """Whether the line stays by a rule with the score that is said to protect it; None if none is."""
    score = _SCORE.search(said)
    if not score:
        return None
    entry = {
        "id": "one", "why": "This very line is body.", "match": f"^{regex.escape(View(e.text).low, special_only=True)}$",
        "score": float(score[1]), "drop": [e.text, f"* {e.text}"], "keep": [f"{e.text} and more"],
    }  # fmt: skip
    return _with_rule(document, e.line, "site", "any", entry) is Action.KEEP


def _with_rule(document: Labelled, line: int, category: str, language: str, entry: dict[str, Any]) -> Action:
    """What becomes of a line with one rule more."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "one.toml")
        path.write_text(f"{head_text('One rule.', category, language)}\n{entry_text(entry)}", encoding="utf-8")
        return _action(Cleaner(rules=[path]), document, line)


def _action(cleaner: Cleaner, document: Labelled, line: int) -> Action:
    return cleaner.clean(document["text"]).verdicts[line - 1].action
