"""What one writer writes, and how it is read again: shared by the families, and run in the writers' own Python.

Nothing here imports the product, nor a writer.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DIRTY = "The mayor spoke.\n\nAdvertisement\n\nThe plan stands."
CLEAN = "The mayor spoke.\n\nThe plan stands."
EMPTIED = "Advertisement"
# Line 2 on: what tears tables that are written carelessly.
BODIES = (
    'He said "we go on", and left.',
    "",
    '"Quoted first", he said.',
    'Tab\there, comma, semicolon; pipe | and back\\slash \\" stay.',
    "Two lines.\nThe second 'line' stays.",
    "Žluťoučký kůň — 日本語 🙂",
)
Texts = Sequence[str | None]
Facts = dict[str, Any]
TEXT = "text"


def texts(*, null: bool = True, lines: bool = True, emptied: bool = True) -> Texts:
    """The texts of a file from which something is taken out.

    Args:
        null: the writer tells a missing text from an empty one.
        lines: a text may have several lines.
        emptied: one of them is boilerplate alone.
    """
    found: list[str | None] = [DIRTY, *BODIES, DIRTY]
    if emptied:
        found.insert(3, EMPTIED)
    if null:
        found.insert(2, None)
    return found if lines else [t and t.replace("\n", " ") for t in found]


def cleaned(old: Sequence[Any], new: Sequence[Any], written: Texts) -> list[Any]:
    """What the texts `old`, as a reader gives them, are to be afterwards.

    One that is emptied is to be empty, or what the reader gave for the empty text that was `written`.
    """
    empty = {"", old[written.index("")]} if "" in written and len(old) == len(written) else {""}
    found = [CLEAN if t == DIRTY else t for t in old]
    for i, text in enumerate(old):
        if text == EMPTIED:
            found[i] = new[i] if i < len(new) and new[i] in empty else ""
    return found


@dataclass(frozen=True)
class Case:
    """One combination.

    Attributes:
        name: of what is written: types, codec, quoting.
        file: the file's name, or the folder's.
        write: writes such texts there, with other columns beside them.
        read: what the writer's own reader gives: `text`, the texts in order; all else must stay.
        texts: those that are written.
        options: of `cleaner`.
        glob: which files of the folder are handed over one by one; empty for the folder itself.
        alone: it is cleaned by a run of its own, since it may be refused as a whole.
    """

    name: str
    file: str
    write: Callable[[Path, Texts], None]
    read: Callable[[Path], Facts]
    texts: Texts = ()
    options: tuple[str, ...] = ()
    glob: str = ""
    alone: bool = False


def shown(value: Any) -> str:
    """A cell as text that differs where the cell differs: type and value, `NaN` equal to itself."""
    if isinstance(value, float) and math.isnan(value):
        return "float nan"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k!r}: {shown(v)}' for k, v in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}[{', '.join(map(shown, value))}]"
    if type(value).__module__ == "numpy" and hasattr(value, "tolist") and getattr(value, "ndim", 0) > 0:
        return f"{value.dtype}[{', '.join(map(shown, value.tolist()))}]"
    return f"{type(value).__name__} {value!r}"


def cells(columns: Mapping[str, Iterable[Any]], text: str = TEXT) -> Facts:
    """Facts of a table's columns, of which `text` holds the texts."""
    held = {name: list(values) for name, values in columns.items()}
    return {
        TEXT: [t if isinstance(t, str) else None for t in held.pop(text)],
        "columns": {name: [shown(v) for v in values] for name, values in held.items()},
        "order": list(columns),
    }


def write_all(writer: str, version: str, cases: Sequence[Case], folder: Path) -> None:
    """Write every case, dirty and clean, into folders of their own under `folder`, and what was done to `cases.json`."""
    told = []
    for number, case in enumerate(cases):
        done: dict[str, Any] = {
            "name": case.name, "file": case.file, "options": case.options, "glob": case.glob, "alone": case.alone, "error": "",
        }  # fmt: skip
        try:
            dirty = done["texts"] = case.texts or texts()
            clean = [None if t is None else CLEAN if t == DIRTY else "" if t == EMPTIED else t for t in dirty]
            for kind, what in (("dirty", dirty), ("clean", clean)):
                path = folder / str(number) / kind / case.file
                path.parent.mkdir(parents=True)
                case.write(path, what)
            case.read(path)
        except Exception as e:
            done["error"] = f"{type(e).__name__}: {' '.join(str(e).split())}"
            shutil.rmtree(folder / str(number), ignore_errors=True)
        told.append(done)
    (folder / "cases.json").write_text(json.dumps({"writer": writer, "version": version, "cases": told}))


def read_all(cases: Sequence[Case], paths: list[tuple[int, str]], out: Path) -> None:
    """Read files, each as its case reads it, and write their facts to `out`; `error` where the reader refuses."""
    found = []
    for number, path in paths:
        try:
            facts = cases[number].read(Path(path))
        except Exception as e:
            facts = {"error": f"{type(e).__name__}: {' '.join(str(e).split())[:300]}"}
        found.append(facts)
    out.write_text(json.dumps(found, default=repr))
