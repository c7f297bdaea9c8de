"""Evidence across documents: which lines stand in several documents of one site."""

from __future__ import annotations

from cleaner.evidence.key import line_keys
from cleaner.evidence.repeats import line_repeats
from cleaner.evidence.site import site_and_page
from cleaner.evidence.store import RepeatCounter, RepeatStore

__all__ = ["RepeatCounter", "RepeatStore", "line_keys", "line_repeats", "site_and_page"]
