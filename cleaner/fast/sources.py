"""What the stored rules are made of, told apart by content: the packs and the code that reads them.

To read it all at each start would take longer than the cleaning of a small text, so the content's digest is kept beside
what the system says of the files (size, times, number), as Git's index does. A file may change once more within one
tick of the clock and look the same: nothing is kept of files that were touched within the last seconds.
"""

from __future__ import annotations

import os
import sys

from cleaner.fast import cache
from cleaner.rules.folder import rules_place, shipped

# The package.
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# The modules that have a say in what is stored (tests/fast/test_store.py holds that none is missing).
MODULES = (
    "errors", "light", "value",
    "fast/alphabet", "fast/candidates", "fast/char_sets", "fast/code_points", "fast/dispatch", "fast/gates", "fast/heads", "fast/instructions",
    "fast/lookup", "fast/needs", "fast/outline", "fast/packed", "fast/pattern_tree", "fast/plain_data", "fast/prepare", "fast/program_writer", "fast/programs", "fast/symbols",
    "fast/tables", "fast/trees",
    "rules/ambiguity", "rules/folder", "rules/loader", "rules/matcher", "rules/packs", "rules/pattern", "rules/rule", "rules/safety", "rules/syntax",
    "text/document", "text/fold", "text/form", "text/function_words", "text/patterns", "text/reading", "text/signals",
    "text/view", "text/words",
)  # fmt: skip
# Those that have a say in what the core judges by: whoever tries another number there need not wait until all rules are made ready.
JUDGING = (
    "light", "value",
    "evidence/facts", "evidence/findings", "evidence/foreign", "evidence/form_rules", "evidence/glued", "evidence/line", "evidence/lines",
    "evidence/neighbours", "evidence/place", "evidence/reach", "evidence/records", "evidence/state", "evidence/surroundings",
    "evidence/texts", "evidence/topic",
    "fast/judge_numbers",
    "judging/case", "judging/judge", "judging/ruling", "judging/rulings", "judging/ways",
    "rules/matcher", "rules/pattern", "rules/rule",
    "text/document", "text/fold", "text/form", "text/function_words", "text/language", "text/marks", "text/patterns", "text/reading",
    "text/sentences", "text/signals", "text/view", "text/words", "text/wrapping",
)  # fmt: skip
# Coarser than the clock of any file system.
_TICK = 3.0
# What is remembered is of this form.
_FORM = b"seen 3"


def key() -> bytes:
    """What makes stored rules good: the same code and the same packs, byte for byte. Raises OSError."""
    return keys()[0]


def keys() -> tuple[bytes, bytes]:
    """The same, and what makes the stored numbers of judging good: the same code. Raises OSError."""
    name = f"seen-{cache.digest(place().encode()).hex()[:12]}"
    if known := cache.open_archive(name, _FORM):
        paths, marks, found = known.index
        if _marks(paths)[0] == marks:
            return found  # type: ignore[no-any-return]
    from time import time  # late: what follows is for a first run, and one after a change

    started = time()
    paths = _paths()
    marks, touched = _marks(paths)
    code, packs = _contents()
    rules, judging = ([code[name] for name in names] for names in (MODULES, JUDGING))
    found = cache.digest(repr((sys.byteorder, rules, packs)).encode()), cache.digest(repr(judging).encode())
    if touched < (started - _TICK) * 1e9:
        cache.store(name, _FORM, (paths, marks, found))
    return found


def place() -> str:
    """Which installation this is."""
    return HERE


def _paths() -> list[str]:
    """All that would look otherwise if the code or a pack changed, came or went: files, and folders of packs."""
    packs = rules_place()
    folders = [folder for folder, _, _ in os.walk(packs)]
    files = [str(file) for _, file in shipped()] if folders else [packs]
    return [*map(_module, dict.fromkeys(MODULES + JUDGING)), *folders, *files]


def _module(name: str) -> str:
    return os.path.join(HERE, f"{name}.py")


def _marks(paths: list[str]) -> tuple[str, int]:
    """What the system says of files, and when the last was touched (ns): size, times of change (of the content, of anything) and number.

    Nothing is said of one that is not there.
    """
    found: list[int] = []
    last = 0
    for path in paths:
        try:
            info = os.stat(path)
        except OSError:
            continue
        modified, changed = info.st_mtime_ns, info.st_ctime_ns
        found += (info.st_size, modified, changed, info.st_ino)
        last = max(last, modified, changed)
    return str(found), last


def _contents() -> tuple[dict[str, tuple[str, bytes]], list[tuple[str, bytes]]]:
    """The name and digest of each module, by its name, and those of each pack."""
    found = {}
    for name in MODULES + JUDGING:
        with open(_module(name), "rb") as file:
            found[name] = name, cache.digest(file.read())
    return found, [(name, cache.digest(pack.read_bytes())) for name, pack in shipped()]
