"""What repeats on a site, as a small file: written once from its pages, used where each page is seen but once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from cleaner.errors import ConfigError
from cleaner.sites.key import masked
from cleaner.sites.repeats import beyond_copies
from cleaner.text.view import View
from cleaner.workbench.pack_text import comment, value_text

# A line longer than this (characters) is in no pack.
LONGEST = 1000
_HEAD = (
    "What repeats on a site: written by `cleaner learn --site`, for `cleaner --site`. Each line as it is compared (without",
    "case and punctuation, numbers as 0), and in how many documents it stands. Take out what is body text.",
)

# A line as it is compared, and in how many documents it stands.
Known = tuple[str, int]


class SitePack:
    """What packs say of the lines of their sites.

    Args:
        sites: for each site its lines.
    """

    def __init__(self, sites: Mapping[str, Iterable[Known]]) -> None:
        self._sites = {site: dict(lines) for site, lines in sites.items()}

    @classmethod
    def read(cls, paths: Iterable[Path]) -> SitePack:
        """The packs at `paths` together.

        Raises:
            ConfigError: one cannot be read, or is no such pack.
        """
        sites: dict[str, list[Known]] = {}
        for path in paths:
            for site, lines in _read(path):
                sites.setdefault(site, []).extend(lines)
        return cls(sites)

    def repeats(self, site: str, text: str) -> list[int] | None:
        """What `line_repeats` says of a document; None if nothing is known of its site.

        A document of which no site is known is of the one that the packs are of, if they are of one.
        """
        known = self._sites.get(site)
        if known is None and not site and len(self._sites) == 1:
            known = next(iter(self._sites.values()))
        if not known:
            return None
        lines = text.split("\n")
        # It may be one of the documents that were counted.
        return beyond_copies(lines, [known.get(masked(View(line).low), 1) - 1 for line in lines])


def site_pack_text(sites: Mapping[str, Iterable[Known]]) -> str:
    """A pack as TOML."""
    out = ["\n".join(map(comment, _HEAD)) + "\n"]
    for site, lines in sites.items():
        rows = "".join(f"    [{value_text('text', text)}, {n}],\n" for text, n in lines)
        out.append(f"[[site]]\nname = {value_text('name', site)}\nlines = [\n{rows}]\n")
    return "\n".join(out)


def _read(path: Path) -> Iterable[tuple[str, list[Known]]]:
    try:
        data = tomllib.loads(path.read_bytes().decode())
    except OSError as e:
        raise ConfigError(f"{path}: {e.strerror or e}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path}: not valid TOML: {e}") from e
    except RecursionError as e:
        raise ConfigError(f"{path}: nested too deeply") from e
    sites = data.get("site")
    if data.keys() != {"site"} or not isinstance(sites, list) or not all(map(_is_site, sites)):
        raise ConfigError(f"{path}: is not what `cleaner learn --site` writes: [[site]] with 'name' and 'lines'")
    for site in sites:
        for line in site["lines"]:
            if not _is_known(line):
                reason = "a line is [text, documents], of two documents or more"
                raise ConfigError(f"{path}: site {site['name']!r}: {reason}, not {line!r}")
        yield site["name"], [(text, n) for text, n in site["lines"]]


def _is_site(site: object) -> bool:
    return (
        isinstance(site, dict)
        and site.keys() == {"name", "lines"}
        and isinstance(site["name"], str)
        and isinstance(site["lines"], list)
    )


def _is_known(line: object) -> bool:
    return isinstance(line, list) and list(map(type, line)) == [str, int] and line[1] > 1
