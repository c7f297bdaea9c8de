"""What the stored rules are made of, told apart by content: the packs and the code that reads them.

To read it all at each start would take longer than the cleaning of a small text, so the content's digest is kept beside
what the system says of the files (size, times, number), as Git's index does. A file may change once more within one
tick of the clock and look the same: nothing is kept of files that were touched within the last seconds.
"""

from __future__ import annotations

import os
import sys
import time
from operator import attrgetter

from cleaner.fast import cache
from cleaner.rules.folder import rules_folder

# The package.
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# The modules that have a say in what is stored (tests/fast/test_store.py holds that none is missing).
MODULES = (
    "errors", "value",
    "fast/alphabet", "fast/cache", "fast/candidates", "fast/char_sets", "fast/code_points", "fast/dispatch", "fast/gates", "fast/heads", "fast/instructions",
    "fast/lookup", "fast/needs", "fast/outline", "fast/packed", "fast/pattern_tree", "fast/plain_data", "fast/prepare", "fast/program_writer", "fast/programs", "fast/remembered", "fast/sources", "fast/standard_re", "fast/symbols",
    "fast/tables", "fast/trees",
    "rules/ambiguity", "rules/folder", "rules/loader", "rules/matcher", "rules/packs", "rules/pattern", "rules/rule", "rules/safety", "rules/syntax",
    "text/document", "text/fold", "text/form", "text/function_words", "text/patterns", "text/reading", "text/signals",
    "text/view", "text/words",
)  # fmt: skip
# Coarser than the clock of any file system.
_TICK = 3.0

_Stated = list[tuple[str, str, int, int, int, int]]


def key() -> bytes:
    """What makes stored rules good: the same code and the same packs, byte for byte. Raises OSError."""
    started = time.time()
    stated = _stated()
    marks = "\n".join(
        [f"{name}\t{size}\t{modified}\t{changed}\t{inode}" for name, _, size, modified, changed, inode in stated]
    )
    name = f"seen-{cache.digest(place().encode()).hex()[:12]}"
    if known := cache.open_archive(name, marks.encode()):
        return known.index  # type: ignore[no-any-return]  # of the very marks that it was stored under
    found = cache.digest(repr((sys.byteorder, [(name, _content(path)) for name, path, *_ in stated])).encode())
    if all(max(modified, changed) < (started - _TICK) * 1e9 for _, _, _, modified, changed, _ in stated):
        cache.store(name, marks.encode(), found)
    return found


def place() -> str:
    """Which installation this is."""
    return HERE


def _stated() -> _Stated:
    """Each file by name: its path, size, times of change (of the content, of anything; ns), and number."""
    found: _Stated = []
    for name in MODULES:
        path = os.path.join(HERE, f"{name}.py")
        found.append((f"{name}.py", path, *_marks(os.stat(path))))
    base = rules_folder()
    folders = [base]
    for folder in folders:
        for entry in sorted(os.scandir(folder), key=attrgetter("name")):
            if entry.is_dir():
                folders.append(entry.path)
            elif entry.name.endswith(".toml"):
                name = entry.path[len(base) :].replace(os.sep, "/")
                found.append((name, entry.path, *_marks(entry.stat())))
    return found


def _marks(info: os.stat_result) -> tuple[int, int, int, int]:
    if (
        os.name == "nt"
    ):  # `os.scandir` tells neither number nor time of change there, and what it tells is not the latter
        return info.st_size, info.st_mtime_ns, 0, 0
    return info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return cache.digest(file.read())
