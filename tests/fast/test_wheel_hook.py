"""A wheel brings the rules ready, and building it leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.running import ROOT

BUILD = """
import sys, types
interface = types.ModuleType("hatchling.builders.hooks.plugin.interface")
interface.BuildHookInterface = object
sys.modules[interface.__name__] = interface
sys.path.insert(0, sys.argv[1])
from tools import core_build, wheel_hook
from cleaner.rules import packs
core_build.build_core = lambda *_: None
every = packs.load_packs
from cleaner.fast import prepare
prepare.load_packs = lambda **options: every(**options)[:2]  # two packs are as good as all to see where things go
hook = wheel_hook.RulesHook()
hook.root = sys.argv[1]
data = {"force_include": {}}
hook.initialize("standard", data)
made = data["force_include"]
assert list(made.values()) == ["cleaner/packs.zip", "cleaner/fast/rules.cache", "cleaner/fast/numbers.cache"]
import os
assert all(os.path.getsize(file) > 1000 for file in made)
hook.finalize("standard", data, "")
assert not any(map(os.path.exists, made))
"""


def test_building_writes_nothing_into_a_home(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    kept = {k: v for k, v in os.environ.items() if k not in ("CLEANER_CACHE", "XDG_CACHE_HOME")}
    env = {**kept, "HOME": str(home), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", BUILD, str(ROOT)], env=env, check=True, timeout=300)
    assert list(home.rglob("*")) == []
    assert list(temporary.iterdir()) == []
