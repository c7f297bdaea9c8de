"""Where the packs that ship are: in a wheel, zipped in one file of the package; in a checkout and an editable install, in the folder beside it.

One file since a start looks whether the packs are still those that the stored rules are of: a thousand looks would take longer than
all else that it does.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# `tools/wheel_hook.py` puts it into the package.
ZIPPED = "packs.zip"
SUFFIX = ".toml"


def rules_place() -> str:
    """The zip file of the packs, or their folder."""
    inside = os.path.join(_PACKAGE, ZIPPED)
    return inside if os.path.isfile(inside) else os.path.join(os.path.dirname(_PACKAGE), "rules")


def shipped() -> list[tuple[str, Traversable]]:
    """The packs by their names below `rules/` (`en/share.toml`), in order. Raises OSError if they are not there (a broken installation)."""
    place = rules_place()
    found: dict[str, Traversable]
    if os.path.isfile(place):
        from zipfile import Path as Zipped  # late: a start that finds its rules ready reads no pack
        from zipfile import ZipFile

        archive = ZipFile(place)
        found = {name: Zipped(archive, name) for name in archive.namelist()}
    else:
        from pathlib import Path

        base = Path(place)
        found = {path.relative_to(base).as_posix(): path for path in base.rglob(f"*{SUFFIX}")}
    if not found:
        raise FileNotFoundError(place)
    return sorted(found.items(), key=lambda item: item[0].split("/"))
