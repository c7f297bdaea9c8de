"""Where rule packs are found: in the installed wheel, in a checkout, and where the user points."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources.abc import Traversable
from pathlib import Path

from cleaner.errors import RuleError
from cleaner.rules.folder import SUFFIX, rules_place, shipped
from cleaner.rules.loader import Fault, check_unique, fault_of, load_pack
from cleaner.rules.rule import RulePack


def built_in_files() -> list[tuple[Traversable, str]]:
    """The pack files that come with `cleaner`, each with the name to show (`rules/en/share.toml`), in order.

    Raises:
        RuleError: they are not there (a broken installation).
    """
    try:
        return [(file, f"rules/{name}") for name, file in shipped()]
    except OSError as e:
        raise RuleError(rules_place(), None, "the rule packs are missing; reinstall cleaner") from e


def pack_files(path: Path) -> list[Path]:
    """The pack files that `path` (a TOML file or a folder of them, at any depth) stands for, sorted.

    Raises:
        RuleError: there is no such path, or no pack in it.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise RuleError(str(path), None, "no such file or directory")
    found = sorted(path.rglob(f"*{SUFFIX}"))
    if not found:
        raise RuleError(str(path), None, f"holds no {SUFFIX} file")
    return found


def load_packs(extra: Iterable[Path] = (), built_in: bool = True, fault: Fault = fault_of) -> list[RulePack]:
    """Load the built-in packs and those of `extra` (files or folders), whose patterns have no `fault`.

    Raises RuleError for the first bad rule.
    """
    packs = []
    if built_in:
        packs += [load_pack(file, name, fault) for file, name in built_in_files()]
    for path in extra:
        packs += [load_pack(p, fault=fault) for p in pack_files(path)]
    check_unique(rule for pack in packs for rule in pack.rules)
    return packs
