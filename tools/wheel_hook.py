"""Called by hatchling when it builds a wheel: the built-in rules, made ready for the Python that builds, go with it.

The compiled core is built too, where there is a compiler; without it `cleaner` works, slower and the same. A wheel that another Python installs works as well; there the rules are made ready at the first run.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


@contextmanager
def _cache_in(folder: str) -> Iterator[None]:
    """Have what is remembered on the way kept in `folder`, which goes: nothing is left in the home of who builds."""
    before = os.environ.get("CLEANER_CACHE")
    os.environ["CLEANER_CACHE"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["CLEANER_CACHE"]
        else:
            os.environ["CLEANER_CACHE"] = before


class RulesHook(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file before the wheel is packed."""
        sys.path.insert(0, self.root)
        from tools.core_build import build_core

        self._folder = tempfile.TemporaryDirectory()
        try:
            core = build_core(Path(self.root), Path(self._folder.name))
        except Exception as e:  # whatever a compiler, or its absence, may raise
            self.app.display_warning(f"cleaner is built without its compiled core, and will be slower: {e}")
            core = None
        if version == "editable":  # the packs of a checkout change: its user's own cache follows them
            for old in Path(self.root, "cleaner", "fast").glob("_core.*"):
                old.unlink()
            if core:
                shutil.copy2(core, Path(self.root, "cleaner", "fast", core.name))
            return
        if core:
            build_data["force_include"][str(core)] = f"cleaner/fast/{core.name}"
            build_data["pure_python"], build_data["infer_tag"] = False, True
        from cleaner.fast.store_place import write_beside
        from cleaner.rules.folder import ZIPPED

        force = build_data["force_include"]
        force[str(self._zipped())] = f"cleaner/{ZIPPED}"
        with _cache_in(self._folder.name):
            for name in write_beside(self._folder.name):
                force[str(Path(self._folder.name) / name)] = f"cleaner/fast/{name}"

    def _zipped(self) -> Path:
        """The packs in one file, the same whenever it is made."""
        from cleaner.rules.folder import shipped

        path = Path(self._folder.name) / "packs"
        with ZipFile(path, "w") as archive:
            for name, file in shipped():
                archive.writestr(ZipInfo(name), file.read_bytes())
        return path

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up after the wheel is packed."""
        del version, build_data, artifact_path
        self._folder.cleanup()
