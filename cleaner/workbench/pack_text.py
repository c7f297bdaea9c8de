"""The text of a rule pack as the program writes one: its head, its rules, values as TOML that reads well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cleaner.rules.loader import RULE_KEYS

# A pack to begin from, for a category, a language and a rule's name.
TEMPLATE = """about = "What this pack takes out, in one sentence."
category = "{category}"
language = "{language}"

[[rule]]
id = "{id}"
# One sentence for the person who asks why their line went.
why = "A pointer to another story is no part of this one."
# Searched in the line as 'cleaner rules try' shows it; letter case is ignored.
match = '^more on this(?: story)?\\s*:'
# Lines that it hits (two for a rule that drops alone), and lines that look alike and must stay.
drop = ["More on this story: The mayor's plan", "More on this: Ten cheap laptops"]
keep = ["More on this will be said in court, the judge promised."]
# Also: when, unless, scope, score, case, zone, min_words, max_words, near, repeat, until, example (docs/rules.md).
"""
_WIDTH = 120
_PATTERNS = {"match", "unless", "until"}


def head_text(about: str, category: str, language: str, comments: Iterable[str] = ()) -> str:
    """What a pack begins with, after lines of `comments`."""
    head = {"about": about, "category": category, "language": language}
    return "\n".join([*map(comment, comments), *(f"{k} = {value_text(k, v)}" for k, v in head.items())]) + "\n"


def entry_text(entry: Mapping[str, Any], comments: Iterable[str] = ()) -> str:
    """One `[[rule]]` table, its keys in their order, below lines of `comments`."""
    keys = (f"{key} = {value_text(key, entry[key])}" for key in RULE_KEYS if key in entry)
    return "\n".join([*map(comment, comments), "[[rule]]", *keys]) + "\n"


def comment(text: str) -> str:
    """`text` as a comment of one line, whatever it holds."""
    return "# " + "".join(c if c.isprintable() else "?" for c in text)


def value_text(key: str, value: Any) -> str:
    """A value as TOML: patterns as literal texts where they can be, examples over several lines, long lists too."""
    if isinstance(value, str):
        if "\n" in value and "'''" not in value and _is_plain(value):
            return f"'''\n{value}'''"
        return _text(value, literal=key in _PATTERNS)
    if isinstance(value, list):
        items = [value_text(key, item) for item in value]
        line = f"[{', '.join(items)}]"
        if "\n" not in line and len(key) + 3 + len(line) <= _WIDTH or not items:
            return line
        return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {value_text(k, v)}" for k, v in value.items()) + " }"
    return json.dumps(value)


def _text(text: str, literal: bool) -> str:
    if text.isprintable() and (literal or "\\" in text or '"' in text):
        if "'" not in text:
            return f"'{text}'"
        if "'''" not in text and not text.endswith("'"):
            return f"'''{text}'''"
    # Half a surrogate pair is no text that a file can hold.
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_plain(text: str) -> bool:
    return all(c.isprintable() or c in "\n\t" for c in text)
