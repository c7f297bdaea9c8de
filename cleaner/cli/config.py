"""Settings from a file: `cleaner.toml`, or `[tool.cleaner]` of `pyproject.toml`, nearest upward; else the user's own.

Light: neither pathlib nor a class library is imported, as small runs read settings too.
"""

from __future__ import annotations

import os
import sys

from cleaner.cli.keys import KEYS, PER_PATH, checked
from cleaner.cli.plain import OWN, PROJECT
from cleaner.errors import ConfigError
from cleaner.fast import cache

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


class PerPath:
    """What a settings file says of some paths alone.

    Attributes:
        patterns: which, as in `.gitignore`, from the file's folder.
        values: keys of the rules and their values; of `ignore`, `rules` and `keep` besides the general ones.
    """

    def __init__(self, patterns: tuple[str, ...], values: Mapping[str, Any]) -> None:
        self.patterns, self.values = patterns, values


class Config:
    """What a settings file says.

    Attributes:
        path: the file; empty if there is none.
        values: by key, which is the name of a long option; paths count from the file.
        per_path: what holds for some paths alone, in order.
    """

    def __init__(
        self, path: str = "", values: Mapping[str, Any] | None = None, per_path: tuple[PerPath, ...] = ()
    ) -> None:
        self.path, self.values, self.per_path = path, values or {}, per_path

    def get(self, key: str) -> Any:
        """The value of a key; an empty list, or None, where the file says nothing."""
        return self.values.get(key, () if KEYS[key].is_list else None)

    @property
    def folder(self) -> str:
        """The folder that paths count from."""
        return os.path.dirname(os.path.abspath(self.path))


def nearest_config(files: Iterable[str]) -> Config:
    """The settings that hold: of the first of `files` (see `settings_files`) that has any for us; none if none has.

    Raises:
        ConfigError: as `load_config`, also for a `pyproject.toml` that looks as if it had settings for us and cannot be
            read. One of others that is broken has none.
    """
    for path in files:
        if os.path.basename(path) != PROJECT:
            return load_config(path)
        try:
            data = _read(path)
        except ConfigError:
            continue
        try:
            tool = _parsed(path, data).get("tool")
        except ConfigError:
            if _named(data):
                raise
            continue
        if isinstance(tool, dict) and "cleaner" in tool:
            return _config(path, tool)
    return Config()


def _named(data: bytes) -> bool:
    """Whether a file that is no TOML looks as if it had a table for us."""
    return any(b"".join(line.split()).startswith((b"[tool.cleaner", b"[[tool.cleaner")) for line in data.splitlines())


def load_config(path: str) -> Config:
    """Read a settings file.

    Raises:
        ConfigError: it cannot be read, is not TOML, holds a key or value that is not understood, or asks for another
            version of this program; names file and key.
    """
    data = _parsed(path, _read(path))
    return _config(path, _table(data, "tool", path) if os.path.basename(path) == PROJECT else {"cleaner": data})


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as e:
        raise ConfigError(f"{path}: {e.strerror or e}") from e


def _config(path: str, tables: Mapping[str, Any]) -> Config:
    """What the table `cleaner` among `tables` says."""
    data = _table(tables, "cleaner", path)
    if "required-version" in data:  # first: a later version may know keys that this one does not
        from cleaner.cli.required_version import needs

        needs(path, data["required-version"])
    values = {k: _value(path, k, v) for k, v in data.items() if k not in ("per-path", "required-version")}
    return Config(path, values, _per_path(path, data.get("per-path", [])))


def _value(path: str, key: str, value: object) -> object:
    if key not in KEYS:
        raise ConfigError(f"{path}: unknown key {key!r}; known: {', '.join(KEYS)}, required-version, per-path")
    return checked(path, key, value)


def _per_path(path: str, entries: object) -> tuple[PerPath, ...]:
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise ConfigError(f"{path}: 'per-path' must be tables: [[per-path]]")
    found = []
    for number, entry in enumerate(entries, 1):
        where = f"{path}: per-path {number}"
        patterns = entry.get("paths")
        if not isinstance(patterns, list) or not patterns or not all(isinstance(p, str) for p in patterns):
            raise ConfigError(f"{where}: 'paths' must be a list of texts")
        values = {}
        for key, value in entry.items():
            if key == "paths":
                continue
            if key not in PER_PATH:
                raise ConfigError(f"{where}: unknown key {key!r}; known: paths, {', '.join(PER_PATH)}")
            values[key] = checked(path, key, value, where)
        found.append(PerPath(tuple(patterns), values))
    return tuple(found)


def _parsed(path: str, data: bytes) -> Mapping[str, Any]:
    """What a file says that concerns us, remembered: what reads TOML takes longer to import than a small run.

    What is remembered counts for the very content alone, read by this very Python. It has one of 256 places, told by the
    path: a file that changes replaces what it said before, and no number of folders fills the disk.
    """
    project = os.path.basename(path) == PROJECT
    key = f"{PROJECT if project else OWN} {sys.version} ".encode() + data
    name = f"seen-toml-{cache.digest(os.fsencode(os.path.abspath(path))).hex()[:2]}"
    if known := cache.open_archive(name, key):
        return known.index  # type: ignore[no-any-return]  # what was stored under the very content
    import tomllib

    try:
        said = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path}: not valid TOML: {e}") from e
    except RecursionError as e:
        raise ConfigError(f"{path}: nested too deeply") from e
    if project:
        said = _ours(said)
    try:
        cache.store(name, key, said)
    except ValueError:  # a date, which is no plain data, and no setting either
        pass
    return said


def _ours(said: dict[str, Any]) -> dict[str, Any]:
    """Of a `pyproject.toml` our table, in its place."""
    tool = said.get("tool", {})
    if not isinstance(tool, dict):
        return {"tool": None}
    return {"tool": {"cleaner": tool["cleaner"]}} if "cleaner" in tool else {}


def _table(data: Mapping[str, Any], key: str, path: str) -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {key!r} must be a table")
    return value
