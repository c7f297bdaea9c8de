"""Which site a document is of, and which page of it: two copies of one page are no two documents."""

from __future__ import annotations

import functools
import re
from urllib.parse import urlsplit

from cleaner.formats import SITE_FIELDS, Fields, Record

# What a folder is called if that may be a host.
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}")


def site_and_page(record: Record, fields: Fields, sure: bool = False) -> tuple[str, str]:
    """The site and the page of a document.

    The site is the first of these that there is:

    - what the field `fields.site` says;
    - the registered domain of the web address in `fields.url`;
    - if no `fields.site` was named, that of the host in one of `SITE_FIELDS`;
    - that of the first folder in the document's name that is called like a host (`www.example.org`);
    - that of `fields.folder`, if it is called so;
    - unless it is to be `sure`, the first folder in the document's name;
    - "".

    The page is the address without its fragment, else the name of the document, or of the record that holds several.
    """
    url = record.fields.get(fields.url)
    page, host = _parted(url) if isinstance(url, str) else ("", "")
    site = record.fields.get(fields.site) if fields.site else None
    if site is None or site == "":
        site = registered_domain(host) if host else _named(record, fields) or _of_folders(record, fields)
    if site == "" and not sure:
        site, slash, _ = record.name.partition("/")
        site = site if slash else ""
    return str(site), page or record.row or record.name


def _of_folders(record: Record, fields: Fields) -> str:
    """The registered domain that one of the folders is called by in which a document lies; "" if none is."""
    return next(filter(None, map(_known_domain, [*record.name.split("/")[:-1], fields.folder])), "")


def _named(record: Record, fields: Fields) -> str:
    """The domain that a field of a usual name holds, if nobody said which one does; "" if none does."""
    values = () if fields.site else map(record.fields.get, SITE_FIELDS)
    return next(filter(None, (_known_domain(v) for v in values if isinstance(v, str))), "")


@functools.lru_cache(maxsize=10_000)
def _known_domain(host: str) -> str:
    """The registered domain of what looks like a host and has a suffix on the list; "" for anything else."""
    known = _HOST.fullmatch(host) and _suffixes().privatesuffix(host.lower(), accept_unknown=False)
    return str(known) if known else ""


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
    return str(_suffixes().privatesuffix(host) or host)


@functools.cache
def _suffixes():  # type: ignore[no-untyped-def]
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
