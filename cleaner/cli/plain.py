"""Words that the quick way and the whole command line share, so that they never read a run differently."""

from __future__ import annotations

import os

# The options of a plain filter, as click is told of them too.
QUIET = ("-q", "--quiet", "--no-diff")
JSONL = ("--jsonl",)
# How names of files end that hold records, which are no plain texts.
RECORDS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".gz", ".zst")
# The settings file that is ours alone.
OWN = "cleaner.toml"


def is_plain(words: list[str]) -> bool:
    """Whether a run asks for nothing but bodies: `-q` or `--jsonl`, `-` and names. JSON lines are shown no diff."""
    known = (*QUIET, *JSONL)
    return any(w in known for w in words) and all(w in known or w == "-" or not w.startswith("-") for w in words)


def users_file() -> str:
    """Where the user's own settings are looked for (XDG Base Directory); empty if there is no home."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):  # by that specification, others are passed over
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return ""
        base = os.path.join(home, ".config")
    return os.path.join(base, "cleaner", OWN)
