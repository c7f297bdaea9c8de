"""The code that a page of docs shows, for tests to run as it stands there."""

from __future__ import annotations

import re

from tests.running import ROOT


def sections(page: str) -> dict[str, list[str]]:
    """The Python blocks of each section of a page of docs, by the section's head; sections without any are left out."""
    parts = re.split(r"^## (.+)\n", (ROOT / "docs" / page).read_text(), flags=re.MULTILINE)[1:]
    found = {
        head: re.findall(r"^```python\n(.*?)^```$", body, re.DOTALL | re.MULTILINE)
        for head, body in zip(parts[::2], parts[1::2], strict=True)
    }
    return {head: blocks for head, blocks in found.items() if blocks}
