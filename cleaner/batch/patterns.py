"""Patterns for paths, as in `.gitignore`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cleaner.errors import ConfigError


def ignore_spec(patterns: Sequence[str]) -> Any:
    """What tells whether a path fits one of `patterns` (`match_file`); None if there are none.

    Raises:
        ConfigError: a pattern that is not understood.
    """
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as e:
        raise ConfigError(f"a pattern is not understood: {e}") from e
