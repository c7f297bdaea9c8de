"""Tables of figures."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def show(rows: list[Row]) -> None:
    """Print rows (which have the same keys) as a Markdown table."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, ["---"] * len(names), *[[_text(row.get(n, "")) for n in names] for row in rows]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
    for line in cells:
        print("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |")


def _text(value: object) -> str:
    return (
        f"{value:.3g}"
        if isinstance(value, float) and value < 100
        else f"{value:.0f}"
        if isinstance(value, float)
        else str(value)
    )


def best(rounds: int, *jobs: Callable[[], object]) -> list[float]:
    """The least processor time (seconds) of each job over some rounds, the jobs taken in turn.

    Processor time, because other programs run on the machine; in turn, because its speed drifts.
    """
    times = [float("inf")] * len(jobs)
    for _ in range(rounds):
        for i, job in enumerate(jobs):
            start = time.process_time()
            job()
            times[i] = min(times[i], time.process_time() - start)
    return times
