#!/usr/bin/env python3
"""Measure what evidence across documents adds, on the sites of a labelled benchmark that have two pages or more.

    python tools/measure_repeats.py [--track extractor] [--level standard] [--harm 20] [--left 20]

The seven scrapers' texts of one page are one document seven times, so each scraper's texts are counted alone. Figures
for each track, for all, and for two halves of the sites (by a hash of their names): what holds for one half only is
chance.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from evaluate import DATA, pct, removed_words, sound_packs  # noqa: E402

from cleaner import Cleaner  # noqa: E402
from cleaner.sites import RepeatCounter, RepeatStore, line_repeats  # noqa: E402


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", default=str(DATA))
    ap.add_argument("--track")
    ap.add_argument("--level", default="standard")
    ap.add_argument("--harm", type=int, default=0, help="show this many body lines lost to the evidence")
    ap.add_argument("--gained", type=int, default=0, help="show this many sets of rules by boilerplate lines gained")
    ap.add_argument("--left", type=int, default=0, help="show this many repeated boilerplate lines left")
    args = ap.parse_args()
    cleaner = Cleaner(level=args.level, rules=sound_packs(), built_in=False)
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    harm: list[tuple[int, str, str, str]] = []
    left: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    for group in groups(args):
        store = counted(group)
        for d in (d for d in group if d["labels"]):
            repeats = line_repeats(store, d["domain"], d["page"], d["text"])
            taken = []
            for mode, evidence in (("alone", None), ("repeats", repeats)):
                result = cleaner.clean(d["text"], repeats=evidence)
                lines = list(removed_words(result))
                taken.append(lines)
                half = f"half {zlib.crc32(d['domain'].encode()) % 2}"
                for c in (sums[part, mode] for part in ("all", d["track"], f"{d['track']}, {half}")):
                    for i, n, gone, _, _ in lines:
                        if d["labels"][i] == 1:
                            c["body"], c["lost"] = c["body"] + n, c["lost"] + gone
                        elif d["labels"][i] == 0:
                            c["lines"] += 1
                            c["gone"] += gone * 2 > n
            for (i, _, before, _, _), (_, n, after, rules, raw) in zip(*taken, strict=True):
                if d["labels"][i] == 1 and after > before:
                    harm.append((after - before, d["id"], rules, raw.strip()))
                if d["labels"][i] == 0 and before * 2 <= n < after * 2:
                    gained[rules] += 1
                if d["labels"][i] == 0 and repeats[i] and after * 2 <= n:
                    left[raw.strip()[:150]] += 1
    for (part, mode), c in sorted(sums.items()):
        print(
            f"{part:17} {mode:7} body lost {pct(c['lost'], c['body'], 4)} of {c['body']} | "
            f"boilerplate lines gone {pct(c['gone'], c['lines'])} of {c['lines']}"
        )
    for n, doc, rules, raw in sorted(harm, reverse=True)[: args.harm]:
        print(f"HARM {n:4} {doc} [{rules}] {raw[:160]}")
    for names, n in gained.most_common(args.gained):
        print(f"GAIN {n:4} {names}")
    for line, n in left.most_common(args.left):
        print(f"LEFT {n:3} {line}")


def groups(args: argparse.Namespace) -> list[list[dict[str, Any]]]:
    """The documents of one scraper and one site, for sites of two pages or more."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        for d in map(json.loads, f):
            if args.track in (None, d["track"]):
                found[d["scraper"], d["domain"]].append(d)
    return [g for g in found.values() if len({d["page"] for d in g}) > 1]


def counted(group: list[dict[str, Any]]) -> RepeatStore:
    """The counts of a group's lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "counts")
        counter = RepeatCounter(path)
        for d in group:
            counter.add(d["domain"], d["page"], d["text"])
        counter.finish()
        return RepeatStore.open(path)


if __name__ == "__main__":
    main()
