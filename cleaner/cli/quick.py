"""The commonest runs, `cleaner -q`, `cleaner --jsonl` (with or without files) and `cleaner --help`, without the whole
command line.

Whatever is not plain here (a terminal, a settings file, an input that cannot be read) is left to `cleaner.cli` before
anything is written: the quick way must never be told from the long one.
"""

from __future__ import annotations

import gc
import os
import sys

from cleaner.cli.inputs import into_itself
from cleaner.cli.plain import JSONL, QUIET, RECORDS
from cleaner.signature import hint, refused

# More than this (bytes) is read and written one file after the other, by the long way.
_MOST = 16_000_000
_HELP_WIDTH = 80


def run(words: list[str]) -> int | None:
    """Clean the inputs that `words` (`-q`, `--jsonl`, `-`, file names) name; the exit status, or None to leave it."""
    # A first word such as `rules` is a verb.
    if not words[0].startswith("-") and not {".", "/"} & set(words[0]):
        return None
    if sys.stdin is None or sys.stdout is None or sys.stdout.isatty() or _has_settings(os.getcwd()):
        return None
    paths = [w for w in words if w not in (*QUIET, *JSONL)]
    if into_itself(tuple(paths) or ("-",)):
        return None
    if not set(JSONL).isdisjoint(words):
        return None if any(map(os.path.isdir, paths)) or not paths and sys.stdin.isatty() else _json_lines(paths)
    if any(path.lower().endswith(RECORDS) for path in paths):
        return None
    if paths in ([], ["-"]):
        texts = None if sys.stdin.isatty() else _stdin()
    else:
        texts = None if "-" in paths else _files(paths)
    if texts is None:
        return None
    from cleaner.api import Cleaner
    from cleaner.cli.inputs import Bodies

    cleaner = Cleaner()
    bodies = Bodies()
    status = 0
    for text, path in zip(texts, paths or ["-"], strict=True):
        result = cleaner.clean(text)
        sys.stdout.buffer.write(bodies.next(result.body).encode())
        if result.stopped:
            from cleaner.cli.app import fail
            from cleaner.cli.inputs import shown

            sys.stdout.buffer.flush()
            status = fail(f"{shown(path)}: left as it is: {result.stopped}")
    sys.stdout.buffer.flush()
    return status


def _json_lines(paths: list[str]) -> int:
    from cleaner.cli.streams import Streams

    failures: list[int] = []

    def fail(message: str) -> None:
        from cleaner.cli.app import fail

        failures.append(fail(message))

    def out(text: str) -> None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()

    streams = Streams({}, ("text",), False, out, fail)
    if not gc.isenabled():
        from cleaner.memory import collect_seldom

        collect_seldom()  # a stream may be long
    streams.clean(tuple(paths) or ("-",))
    return max(failures, default=0)


def show_help() -> int | None:
    """Show the help as click lays it out for 80 columns or more; returns 0, or None where it would look otherwise."""
    if sys.stdout is None or sys.__stdout__ is None or "COLUMNS" in os.environ:
        return None
    try:
        columns = os.get_terminal_size(sys.__stdout__.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    if 0 < columns < _HELP_WIDTH:
        return None
    try:
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return None
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _has_settings(folder: str) -> bool:
    """Whether a settings file may hold for `folder`."""
    while True:
        if os.path.exists(os.path.join(folder, "cleaner.toml")):
            return True
        try:
            with open(os.path.join(folder, "pyproject.toml"), "rb") as file:
                if b"cleaner" in file.read():
                    return True
        except FileNotFoundError:
            pass
        except OSError:
            return True
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above


def _stdin() -> list[str] | None:
    data = sys.stdin.buffer.read()
    text = _text(data)
    if text is not None:
        return [text]
    import io

    # What was read is given back, for the long way to read again and to complain of.
    sys.stdin = io.TextIOWrapper(io.BytesIO(data))
    return None


def _text(data: bytes) -> str | None:
    """`data` as a text of which there is nothing to say."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return None if refused(data) or hint(text) else text


def _files(paths: list[str]) -> list[str] | None:
    texts = []
    left = _MOST
    for path in paths:
        try:
            with open(path, "rb") as file:
                data = file.read(left + 1)
            left -= len(data)
            if left < 0:
                return None
        except (OSError, ValueError):
            return None
        text = _text(data)
        if text is None:
            return None
        texts.append(text)
    return texts
