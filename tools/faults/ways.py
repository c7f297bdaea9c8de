"""All ways of writing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.faults import inputs
from tools.faults.inputs import RULES

_RESUME = ("--resume",)
_OVERWRITE = ("--overwrite",)


@dataclass(frozen=True)
class Way:
    """A way of writing.

    Attributes:
        make: writes the inputs (folder, size, random numbers).
        command: the arguments of a run; `{texts}` stands for the names of the texts.
        again: what the next run says besides.
        kept: the suffix under which the old content stays.
        program: the module that is run.
        once: a run that finds its output there adds to it, so it is not run again then.
        one: it is done by one process, and each rename of it can be failed.
        more: what every run says besides.
    """

    make: Callable[[Path, int, random.Random], None]
    command: tuple[str, ...]
    again: tuple[str, ...] = ()
    kept: str = ""
    program: str = "cleaner"
    once: bool = False
    one: bool = True
    more: tuple[str, ...] = ("-q", *RULES)


WAYS = {
    "out": Way(inputs.texts, ("in", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "out-2": Way(inputs.texts, ("in", "-o", "out", "--jobs", "2", "--report", "report"), _RESUME, one=False),
    "inplace": Way(inputs.texts, ("in", "-i", "--jobs", "1"), _RESUME),
    "inplace-2": Way(inputs.texts, ("in", "-i", "--jobs", "2"), _RESUME, one=False),
    "backup": Way(inputs.texts, ("in", "-i=.bak", "--jobs", "1"), _RESUME, ".bak"),
    "files": Way(inputs.texts, ("-i", "{texts}")),
    "files-backup": Way(inputs.texts, ("-i=.bak", "{texts}"), kept=".bak"),
    "jsonl": Way(inputs.lines, ("in.jsonl", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "jsonl-2": Way(inputs.lines, ("in.jsonl", "-o", "out", "--jobs", "2", "--report", "report"), _RESUME, one=False),
    "jsonl-inplace": Way(inputs.lines, ("in.jsonl", "-i=.bak"), kept=".bak"),
    "csv": Way(inputs.table, ("in.csv", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "parquet": Way(inputs.parquet, ("in.parquet", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "arrow": Way(inputs.arrow, ("in.arrow", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "warc": Way(inputs.warc, ("in.warc.wet", "-o", "out", "--jobs", "1", "--report", "report"), _RESUME),
    "report": Way(inputs.texts, ("in", "--check", "--jobs", "1", "--report", "report")),
    "repeats": Way(inputs.texts, ("in", "-o", "out", "--jobs", "1", "--repeats"), _RESUME),
    "learn": Way(inputs.texts, ("learn", "in", "-o", "pack.toml"), _OVERWRITE, more=("-q",)),
    "rules-new": Way(inputs.texts, ("rules", "new", "Ask the desk of the Oldtown Weekly", "-o", "pack.toml"), once=True, more=()),
    "page": Way(inputs.results, ("report", "new.jsonl", "-o", "page.html"), more=()),
    "compare": Way(inputs.results, ("compare", "old.jsonl", "new.jsonl", "--html", "page.html"), more=("-q",)),
    "review": Way(inputs.texts, ("in", "out"), program="tools.faults.reviewed", more=()),
}  # fmt: skip
