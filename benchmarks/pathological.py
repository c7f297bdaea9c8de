"""Lines that no article has: what they cost per byte, against the average of the corpus."""

from __future__ import annotations

import argparse
from functools import partial

from benchmarks.corpus import size, texts
from benchmarks.report import Row, best
from cleaner import Cleaner

LINES = {
    "1 MB without a break": "a" * 1_000_000,
    "1 MB of one word each": "word " * 200_000,
    "100,000 bullets": "* " * 100_000,
    "20,000 bullet lines": "* item\n" * 20_000,
    "deep Markdown nesting": "[" * 50_000 + "x" + "](y)" * 50_000,
    "nested quotes": "> " * 100_000 + "x",
    "emphasis marks": "**_" * 100_000,
    "1 MB of digits and dots": "1." * 500_000,
    "1 MB of Han": "記" * 350_000,
    "5 MB in one line": "The council met on Monday and voted for the plan. " * 100_000,
}


def run(options: argparse.Namespace) -> list[Row]:
    """Processor time of one document each, fresh; the corpus without the gain of lines seen before."""
    found = list(dict.fromkeys(raw for t in texts(options) for raw in t.split("\n")))
    cleaner = Cleaner()
    document = "\n".join(found)
    whole = size([document])
    cleaner.clean(document)  # compiles the patterns
    cleaner._engine.forget()
    [average] = best(1, lambda: cleaner.clean(document))
    base = average / whole

    def cleaned(text: str) -> str:
        return cleaner.clean(text).body

    rows: list[Row] = [
        {
            "text": "corpus, distinct lines",
            "MB": whole / 1e6,
            "seconds": average,
            "ns/byte": 1e9 * base,
            "x average": 1.0,
        }
    ]
    for name, text in LINES.items():
        length = len(text.encode())
        [t] = best(1, partial(cleaned, text))
        rows.append(
            {
                "text": name,
                "MB": length / 1e6,
                "seconds": t,
                "ns/byte": 1e9 * t / length,
                "x average": t / length / base,
            }
        )
    return rows
