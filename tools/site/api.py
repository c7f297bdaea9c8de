"""The page of the API: every public name of the package, with its docstring, which mkdocstrings reads."""

from __future__ import annotations

import cleaner


def page() -> str:
    """The Markdown of the page."""
    parts = ["# API\n", "What `from cleaner import …` gives; nothing else is promised to stay.\n"]
    names = sorted(cleaner.__all__, key=lambda name: (name not in ("Cleaner", "clean", "Result", "Edit"), name.lower()))
    parts += [f"::: {getattr(cleaner, name).__module__}.{name}\n" for name in names]
    return "\n".join(parts)
