"""Writes fitted scores back into the packs, in place: only the numbers change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

_HEAD = re.compile(r"^\[\[rule\]\]\s*(?:#.*)?$")
_ID = re.compile(r"""^id\s*=\s*["']([^"']+)["']""")
_SCORE = re.compile(r"^(score\s*=\s*)[-+]?[\d.]+")


def rewrite(path: Path, scores: Mapping[str, float]) -> int:
    """Set the `score` lines of the rules of one pack.

    Args:
        path: the pack file.
        scores: new scores by the rule's own id (without category and language).

    Returns how many scores changed. The file is replaced in one step, comments and all else as they were.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    current: str | None = None
    changed = 0
    for number, line in enumerate(lines):
        if _HEAD.match(line):
            current = None
        elif found := _ID.match(line):
            current = found[1]
        elif current is not None and current in scores and (old := _SCORE.match(line)):
            new = f"{old[1]}{scores[current]:g}{line[old.end() :]}"
            changed += new != line
            lines[number] = new
    if changed:
        aside = path.with_suffix(".toml.new")
        aside.write_text("\n".join(lines), encoding="utf-8")
        aside.replace(path)
    return changed
