#!/usr/bin/env python3
"""Measure the rules on a labelled benchmark in this process, quickly, and name the rules that do harm.

    python tools/evaluate.py [--lang en] [--track extractor] [--limit 300] [--level standard] [--left 40] [--harm 40]

The figures follow `../shared/bench/score.py` (which stays the judge) without its alignment: a dropped line loses all
its words, a cut line those of the cut spans.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "bench" / "dev.jsonl.gz"
sys.path[:0] = [str(ROOT), str(DATA.parent)]

from score import toks  # noqa: E402

from cleaner import Cleaner, RuleError  # noqa: E402
from cleaner.output.result import Result  # noqa: E402
from cleaner.rules.loader import load_pack  # noqa: E402
from cleaner.rules.packs import pack_files, rules_directory  # noqa: E402


def documents(args: argparse.Namespace) -> list[dict[str, Any]]:
    with gzip.open(args.data, "rt", encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    rows = [d for d in rows if all(getattr(args, k) in (None, d[k]) for k in ("track", "lang", "scraper", "source"))]
    if args.labelled:
        rows = [d for d in rows if d["labels"]]
    if args.limit and len(rows) > args.limit:
        rows = rows[:: len(rows) // args.limit][: args.limit]
    return rows


def sound_packs() -> list[Path]:
    """The built-in packs that load: one that is being written must not stop a measurement."""
    sound = []
    for path in pack_files(rules_directory()):
        try:
            load_pack(path)
            sound.append(path)
        except RuleError as e:
            print(f"left out: {e}", file=sys.stderr)
    return sound


def removed_words(result: Result) -> Iterator[tuple[int, int, int, str, str]]:
    """(line index, words, words taken, rules, text) for each line with words."""
    rules: dict[int, str] = {}
    taken: Counter[int] = Counter()
    for e in result.edits:
        taken[e.line - 1] += len(toks(e.removed))
        rules[e.line - 1] = " + ".join(e.rules[:4])
    for i, raw in enumerate(result.text.split("\n")):
        n = len(toks(raw))
        if n:
            yield i, n, min(n, taken[i]), rules.get(i, ""), raw


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", default=str(DATA))
    for name in ("lang", "track", "scraper", "source"):
        ap.add_argument("--" + name)
    ap.add_argument("--limit", type=int, default=0)
    ap.add_argument("--labelled", action="store_true", help="only documents with line labels")
    ap.add_argument("--level", default="standard")
    ap.add_argument("--left", type=int, default=0, help="show this many boilerplate lines left (by domains)")
    ap.add_argument("--harm", type=int, default=0, help="show this many body lines lost")
    ap.add_argument("--rules", type=int, default=0, help="show this many rules by body words lost")
    args = ap.parse_args()
    cleaner = Cleaner(level=args.level, rules=sound_packs(), built_in=False)
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    harm: list[tuple[int, str, str, str]] = []
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    left: dict[str, set[str]] = defaultdict(set)
    for d in documents(args):
        result = cleaner.clean(d["text"])
        c = sums[d["track"]]
        lost = 0
        labels = d["labels"] or []
        for i, n, gone, rules, raw in removed_words(result) if labels else ():
            if labels[i] == 1:
                c["body"] += n
                c["lost"] += gone
                lost += gone
                if gone:
                    harm.append((gone, d["id"], rules, raw.strip()))
            elif labels[i] == 0:
                c["junk"] += n
                c["junk_gone"] += gone
                c["lines"] += 1
                c["lines_gone"] += gone * 2 > n
                if gone * 2 <= n:
                    left[" ".join(raw.lower().split())[:150]].add(d["domain"])
            if gone and labels[i] in (0, 1):
                by_rule[rules.partition(" + ")[0]]["good" if labels[i] == 0 else "bad"] += gone
        if labels:
            c["docs"] += 1
            c["whole"] += lost == 0
            c["guarded"] += result.guarded
        out = " ".join(result.body.split())
        text = " ".join(d["text"].split())
        for key in ("keep", "drop"):
            for s in d.get(key + "_snippets") or []:
                s = " ".join(s.split())
                if s in text:
                    c[key] += 1
                    c[key + "_gone"] += s not in out
                    if key == "keep" and s not in out:
                        harm.append((len(toks(s)), d["id"], "SNIPPET", s))
                    if key == "drop" and s in out:
                        left["SNIPPET " + s[:150]].add(d["domain"])
    for track, c in sums.items():
        print(
            f"{track}: body lost {pct(c['lost'], c['body'], 3)} | junk lines gone {pct(c['lines_gone'], c['lines'])} "
            f"words {pct(c['junk_gone'], c['junk'])} | docs whole {pct(c['whole'], c['docs'])} of {c['docs']} "
            f"guarded {c['guarded']} | keep snippets lost {pct(c['keep_gone'], c['keep'], 3)} of {c['keep']} "
            f"drop gone {pct(c['drop_gone'], c['drop'])} of {c['drop']}"
        )
    for n, doc, rules, raw in sorted(harm, reverse=True)[: args.harm]:
        print(f"HARM {n:4} {doc} [{rules}] {raw[:200]}")
    for rule, r in sorted(by_rule.items(), key=lambda kv: -kv[1]["bad"])[: args.rules]:
        print(f"RULE bad {r['bad']:5} good {r['good']:6} {rule}")
    for line, domains in sorted(left.items(), key=lambda kv: -len(kv[1]))[: args.left]:
        print(f"LEFT {len(domains):3} {line}")


def pct(a: int, b: int, digits: int = 2) -> str:
    return f"{100 * a / b:.{digits}f}%" if b else "-"


if __name__ == "__main__":
    main()
