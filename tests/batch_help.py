"""What the tests of folders and corpora share: a small rule pack, small trees, and how to look at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cleaner.batch import Mirror, Plan, run
from cleaner.batch.tally import Summary
from cleaner.formats import Cleaned, Record
from cleaner.formats.record import Clean

PACK = Path(__file__).with_name("batch_pack.toml")
OPTIONS: dict[str, Any] = {"rules": (PACK,), "built_in": False}
DIRTY = "The council met on Monday and voted for the new bridge.\nAdvertisement\nWork begins in May.\n"
CLEAN = "The council met on Monday and voted for the new bridge.\nWork begins in May.\n"


def tree(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write `files` under `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def contents(root: Path) -> dict[str, bytes]:
    """All files under `root` that are no account of a run."""
    return {
        str(p.relative_to(root)): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.name.startswith(".cleaner-journal")
    }


def mirrored(source: Path, out: Path, **more: Any) -> Summary:
    """Clean the folder `source` into `out`."""
    return run(Plan(inputs=(source,), target=Mirror(out), options=OPTIONS, **more))


def each(change: Callable[[Record], str]) -> Clean:
    """What chunks are rewritten with: each text as `change` makes it."""
    return lambda records: Cleaned([change(record) for record in records])
