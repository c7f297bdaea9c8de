"""Settings from a file: `cleaner.toml`, or `[tool.cleaner]` of `pyproject.toml`, nearest upward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cleaner.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Config:
    """What a settings file says; `None` or empty where it says nothing. Keys are the names of the long options.

    Attributes:
        select, ignore: rules or categories.
        level: careful, standard or thorough.
        lang: languages.
        rules: further packs; relative paths count from the file.
        max_removed: share of words, 0 to 1.
        diff: the style of the diff: unified, annotated or words.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: str | None = None
    lang: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    max_removed: float | None = None
    diff: str | None = None


_KEYS = {f.name.replace("_", "-"): f.name for f in fields(Config)}
_LISTS = {"select", "ignore", "lang", "rules"}


def find_config(start: Path) -> Path | None:
    """The settings file that holds for the folder `start`: the nearest upward; `cleaner.toml` before `pyproject.toml`.

    Raises:
        ConfigError: a `pyproject.toml` on the way that cannot be read.
    """
    for folder in (start, *start.parents):
        if (own := folder / "cleaner.toml").is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "cleaner" in _table(_parsed(project), "tool", project):
            return project
    return None


def load_config(path: Path) -> Config:
    """Read a settings file.

    Raises:
        ConfigError: it cannot be read, is not TOML, or holds a key or value that is not understood; names file and key.
    """
    data = _parsed(path)
    if path.name == "pyproject.toml":
        data = _table(_table(data, "tool", path), "cleaner", path)
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _KEYS:
            raise ConfigError(f"{path}: unknown key {key!r}; known: {', '.join(_KEYS)}")
        values[_KEYS[key]] = _value(path, key, value)
    return Config(**values)


def _value(path: Path, key: str, value: object) -> object:
    if key in _LISTS:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i for i in items):
            raise ConfigError(f"{path}: {key!r} must be a text or a list of texts, not {value!r}")
        return tuple(path.parent / i for i in items) if key == "rules" else tuple(items)
    if key == "max-removed":
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise ConfigError(f"{path}: {key!r} must be a number from 0 to 1, not {value!r}")
        return float(value)
    if not isinstance(value, str):
        raise ConfigError(f"{path}: {key!r} must be a text, not {value!r}")
    known = {"level": ("careful", "standard", "thorough"), "diff": ("unified", "annotated", "words")}[key]
    if value not in known:
        raise ConfigError(f"{path}: {key!r} must be one of {', '.join(known)}, not {value!r}")
    return value


def _parsed(path: Path) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ConfigError(f"{path}: {e.strerror or e}") from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"{path}: not valid TOML: {e}") from e
    except RecursionError as e:
        raise ConfigError(f"{path}: nested too deeply") from e


def _table(data: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {key!r} must be a table")
    return value
