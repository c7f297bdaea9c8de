"""A few rules for tests that should not depend on the packs that ship."""

from __future__ import annotations

import tomllib
from typing import Any

from cleaner.judging.engine import Engine
from cleaner.output.result import Result
from cleaner.rules.loader import parse_pack
from cleaner.rules.rule import Rule
from cleaner.text.document import Document

PACK = r"""
about = "Rules for tests."
category = "promo"
language = "en"

[[rule]]
id = "read-more"
why = "A pointer."
match = '^read more:'
drop = ["Read more: one", "READ MORE: two"]
keep = ["He read more: three books."]

[[rule]]
id = "inline"
why = "A pointer inside a line."
match = ' ?\(see also: [^()]{1,60}\)'
scope = "span"
drop = ["It rained. (See also: weather)", "(see also: x)"]
keep = ["See also: x"]

[[rule]]
id = "related"
why = "A heading with its links."
match = '^related:?$'
scope = "block"
example = '''
 A sentence of prose that has a good many words and that ends as sentences do.
-
-Related
-One
-Two

 A sentence of prose that has a good many words and that ends as sentences do.
'''

[[rule]]
id = "comments"
why = "All that follows is not the article's."
match = '^comments \(\d{1,4}\)$'
scope = "rest"
zone = "tail"
example = '''
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
 A sentence of prose that has a good many words and that ends as sentences do.
-Comments (2)
-Anna
-Nice.
'''
"""


def rules_of(text: str = PACK) -> tuple[Rule, ...]:
    return parse_pack(tomllib.loads(text), "small.toml").rules


def one_rule(**keys: Any) -> Rule:
    """A rule with an example document that no one runs."""
    entry = {"id": "one", "why": "A test.", "example": [" x"], **keys}
    return parse_pack({"about": "A", "category": "promo", "language": "en", "rule": [entry]}, "one.toml").rules[0]


def clean(text: str, *rules: Rule, max_removed: float | None = 1.0) -> Result:
    judgement = Engine(rules or rules_of(), max_removed=max_removed).run(Document(text))
    return Result("text", text, judgement.verdicts, judgement.guarded)
