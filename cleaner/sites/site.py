"""Which site a document is of, and which page of it: two copies of one page are no two documents."""

from __future__ import annotations

import functools
from urllib.parse import urlsplit

from cleaner.formats import Fields, Record


def site_and_page(record: Record, fields: Fields) -> tuple[str, str]:
    """The site and the page of a document.

    The site is what the field `fields.site` says; else the registered domain of the web address in `fields.url`; else
    the first folder in the document's name. The page is the address without its fragment, else the name of the document, or of
    the record that holds several.
    """
    url = record.fields.get(fields.url)
    page, host = _parted(url) if isinstance(url, str) else ("", "")
    site = record.fields.get(fields.site) if fields.site else None
    if site is None or site == "":
        site = registered_domain(host) if host else record.name.partition("/")[0] if "/" in record.name else ""
    return str(site), page or record.row or record.name


def _parted(url: str) -> tuple[str, str]:
    """An address without scheme and fragment, and its host; both empty if it has none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return "", ""
    if not host:
        return "", ""
    return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}", host


@functools.lru_cache(maxsize=10_000)
def registered_domain(host: str) -> str:
    """The part of a host name that somebody registered, by the Public Suffix List: `news.bbc.co.uk` gives `bbc.co.uk`.

    The host itself if it is an address of numbers, or has no suffix on the list.
    """
    host = host.lower()
    if host.rpartition(".")[2].isdigit():
        return host
    return _suffixes().privatesuffix(host) or host


@functools.cache
def _suffixes():  # type: ignore[no-untyped-def]
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
