"""Words that the quick way and the whole command line share, so that they never read a run differently."""

from __future__ import annotations

# The options of a plain filter, as click is told of them too.
QUIET = ("-q", "--no-diff")
JSONL = ("--jsonl",)
# How names of files end that hold records, or are packed: no plain texts.
_HELD = (
    ".jsonl",
    ".ndjson",
    ".json",
    ".csv",
    ".tsv",
    ".parquet",
    ".arrow",
    ".arrows",
    ".feather",
    ".ipc",
    ".warc",
    ".wet",
)
_PACKED = (".gz", ".gzip", ".zst", ".zstd", ".bz2", ".xz", ".lz4")
RECORDS = (*_HELD, *_PACKED)


def is_plain(words: list[str]) -> bool:
    """Whether a run asks for nothing but bodies: `-q` or `--jsonl`, `-` and names. JSON lines are shown no diff."""
    known = (*QUIET, *JSONL)
    return any(w in known for w in words) and all(w in known or w == "-" or not w.startswith("-") for w in words)
