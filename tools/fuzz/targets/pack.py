"""Rule packs: read, or refused in one line that names the file; a pack that is read is put in one form once and stays so."""

from __future__ import annotations

import tomllib

from cleaner.errors import RuleError
from cleaner.rules.loader import load_pack
from cleaner.workbench.lint import advice, lint
from cleaner.workbench.pack_format import formatted
from tools.fuzz.files import put


def check(data: bytes) -> None:
    """Load, lint and format a pack."""
    path = put(data, "pack.toml")
    _, problems = lint([(path, "pack.toml")])
    try:
        text = data.decode()
        once = formatted(text, "pack.toml")
    except (UnicodeDecodeError, RuleError):
        pass
    else:
        assert formatted(once, "pack.toml") == once
        assert tomllib.loads(once) == tomllib.loads(text)
    try:
        pack = load_pack(path, "pack.toml")
    except RuleError as e:
        assert problems
        assert str(e).startswith("pack.toml: ")
        return
    for rule in pack.rules:
        list(advice(rule))
