"""This program's name on a package index, and what is installed under it.

The command and the import are `cleaner`; a distribution of that name belongs to others.
"""

from __future__ import annotations

NAME = "boilerplate-cleaner"


def installing(extra: str) -> str:
    """The command that installs what the extra `extra` adds to a program that is here already."""
    return f"pip install '{NAME}[{extra}]'"


def version(name: str = NAME) -> str | None:
    """The version of the distribution `name` as it is installed; None if it is not (run from a checkout)."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def code() -> str:
    """A digest of this program's own code, the core included."""
    import hashlib
    from pathlib import Path

    root = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix == ".py" or p.name.startswith("_core.")):
        found.update(f"{path.relative_to(root).as_posix()} {path.stat().st_size}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()
