"""`rules format`: one form, nothing lost."""

from __future__ import annotations

import tomllib

import pytest

from cleaner.errors import RuleError
from cleaner.rules.packs import built_in_files
from cleaner.workbench.pack_format import formatted
from tests.running import Run

MESSY = """# The pack's own comment.
category = "promo"
about="A pack."   # said once
language = 'en'
# Of the first rule.
[[ rule ]]
why = "A \\"pointer\\"."
keep = ["He said zz more."]
id = "zz-more"
# Why this pattern.
match = "^zz more: \\\\d"
drop = [
  "zz more: 1",  # an item's
  "zz more: 2",
]
# The end of the first.


[[rule]]
id = "zz-block"
why = "A block."
match = '^zz block'
scope = "block"
example = "\\n It rained.\\n-zz block\\n-One"
"""
NEAT = """# The pack's own comment.
about = "A pack."  # said once
category = "promo"
language = "en"

# Of the first rule.
[[rule]]
id = "zz-more"
why = 'A "pointer".'
# Why this pattern.
match = '^zz more: \\d'
drop = [
  "zz more: 1",  # an item's
  "zz more: 2",
]
keep = ["He said zz more."]
# The end of the first.

[[rule]]
id = "zz-block"
why = "A block."
match = '^zz block'
scope = "block"
example = '''

 It rained.
-zz block
-One'''
"""


def test_a_messy_pack_comes_out_neat() -> None:
    assert formatted(MESSY, "a.toml") == NEAT
    assert formatted(NEAT, "a.toml") == NEAT


@pytest.mark.parametrize(
    "file", [file for file, _ in built_in_files()[::12]], ids=lambda f: f"{f.parent.name}-{f.stem}"
)
def test_nothing_is_lost_of_what_ships(file: object) -> None:
    text = file.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    once = formatted(text, str(file))
    assert tomllib.loads(once) == tomllib.loads(text)
    assert formatted(once, str(file)) == once


@pytest.mark.parametrize(
    "text", ["rule = [{ id = 'a' }]\n[x]\n", "about = 'a'\nabout = 'b'\n", '"about" = "x"\n', "a.b = 1\n"]
)
def test_what_cannot_be_put_in_order_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        formatted(text, "a.toml")


def test_the_command_writes_in_place_and_checks(run: Run, tmp_path: object) -> None:
    path = tmp_path / "a.toml"  # type: ignore[operator]
    path.write_text(MESSY)
    assert run("rules", "format", "--check", "a.toml").status == 1
    assert path.read_text() == MESSY
    assert run("rules", "format", "a.toml").status == 0
    assert path.read_text() == NEAT
    assert run("rules", "format", "--check", "a.toml").status == 0
    (tmp_path / "bad.toml").write_text("[x\n")  # type: ignore[operator]
    done = run("rules", "format", "a.toml", "bad.toml")
    assert done.status == 2
    assert done.err.startswith("cleaner: bad.toml: not valid TOML")
