"""Where rules are kept ready: what the store depends on, what is never taken from it, and what a wheel brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from cleaner.cli import entry
from cleaner.fast import cache, prepare, sources, store_place
from cleaner.rules import folder
from tests.running import ROOT, Stream

TEXT = b"Prices rose by a tenth in May, the office said.\n\nZap this\n"
BODY = b"Prices rose by a tenth in May, the office said.\n"
PACK = """about = "A pack for tests."
category = "ui"
language = "en"
[[rule]]
id = "zap"
why = "For tests."
match = '^zap this$'
drop = ["Zap this", "ZAP THIS"]
keep = ["Zap this one."]
"""
HAS_OWNERS = pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")


class Copy:
    """A copy of the program with one small pack, and a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        shutil.copytree(ROOT / "cleaner", folder / "cleaner", ignore=shutil.ignore_patterns("__pycache__", "*.cache"))
        self.pack = folder / "rules" / "en" / "ui.toml"
        self.pack.parent.mkdir(parents=True)
        self.pack.write_text(PACK)
        self.home.mkdir()

    def start(self, code: str = "", *args: str) -> subprocess.Popen[bytes]:
        code = f"import sys; sys.path[0] = {str(self.folder)!r}; {code or 'from cleaner.cli.entry import program; program()'}"
        env = {k: v for k, v in os.environ.items() if k != "CLEANER_CACHE"}
        env |= {
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "LOCALAPPDATA": str(self.home / "cache"),
        }
        return subprocess.Popen(
            [sys.executable, "-c", code, *(args or ("-q",))],
            cwd=self.home, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, code: str = "", text: bytes = TEXT) -> bytes:
        process = self.start(code)
        out, err = process.communicate(text, timeout=120)
        assert (process.returncode, err) == (0, b"")
        return out

    def makes(self, before: str = "") -> bool:
        """Whether a run makes the rules ready, instead of finding them; `before`: what it does first."""
        code = f"import sys; {before or None}; from cleaner.cli.entry import main; main(); print('cleaner.fast.prepare' in sys.modules)"
        return self.run(code).endswith(b"True\n")

    def stored(self) -> Path:
        [path] = (self.home / "cache" / "cleaner").glob("rules-*")
        return path


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_made_once(copy: Copy) -> None:
    assert copy.makes()
    assert not copy.makes()
    assert copy.run() == BODY


def test_changed_pack_is_seen_whatever_its_size_and_time(copy: Copy) -> None:
    assert copy.run() == BODY
    before = copy.pack.stat()
    copy.pack.write_text(PACK.replace("zap this", "zap that"))
    os.utime(copy.pack, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert copy.pack.stat().st_size == before.st_size
    assert copy.run() == TEXT


def test_touched_pack_is_the_same(copy: Copy) -> None:
    assert copy.makes()
    os.utime(copy.pack)
    assert not copy.makes()


def test_changed_code_is_seen(copy: Copy) -> None:
    assert copy.makes()
    with (copy.folder / "cleaner" / "fast" / "gates.py").open("a") as file:
        file.write("# another version\n")
    assert copy.makes()


def test_content_is_remembered_only_of_files_at_rest(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may change twice within one tick of the clock; so what was touched just now is read again each time."""
    read: list[bool] = []
    contents = sources._contents
    monkeypatch.setenv("CLEANER_CACHE", str(copy.home / "own"))
    monkeypatch.setattr(sources, "HERE", str(copy.folder / "cleaner"))
    for module in (folder, sources):
        monkeypatch.setattr(module, "rules_place", lambda: str(copy.folder / "rules"))
    monkeypatch.setattr(sources, "_contents", lambda: read.append(True) or contents())

    def key() -> tuple[bytes, bool]:
        read.clear()
        return sources.key(), bool(read)

    first, _ = key()
    assert key() == (first, True)
    later = copy.pack.stat().st_ctime + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert key() == (first, True)
    assert key() == (first, False)
    before = copy.pack.stat()
    copy.pack.write_text(PACK.replace("zap this", "zap that"))
    os.utime(copy.pack, ns=(before.st_atime_ns, before.st_mtime_ns))
    second, was_read = key()
    assert was_read
    assert second != first


def test_a_new_pack_is_seen(copy: Copy) -> None:
    assert copy.run() == BODY
    copy.pack.with_name("more.toml").write_text(PACK.replace("zap", "zip").replace("Zap", "Zip").replace("ZAP", "ZIP"))
    assert copy.run(text=b"Zip this\n") == b""
    copy.pack.unlink()
    assert copy.run() == TEXT


def test_packs_zipped_as_in_a_wheel_are_the_same(copy: Copy) -> None:
    assert copy.makes()
    with ZipFile(copy.folder / "cleaner" / folder.ZIPPED, "w") as archive:
        archive.write(copy.pack, "en/ui.toml")
    shutil.rmtree(copy.folder / "rules")
    assert not copy.makes()
    assert copy.run() == BODY
    assert copy.run("from cleaner.cli.entry import main; main(['rules', 'list', 'ui'])").startswith(b"ui/en/zap")


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _foreign(path: Path) -> None:
    path.write_bytes(b"#!/bin/sh\n" * 1000)


def _of_another_version(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[20] ^= 1  # in the digest of the key
    path.write_bytes(data)


def _damaged_index(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(data)


def _damaged_sections(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-20_000:] = bytes(20_000)
    path.write_bytes(data)


def _writable_by_others(path: Path) -> None:
    path.chmod(0o666)


@pytest.mark.parametrize(
    "spoil",
    [
        _torn, _foreign, _of_another_version, _damaged_index, _damaged_sections,
        pytest.param(_writable_by_others, marks=HAS_OWNERS),
    ],
)  # fmt: skip
def test_bad_file_is_made_again(copy: Copy, spoil: Callable[[Path], None]) -> None:
    assert copy.run() == BODY
    spoil(copy.stored())
    assert copy.run() == BODY
    assert copy.run() == BODY
    assert not copy.makes()


def test_two_at_once(copy: Copy) -> None:
    both = [copy.start() for _ in range(2)]
    assert [process.communicate(TEXT, timeout=120) for process in both] == [(BODY, b"")] * 2
    assert copy.stored().parent.is_dir()
    assert not list(copy.stored().parent.glob("*.tmp"))
    assert not copy.makes()


def test_without_a_place_to_write(copy: Copy) -> None:
    (copy.home / "cache").write_text("no folder")
    assert copy.run() == BODY
    assert copy.run() == BODY


def beside(copy: Copy) -> Path:
    """Put the file in place as a wheel would."""
    copy.run(
        "from cleaner.fast import sources, store_place; store_place.write_beside(sources.HERE + '/fast')",
        b"",
    )
    return copy.folder / "cleaner" / "fast" / store_place.BESIDE


def test_what_came_with_the_wheel_is_used(copy: Copy) -> None:
    beside(copy)
    assert not copy.makes()
    assert copy.run() == BODY
    assert not list(copy.home.glob("cache/cleaner/rules-*"))


def test_another_patch_level_takes_what_came_with_the_wheel(copy: Copy) -> None:
    beside(copy)
    assert not copy.makes("sys.hexversion += 1 << 8")


@pytest.mark.parametrize(
    "spoil", [_torn, _foreign, _of_another_version, _damaged_index, pytest.param(_writable_by_others, marks=HAS_OWNERS)]
)
def test_what_came_with_the_wheel_and_is_bad(copy: Copy, spoil: Callable[[Path], None]) -> None:
    spoil(beside(copy))
    assert copy.makes()
    assert not copy.makes()
    assert copy.run() == BODY


def test_changed_pack_beside_the_wheels_file(copy: Copy) -> None:
    beside(copy)
    copy.pack.write_text(PACK.replace("zap this", "zap that"))
    assert copy.run() == TEXT


@HAS_OWNERS
def test_group_of_the_code_may_write_what_lies_beside_it(tmp_path: Path) -> None:
    code, file = tmp_path / "code.py", tmp_path / "x"
    code.write_text("")
    cache.write(str(file), b"key", 1)
    for code_mode, mode, good in (
        (0o644, 0o644, True),
        (0o644, 0o664, False),
        (0o664, 0o664, True),
        (0o666, 0o666, False),
    ):
        code.chmod(code_mode)
        file.chmod(mode)
        assert bool(cache.open_beside(str(code), "x", b"key")) == good, (code_mode, mode)


@pytest.mark.parametrize(
    ("module", "known"), [("prepare", sources.MODULES), ("judge_numbers", sources.JUDGING)], ids=["rules", "numbers"]
)
def test_every_module_that_has_a_say_is_known(module: str, known: tuple[str, ...]) -> None:
    code = (
        f"import sys, cleaner.fast.{module}\n"
        "for name, module in sys.modules.items():\n"
        "    if name.startswith('cleaner.') and not hasattr(module, '__path__'): print(name.partition('.')[2].replace('.', '/'))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(known) == set(done.stdout.split())


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_is_told_when_rules_are_made(
    terminal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = Stream(terminal=terminal)
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "none"))
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(prepare, "prepared", lambda: ((0, 0, 0), []))
    monkeypatch.setattr(store_place._State, "tell", None)
    store_place.tell_by(entry._tell)
    store_place.stored()
    assert stream.content().startswith(b"cleaner: making the rules ready") == terminal
