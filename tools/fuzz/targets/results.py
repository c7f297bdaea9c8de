"""Results read back: what an entry says was taken out is in its text; compared with itself, nothing differs."""

from __future__ import annotations

from cleaner.batch.compare import compare
from cleaner.batch.results import Naming, read_results
from cleaner.errors import InputError
from tools.fuzz.files import put


def check(data: bytes) -> None:
    """Read the bytes as results, documents told apart by line and by a field."""
    for naming in (Naming(), Naming(key="id")):
        path = put(data, "results.jsonl")
        try:
            entries = list(read_results(path, naming))
        except InputError:
            continue
        for entry in entries:
            for taken in entry.taken:
                assert entry.text is None or entry.text[taken.start : taken.end] == taken.removed
            assert entry.words >= 0
        try:
            found = list(compare(iter(entries), iter(entries)))
        except InputError:
            continue
        assert not any(found)
