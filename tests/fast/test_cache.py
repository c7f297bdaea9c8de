"""The cache on disk: whole or not at all, and nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.fast import cache

KEY = b"this version"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "cache"
    monkeypatch.setenv("CLEANER_CACHE", str(place))
    return place


def stored(folder: Path) -> Path:
    assert cache.store("x", KEY, {"a": (1, "b")}, [["one"], ["two"]])
    return folder / "x"


def test_round_trip(folder: Path) -> None:
    stored(folder)
    archive = cache.open_archive("x", KEY)
    assert archive
    assert archive.index == {"a": (1, "b")}
    assert [archive.section(0), archive.section(1)] == [["one"], ["two"]]
    assert [p.name for p in folder.iterdir()] == ["x"]


def test_other_key_is_another_version(folder: Path) -> None:
    stored(folder)
    assert cache.open_archive("x", b"another") is None
    assert cache.open_archive("y", KEY) is None


@pytest.mark.parametrize("cut", [0, 5, 30, 60, 80])
def test_torn_file_is_none(folder: Path, cut: int) -> None:
    path = stored(folder)
    path.write_bytes(path.read_bytes()[:cut])
    assert cache.open_archive("x", KEY) is None


def test_damage_is_seen(folder: Path) -> None:
    path = stored(folder)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    archive = cache.open_archive("x", KEY)
    assert archive
    with pytest.raises(ValueError, match="damaged"):
        archive.section(1)


def test_damage_anywhere_is_seen(folder: Path) -> None:
    path = stored(folder)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        archive = cache.open_archive("x", KEY)
        if archive is None:
            continue
        with pytest.raises(ValueError, match="damaged"):
            [archive.section(0), archive.section(1)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such pipes here")
def test_a_pipe_in_its_place_is_not_waited_for(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    os.mkfifo(folder / "x", 0o600)
    assert cache.open_archive("x", KEY) is None
    stored(folder)
    assert cache.open_archive("x", KEY)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners here")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_others_can_write_is_not_read(folder: Path, what: str) -> None:
    path = stored(folder)
    (path if what == "file" else folder).chmod(0o777)
    assert cache.open_archive("x", KEY) is None
    if what == "folder":
        assert not cache.store("x", KEY, 1)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_another_owns_is_not_read(folder: Path, what: str) -> None:
    path = stored(folder)
    os.chown(path if what == "file" else folder, 1000, -1)
    assert cache.open_archive("x", KEY) is None
    if what == "folder":
        assert not cache.store("x", KEY, 1)


def test_no_place_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CLEANER_CACHE", str(tmp_path / "file" / "below"))
    assert not cache.store("x", KEY, 1)
    assert cache.open_archive("x", KEY) is None


def test_what_is_mapped_is_checked_when_it_is_asked_for(folder: Path) -> None:
    mapped = memoryview(bytes(range(256)) * 40)
    assert cache.store("x", KEY, 1, ["plain", mapped])
    path = folder / "x"
    archive = cache.open_archive("x", KEY)
    assert archive
    assert archive.whole()
    assert bytes(archive.section(1)) == mapped
    data = bytearray(path.read_bytes())
    data[-7] ^= 1
    path.write_bytes(data)
    damaged = cache.open_archive("x", KEY)
    assert damaged
    assert not damaged.whole()
    assert damaged.section(0) == "plain"
