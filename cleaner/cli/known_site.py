"""`--site`: what is known of a site beforehand, for texts that are seen one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.formats import Fields, Record
from cleaner.sites import site_and_page
from cleaner.sites.pack import SitePack


class KnownSite:
    """What packs of `cleaner learn --site` say.

    Args:
        packs: the files.
        url_field, site_field: the fields that hold a record's address and its site; see `Fields`.

    Raises:
        ConfigError: one cannot be read, or is no such pack.
    """

    def __init__(self, packs: tuple[Path, ...], url_field: str, site_field: str | None) -> None:
        self._pack = SitePack.read(packs)
        self._fields = Fields(url=url_field, site=site_field)

    def record(self, data: Mapping[str, Any], text: str) -> list[int] | None:
        """In how many other documents of its site each line of a text in the record `data` stands; None if nothing is known."""
        return self._pack.repeats(site_and_page(Record("", text, data), self._fields, sure=True)[0], text)

    def text(self, name: str, text: str) -> list[int] | None:
        """The same of a text by itself, whose folder may tell its site."""
        return self._pack.repeats(site_and_page(Record(name, text, {}), self._fields, sure=True)[0], text)
