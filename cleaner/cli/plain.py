"""Words that the quick way and the whole command line share, so that they never read a run differently."""

from __future__ import annotations

import os

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Iterator

# The options of a plain filter, as click is told of them too.
QUIET = ("-q", "--quiet", "--no-diff")
JSONL = ("--jsonl",)
# The ways to show what was taken out, as `cleaner.render.changes` has them.
STYLES = ("unified", "annotated", "words")
# The settings file that is ours alone, and the one that is everybody's.
OWN, PROJECT = "cleaner.toml", "pyproject.toml"
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


class Asked:
    """What a plain run asks for.

    Attributes:
        paths: the inputs, as they were named.
        jsonl, quiet, check, diff_only: whether those options were given.
        diff: the value of `--diff`; None if it was not given.
    """

    def __init__(
        self, paths: list[str], jsonl: bool, quiet: bool, check: bool, diff_only: bool, diff: str | None
    ) -> None:
        self.paths, self.jsonl, self.quiet = paths, jsonl, quiet
        self.check, self.diff_only, self.diff = check, diff_only, diff


def asked(words: list[str]) -> Asked | None:
    """What a run of these words asks for, if it is plain: bodies, a diff or a check of texts, or `--jsonl` without a diff.

    None if it has other options, a verb, or options that exclude each other.
    """
    # A first word such as `rules` is a verb.
    if words and not words[0].startswith("-") and not {".", "/"} & set(words[0]):
        return None
    flags = (*QUIET, *JSONL, "--check", "--diff-only")
    paths, styles, given = [], [], set()
    for word in words:
        if word == "-" or not word.startswith("-"):
            paths.append(word)
        elif word in flags:
            given.add(word)
        elif word.startswith("--diff=") and word[7:] in STYLES:
            styles.append(word[7:])
        else:
            return None
    quiet, jsonl = not given.isdisjoint(QUIET), not given.isdisjoint(JSONL)
    check, diff_only = "--check" in given, "--diff-only" in given
    if diff_only and (check or quiet) or jsonl and (styles or check or diff_only):
        return None
    return Asked(paths, jsonl, quiet, check, diff_only, styles[-1] if styles else None)


def users_file() -> str:
    """Where the user's own settings are looked for (XDG Base Directory); empty if there is no home."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(base):  # by that specification, others are passed over
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return ""
        base = os.path.join(home, ".config")
    return os.path.join(base, "cleaner", OWN)


def settings_files(folder: str) -> Iterator[str]:
    """The files that may hold the settings for `folder`, told without reading TOML: the nearest first, the user's own last.

    A `pyproject.toml` is one if it names us (by escapes TOML could do so otherwise, and nobody does).
    """
    while True:
        own, project = os.path.join(folder, OWN), os.path.join(folder, PROJECT)
        if os.path.isfile(own):
            yield own
        try:
            with open(project, "rb") as file:
                names_us = b"cleaner" in file.read()
        except OSError:
            names_us = False
        if names_us:
            yield project
        above = os.path.dirname(folder)
        if above == folder:
            break
        folder = above
    users = users_file()
    if os.path.isfile(users):
        yield users


def guarded(name: str) -> str:
    """What to say of a text whose weak evidence was set aside."""
    return f"{name}: weak evidence was set aside: it would have taken too much (see --max-removed)"
