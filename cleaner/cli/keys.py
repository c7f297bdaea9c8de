"""What a settings file may say: its keys, which are the names of the long options, and what each takes."""

from __future__ import annotations

import os

from cleaner.errors import ConfigError


class Key:
    """What one key takes.

    Attributes:
        kind: `names`, `paths` and `texts` are lists; `text`, `choice`, `flag`, `share` (0 to 1),
            `amount` (above 0), `count` (1 and more).
        choices: what a `choice` can be.
        default: what holds where nothing is said, for a person to read.
    """

    def __init__(self, kind: str, default: str = "", choices: tuple[str, ...] = ()) -> None:
        self.kind, self.default, self.choices = kind, default, choices

    @property
    def is_list(self) -> bool:
        """Whether it takes several values."""
        return self.kind in ("names", "paths", "texts")


_FLAG = "false"
KEYS = {
    # Which rules.
    "select": Key("names", "[]"),
    "ignore": Key("names", "[]"),
    "level": Key("choice", '"standard"', ("careful", "standard", "thorough")),
    "lang": Key("names", "[]"),
    "rules": Key("paths", "[]"),
    "max-removed": Key("share", "0.5, of a whole page 0.9"),
    "keep": Key("paths", "[]"),
    # What a text may cost.
    "max-time": Key("amount", "300"),
    "max-memory": Key("amount", "4000"),
    # What is shown.
    "diff": Key("choice", '"unified"', ("unified", "annotated", "words")),
    "no-diff": Key("flag", _FLAG),
    "color": Key("choice", '"auto"', ("auto", "always", "never")),
    "statistics": Key("flag", _FLAG),
    "keep-times": Key("flag", _FLAG),
    "summary": Key("choice", '"table"', ("table", "json")),
    # Records and files.
    "text-field": Key("texts", '["text"]'),
    "url-field": Key("text", '"url"'),
    "site-field": Key("text", "the address's domain"),
    "share-field": Key("text", "none"),
    "drop-above": Key("share", "nothing is dropped"),
    "flag-field": Key("text", "none"),
    "edits": Key("flag", _FLAG),
    "include": Key("texts", "[]"),
    "exclude": Key("texts", "[]"),
    "exclude-from": Key("paths", "[]"),
    "format": Key(
        "choice",
        '"auto"',
        ("auto", "text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "arrow", "warc"),
    ),
    "delimiter": Key("text", "by suffix"),
    "quote": Key("text", '"\\""'),
    "escape": Key("text", "found"),
    "jobs": Key("count", "2 from 8 MiB on"),
    "site": Key("paths", "[]"),
    "repeats": Key("flag", "where a site is named"),
}
# What decides which lines go is all that some paths can have of their own.
PER_PATH = ("select", "ignore", "level", "lang", "rules", "max-removed", "keep")


def checked(path: str, key: str, value: object, where: str = "") -> object:
    """`value` as `key` takes it; paths counted from the file `path`. Raises ConfigError naming `where`, or the file."""
    what = KEYS[key]
    where = where or path
    if what.is_list:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(i, str) and i for i in items):
            raise ConfigError(f"{where}: {key!r} must be a text or a list of texts, not {value!r}")
        return tuple(os.path.join(os.path.dirname(path), i) for i in items) if what.kind == "paths" else tuple(items)
    if what.kind == "flag":
        if not isinstance(value, bool):
            raise ConfigError(f"{where}: {key!r} must be true or false, not {value!r}")
        return value
    if what.kind == "share":
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise ConfigError(f"{where}: {key!r} must be a number from 0 to 1, not {value!r}")
        return float(value)
    if what.kind == "amount":
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            raise ConfigError(f"{where}: {key!r} must be a number above 0, not {value!r}")
        return float(value)
    if what.kind == "count":
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise ConfigError(f"{where}: {key!r} must be a whole number of 1 or more, not {value!r}")
        return value
    if not isinstance(value, str):
        raise ConfigError(f"{where}: {key!r} must be a text, not {value!r}")
    if what.kind == "choice" and value not in what.choices:
        raise ConfigError(f"{where}: {key!r} must be one of {', '.join(what.choices)}, not {value!r}")
    return value
