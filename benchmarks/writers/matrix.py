"""The matrix: every writer in its own process, one after another; then the table, and what was not equal, by name."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import Row, show
from benchmarks.writers.case import Texts
from benchmarks.writers.environment import writers_python
from benchmarks.writers.page import put
from benchmarks.writers.runs import Group, contents
from benchmarks.writers.verdict import ALTERED, EQUAL, LEFT_OUT, NAMED, REFUSED, UNSEEN, copied, spliced, verdict
from tools.environment import ROOT

FAMILIES = tuple(sorted(p.stem.removeprefix("by_") for p in Path(__file__).parent.glob("by_*.py")))
_COLUMNS = {EQUAL: "only the text changed", UNSEEN: "texts not seen", NAMED: "rows left, named",
            REFUSED: "refused by name", LEFT_OUT: "left out, told", ALTERED: "altered"}  # fmt: skip
# Where a case's files lie during a run, which says nothing to who reads of them.
_PLACE = re.compile(r"(?:cleaner: )?(?:[^\s']*/)?\d+/(?:dirty|clean)/")


@dataclass(frozen=True)
class Outcome:
    """What became of one combination of a writer: the format, what was written, the verdict and why."""

    writer: str
    version: str
    form: str
    name: str
    verdict: str
    why: str


def matrix(options: argparse.Namespace) -> list[Row]:
    """See `benchmarks.writers.run`."""
    python = writers_python(options.env)
    found: list[Outcome] = []
    for family in FAMILIES:
        if not options.only or family in options.only:
            with tempfile.TemporaryDirectory(prefix=f"writers-{family}-") as folder:
                found += _family(family, python, Path(folder))
    rows = _rows(found)
    told = [
        {"writer": o.writer, "wrote": f"{o.form}: {o.name}", "verdict": o.verdict, "why": o.why}
        for o in found if o.verdict != EQUAL or o.why
    ]  # fmt: skip
    if told:
        show(told)
        print()
    if options.page:
        put(options.page, rows, told)
    if any(o.verdict == ALTERED for o in found):
        show(rows)
        sys.exit(1)
    return rows


def _rows(found: list[Outcome]) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    for (writer, version, form, kind), count in Counter(
        (o.writer, o.version, o.form, o.verdict) for o in found
    ).items():
        row = rows.setdefault((writer, form), {"writer": f"{writer} {version}", "format": form, "combinations": 0})
        row |= {name: row.get(name, 0) for name in _COLUMNS.values()}
        row["combinations"] += count
        row[_COLUMNS[kind]] += count
    return list(rows.values())


def _family(family: str, python: Path, home: Path) -> list[Outcome]:
    print(f"{family} ...", file=sys.stderr, flush=True)
    (home / "in").mkdir()
    _worker(python, "write", family, home / "in")
    told = json.loads((home / "in" / "cases.json").read_text())
    groups = _groups(told["cases"], home)
    for group in {id(g): g for g in groups.values()}.values():
        group.clean()
    facts = _facts(family, python, home, told["cases"], groups)
    found = []
    for number, case in enumerate(told["cases"]):
        form, _, name = case["name"].partition(": ")
        if case["error"]:
            kind, why = ALTERED, f"was not written: {case['error']}"
        else:
            kind, why = _judged(case, number, groups[number], facts)
        found.append(Outcome(told["writer"], told["version"], form, name, kind, without_places(why)))
    return found


def without_places(why: str) -> str:
    """What was told of a case, with its files named as they were written: the run's own folders before them are cut."""
    return _PLACE.sub("", why)


def _groups(cases: list[dict[str, Any]], home: Path) -> dict[int, Group]:
    """The group of each case, with its files moved there."""
    groups: dict[int, Group] = {}
    known: dict[str, Group] = {}
    for number, case in enumerate(cases):
        if case["error"]:
            continue
        alone = case["alone"] or case["glob"]
        key = f"case{number}" if alone else f"options{json.dumps(case['options'])}"
        if key not in known:
            known[key] = Group(home / f"group{len(known)}", case["options"], case["glob"])
            (known[key].home / "in").mkdir(parents=True)
        groups[number] = known[key]
        (home / "in" / str(number)).rename(groups[number].home / "in" / str(number))
    return groups


def _facts(
    family: str, python: Path, home: Path, cases: list[dict[str, Any]], groups: dict[int, Group]
) -> dict[str, dict[str, Any]]:
    """What the reader gives of every file there is, by its path."""
    paths = []
    for number, group in groups.items():
        for kind in ("dirty", "clean"):
            new = group.result(kind, number, cases[number]["file"])
            paths += [(number, str(p)) for p in (_source(group, number, kind, cases), new) if p.exists()]
    (home / "paths.json").write_text(json.dumps(paths))
    _worker(python, "read", family, home / "paths.json", home / "facts.json")
    return {path: facts for (_, path), facts in zip(paths, json.loads((home / "facts.json").read_text()), strict=True)}


def _source(group: Group, number: int, kind: str, cases: list[dict[str, Any]]) -> Path:
    return group.home / "in" / str(number) / kind / str(cases[number]["file"])


def _judged(case: dict[str, Any], number: int, group: Group, facts: dict[str, Any]) -> tuple[str, str]:
    if faults := group.disagreed(number):
        return ALTERED, "; ".join(faults)
    if group.refusal:
        return REFUSED, group.refusal.replace(str(group.home), "")
    ends = []
    for kind in ("dirty", "clean"):
        old = group.home / "in" / str(number) / kind / case["file"]
        new = group.result(kind, number, case["file"])
        named = group.named(number, kind)
        if not new.exists() or new.is_dir() and not contents(new):
            return (REFUSED, named[0]) if named else _left_out(group, case["file"])
        ends.append(_of_kind(kind, old, new, case["texts"], named, facts))
    kind, why = next((end for end in ends if end[0] == ALTERED), ends[0])
    missing = contents(group.home / "in").keys() - contents(group.home / "out").keys()
    if why.startswith("cannot be read") and missing and all(Path(name).name in group.said for name in missing):
        return LEFT_OUT, _told(group.said)
    return kind, why or group.stayed


def _left_out(group: Group, file: str) -> tuple[str, str]:
    """A file that has no output and is no failure: a note is to tell of it."""
    return (LEFT_OUT, _told(group.said)) if file in group.said else (ALTERED, "has no output, and nothing tells of it")


def _told(said: str) -> str:
    """The first note among what a run said."""
    return next((line for line in said.splitlines() if line.startswith("cleaner: ")), "")


def _of_kind(
    kind: str, old: Path, new: Path, written: Texts, named: list[str], facts: dict[str, Any]
) -> tuple[str, str]:
    if kind == "clean":
        otherwise = copied(old, new)
        return (ALTERED, f"without boilerplate: {otherwise}") if otherwise else (EQUAL, "")
    end = verdict(facts[str(old)], facts[str(new)], written, named)
    if end[0] == EQUAL and (otherwise := spliced(old, new)):
        return ALTERED, otherwise
    return end


def _worker(python: Path, *arguments: object) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    subprocess.run([python, "-m", "benchmarks.writers.worker", *map(str, arguments)], env=env, cwd=ROOT, check=True)
