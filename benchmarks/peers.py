"""Peers that a user would pick, on the same documents: jusText, trafilatura, datatrove's C4 filter.

They run in a Python of their own (`--python`), because their packages are no part of this project. Each does its own
kind of work (jusText and trafilatura read HTML: the texts are given to them as paragraphs), so this compares rates and
not results.
"""

from __future__ import annotations

import argparse
import json
import subprocess

from benchmarks.corpus import size, texts
from benchmarks.graph import bars
from benchmarks.report import Row, best
from cleaner import Cleaner

_PEER = """
import html, json, sys, time
name = sys.argv[1]
docs = [json.loads(line) for line in sys.stdin]
def page(t):
    return "<html><body>" + "".join(f"<p>{html.escape(l)}</p>" for l in t.split("\\n") if l.strip()) + "</body></html>"
if name == "jusText":
    import justext
    stop = justext.get_stoplist("English"); pages = [page(d) for d in docs]
    work = lambda: [justext.justext(p, stop) for p in pages]
elif name == "trafilatura":
    import trafilatura
    pages = [page(d) for d in docs]
    work = lambda: [trafilatura.extract(p) for p in pages]
else:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter
    f = C4QualityFilter(min_num_sentences=-1)  # to count sentences it would want spaCy
    work = lambda: [f.filter(Document(text=d, id=str(i))) for i, d in enumerate(docs)]
work_start = time.process_time(); work(); print(time.process_time() - work_start)
"""


def run(options: argparse.Namespace) -> list[Row]:
    """Processor time without start-up; `cleaner` starts with an empty line memo, as they do."""
    found = texts(options)
    mb = size(found) / 1e6
    Cleaner().clean(found[0])
    times = {"cleaner": best(1, lambda: [(c := Cleaner()), *[c.clean(t).body for t in found]])[0]}
    data = "".join(json.dumps(t) + "\n" for t in found)
    for name in ("jusText", "trafilatura", "datatrove C4"):
        done = subprocess.run(
            [options.python, "-c", _PEER, name], input=data, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{name}: did not run: {done.stderr.strip().splitlines()[-1:]}")
        else:
            times[name] = float(done.stdout.split()[-1])
    rows: list[Row] = [
        {
            "tool": n,
            "documents": len(found),
            "MB": mb,
            "seconds": t,
            "MB/s": mb / t,
            "x cleaner's time": t / times["cleaner"],
        }
        for n, t in times.items()
    ]
    if options.graph:
        options.graph.write_text(bars("Documents of the benchmark, MB/s", [(r["tool"], r["MB/s"]) for r in rows]))
    return rows
