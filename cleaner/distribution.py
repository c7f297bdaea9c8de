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
