"""Called by hatchling when it builds a wheel: the built-in rules, made ready for the Python that builds, go with it.

A wheel that another Python installs works as well; there the rules are made ready at the first run.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class RulesHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file before the wheel is packed."""
        if version == "editable":  # the packs of a checkout change: its user's own cache follows them
            return
        sys.path.insert(0, self.root)
        from cleaner.prepare import write_prepared
        from cleaner.shelf import BESIDE

        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / BESIDE
        write_prepared(str(path))
        build_data["force_include"][str(path)] = f"cleaner/{BESIDE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up after the wheel is packed."""
        del build_data, artifact_path
        if version != "editable":
            self._folder.cleanup()
