"""What the results of a run depend on besides its inputs, fact by fact: a run to resume must have had the same."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping

from cleaner.batch.cleaners import Cleaners, Own
from cleaner.batch.plan import Plan
from cleaner.distribution import code, version
from cleaner.value import Value

# The arguments of `Cleaner` that options of other names set.
_OPTIONS = {
    "languages": "--lang",
    "max_removed": "--max-removed",
    "max_time": "--max-time",
    "max_memory": "--max-memory",
}
# What is in them counts (see "rules"), not where they lie.
_PACKS = "rules"


def fingerprint(plan: Plan, cleaners: Cleaners) -> dict[str, str]:
    """Each fact by the name that a person knows it by. `cleaners` are built of the plan's options."""
    options = {
        _OPTIONS.get(name, f"--{name.replace('_', '-')}"): _shown(value)
        for name, value in sorted(plan.options.items())
        if name != _PACKS
    }
    return {
        "program": _program(),
        "rules": _digest(repr([_facts(rule) for rule in cleaners.rules()]).encode()),
        **options,
        "per-path": _shown(plan.own and _digest(repr([_of_paths(own) for own in plan.own]).encode())),
        "--text-field": _shown(plan.fields.texts),
        "--url-field": plan.fields.url,
        "--site-field": _shown(plan.fields.site),
        "folder": _shown(plan.fields.folder or None),
        "--share-field": _shown(plan.fields.losses.share),
        "--drop-above": _shown(plan.fields.losses.above),
        "--flag-field": _shown(plan.fields.losses.flag),
        "--format": _shown(plan.kind and str(plan.kind)),
        "--delimiter": _shown(plan.dialect.delimiter),
        "--quote": _shown(plan.dialect.quote),
        "--escape": _shown(plan.dialect.escape),
        "--repeats": _shown(plan.repeats),
        "--site": _digest(b"".join(pack.read_bytes() for pack in plan.site_packs)) if plan.site_packs else _shown(None),
        "--report": "given" if plan.report else "not given",
        "output": "in place" if not plan.target.mirrors else "to a folder",
    }


def _of_paths(own: Own) -> object:
    options = sorted((name, value) for name, value in own.options.items() if name != _PACKS)
    return os.path.realpath(own.folder), own.patterns, options


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """What is not the same, as a phrase; empty if all is."""
    names = [*new, *(n for n in old if n not in new)]
    pairs = ((name, old.get(name, "unknown"), new.get(name, "unknown")) for name in names)
    return "; ".join(f"{name}: {before}, now {now}" for name, before, now in pairs if before != now)


def _program() -> str:
    """Version and code of this program, and what else decides how a text is read."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{version() or 'of a checkout'} (code {code()[:8]}, Python {python}, regex {version('regex') or 'unknown'})"


def _shown(value: object) -> str:
    if value is None or value == ():
        return "not given"
    return ",".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def _facts(value: object) -> object:
    """A value with its fields and sets in an order that is the same in every process; where a rule lies is none of them."""
    if isinstance(value, Value):
        return [_facts(v) for name, v in value.fields().items() if name != "file"]
    return sorted(map(repr, value)) if isinstance(value, frozenset) else repr(value)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
