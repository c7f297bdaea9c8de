"""Where rule packs are found: in the installed wheel, in a checkout, and where the user points."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.rules.folder import rules_folder
from cleaner.rules.loader import Fault, check_unique, fault_of, load_pack
from cleaner.rules.rule import RulePack


def rules_directory() -> Path:
    """The folder of the rule packs that come with `cleaner`.

    In a wheel they lie inside the package; in a checkout and an editable install, beside it.

    Raises:
        RuleError: neither is there (a broken installation).
    """
    place = Path(rules_folder())
    if not place.is_dir():
        raise RuleError(str(place), None, "the rule packs are missing; reinstall cleaner")
    return place


def pack_files(path: Path) -> list[Path]:
    """The pack files that `path` (a TOML file or a folder of them, at any depth) stands for, sorted.

    Raises:
        RuleError: there is no such path, or no pack in it.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise RuleError(str(path), None, "no such file or directory")
    found = sorted(path.rglob("*.toml"))
    if not found:
        raise RuleError(str(path), None, "holds no .toml file")
    return found


def load_packs(extra: Iterable[Path] = (), built_in: bool = True, fault: Fault = fault_of) -> list[RulePack]:
    """Load the built-in packs and those of `extra` (files or folders), whose patterns have no `fault`.

    Raises RuleError for the first bad rule.
    """
    packs = []
    if built_in:
        base = rules_directory()
        packs += [load_pack(p, f"rules/{p.relative_to(base).as_posix()}", fault) for p in pack_files(base)]
    for path in extra:
        packs += [load_pack(p, fault=fault) for p in pack_files(path)]
    check_unique(rule for pack in packs for rule in pack.rules)
    return packs
