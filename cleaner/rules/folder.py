"""Where the packs that ship are."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def rules_folder() -> str:
    """The folder of the packs: inside the package in a wheel, beside it in a checkout and an editable install."""
    inside = os.path.join(_PACKAGE, "packs")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_PACKAGE), "rules")
