"""Cleaners with all rules, made once."""

from __future__ import annotations

import functools

from cleaner import Cleaner
from cleaner.judging.engine import THRESHOLDS

LEVELS = tuple(THRESHOLDS)


@functools.cache
def cleaner(level: str) -> Cleaner:
    """One of a level."""
    return Cleaner(level=level)
