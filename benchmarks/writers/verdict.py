"""What became of one combination: by its reader's facts, and by its bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.writers.case import TEXT, Facts, Texts, cleaned
from benchmarks.writers.runs import LINES, contents, unpacked

EQUAL, NAMED, UNSEEN, REFUSED, LEFT_OUT, ALTERED = (
    "equal", "rows named", "texts not seen", "refused", "left out", "ALTERED"
)  # fmt: skip
_TAKEN = re.compile(rb"(?:\r?\n|\\r?\n|\\r\\n|\\n){2}Advertisement")
_ALONE = re.compile(rb"[\"']?Advertisement[\"']?")


def verdict(old: Facts, new: Facts, written: Texts, named: Sequence[str]) -> tuple[str, str]:
    """Whether `new` is `old` with its texts cleaned, and if not, what is otherwise.

    Args:
        old, new: what the reader gave before and after.
        written: the texts that the writer was given.
        named: the failures that were told.
    """
    if "error" in old:
        return ALTERED, f"the writer's own file cannot be read: {old['error']}"
    if "error" in new:
        return ALTERED, f"cannot be read: {new['error']}"
    for key in old.keys() | new.keys():
        if key != TEXT and old.get(key) != new.get(key):
            return ALTERED, f"{key}: {_first(old.get(key), new.get(key))}"
    wanted = cleaned(old[TEXT], new[TEXT], written)
    if new[TEXT] == wanted:
        return (EQUAL, "") if wanted != old[TEXT] else (UNSEEN, "")
    if new[TEXT] == old[TEXT]:
        return (NAMED, named[0]) if named else (UNSEEN, "")
    others = [i for i, (a, b) in enumerate(zip(new[TEXT], wanted, strict=False)) if a != b]
    if len(new[TEXT]) == len(wanted) and all(new[TEXT][i] == old[TEXT][i] for i in others):
        if len(others) <= len(named):
            return NAMED, named[0]
        if all("\n" in old[TEXT][i] for i in others):
            return UNSEEN, "line ends are written as \\n, so such a text is one line"
    return ALTERED, f"texts: {_first(wanted, new[TEXT])}"


def spliced(old: Path, new: Path) -> str:
    """What is otherwise, in files of lines, than that texts were cut out of `old`; empty if nothing is."""
    befores, afters = _files(old), _files(new)
    for name, before in befores.items():
        if name in afters and any(end in name for end in LINES):
            parts = _ALONE.split(_TAKEN.sub(b"", before))
            if not re.fullmatch(rb"(?:\"\"|''|)".join(map(re.escape, parts)), afters[name]):
                return f"other bytes than the text's changed in {name}"
    return ""


def copied(old: Path, new: Path) -> str:
    """What is otherwise in a file (or folder) in which nothing was to change; empty if nothing is."""
    befores, afters = _files(old), _files(new)
    return next((f"{name} is not what it was" for name, data in afters.items() if befores.get(name) != data), "")


def _files(path: Path) -> dict[str, bytes]:
    found = contents(path) if path.is_dir() else {path.name: path.read_bytes()}
    return {name: unpacked(name, data) for name, data in found.items()}


def _first(old: Any, new: Any, place: str = "") -> str:
    """The first difference, with where it is."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(k for k in new if k not in old)]:
            if old.get(key) != new.get(key):
                return _first(old.get(key), new.get(key), f"{place}/{key}")
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for i, (a, b) in enumerate(zip(old, new, strict=True)):
            if a != b:
                return _first(a, b, f"{place}/{i}")
    return f"{place} {str(old)[:160]!r} became {str(new)[:160]!r}"
