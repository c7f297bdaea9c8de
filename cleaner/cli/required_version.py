"""`required-version`: whether a settings file is meant for the version that runs."""

from __future__ import annotations

from cleaner.distribution import version
from cleaner.errors import ConfigError


def needs(path: str, wanted: object) -> None:
    """Hold `required-version` against the version that runs. A checkout that is not installed has none, and fits.

    Raises:
        ConfigError: it is another, or what is asked is not understood.
    """
    this = version() or ""
    if not isinstance(wanted, str) or not wanted.strip():
        raise ConfigError(f"{path}: 'required-version' must be a text such as '>=0.1,<2', not {wanted!r}")
    fits = [_fits(path, part.strip(), this) for part in wanted.split(",")]
    if this and not all(fits):
        raise ConfigError(f"{path}: asks for cleaner {wanted}, and this is {this}")


def _fits(path: str, part: str, this: str) -> bool:
    sign = next((s for s in ("==", "!=", ">=", "<=", ">", "<") if part.startswith(s)), "")
    wanted = part.removeprefix(sign).strip()
    if not all(piece.isascii() and piece.isdecimal() for piece in wanted.split(".")):
        raise ConfigError(f"{path}: 'required-version': {part!r} is not understood, only such as '>=0.1'")
    one, other = _numbers(this), _numbers(wanted)
    one, other = (n + (0,) * (max(len(one), len(other)) - len(n)) for n in (one, other))
    return {
        "": one == other, "==": one == other, "!=": one != other,
        ">=": one >= other, "<=": one <= other, ">": one > other, "<": one < other,
    }[sign]  # fmt: skip


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version begins with: of 1.2rc1 they are 1 and 2."""
    found = []
    for piece in version.split("."):
        digits = piece[: len(piece) - len(piece.lstrip("0123456789"))]
        if not digits:
            break
        found.append(int(digits))
    return tuple(found)
