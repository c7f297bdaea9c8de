"""Evidence across documents: which lines stand in several documents of one site.

Imports `formats` and below. Begin with `store`, where lines are counted, then `repeats`.
"""

from __future__ import annotations

from cleaner.sites.key import line_keys
from cleaner.sites.repeats import line_repeats
from cleaner.sites.site import site_and_page
from cleaner.sites.store import RepeatCounter, RepeatStore

__all__ = ["RepeatCounter", "RepeatStore", "line_keys", "line_repeats", "site_and_page"]
