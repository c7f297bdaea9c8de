"""The commonest runs (texts to bodies with or without a diff or `--check`, `--jsonl`, `--help`) without the whole command
line.

Whatever is not plain here (a terminal, a setting that needs more, an input that cannot be read) is left to `cleaner.cli` before
anything is written: the quick way must never be told from the long one.
"""

from __future__ import annotations

import gc
import os
import sys
from itertools import chain

from cleaner.cli.inputs import into_itself
from cleaner.cli.plain import RECORDS, guarded, settings_files
from cleaner.signature import hint, refused

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cleaner.api import Cleaner
    from cleaner.cli.plain import Asked
    from cleaner.output.result import Result

# More than this (bytes) is read and written one file after the other, by the long way.
_MOST = 16_000_000
_HELP_WIDTH = 80
# Settings that are arguments of `Cleaner` as they stand, and those that need more than that.
_ARGUMENTS = {
    "select": "select",
    "ignore": "ignore",
    "level": "level",
    "lang": "languages",
    "max-removed": "max_removed",
    "max-time": "max_time",
    "max-memory": "max_memory",
}
_LONG = {"rules", "keep", "site"}


def run(asked: Asked) -> int | None:
    """Clean what a plain run asks for; the exit status, or None to leave it."""
    paths = asked.paths
    if sys.stdin is None or sys.stdout is None or sys.stdout.isatty():
        return None
    if into_itself(tuple(paths) or ("-",)):
        return None
    settings = _settings(asked)
    if settings is None:
        return None
    if asked.jsonl:
        return None if any(map(os.path.isdir, paths)) or not paths and sys.stdin.isatty() else _json_lines(paths)
    if any(path.lower().endswith(RECORDS) for path in paths):
        return None
    style = _style(asked, settings)
    if style and not asked.diff_only and (sys.stderr is None or sys.stderr.isatty()) or style and _colored(settings):
        return None
    if paths in ([], ["-"]):
        texts = None if sys.stdin.isatty() else _stdin()
    else:
        texts = None if "-" in paths else _files(paths)
    if texts is None:
        return None
    from cleaner.api import Cleaner

    cleaner = Cleaner(**{_ARGUMENTS[key]: value for key, value in settings.items() if key in _ARGUMENTS})
    if style or asked.check:
        return _shown(cleaner, list(zip(paths or ["-"], texts, strict=True)), asked, style)
    from cleaner.cli.inputs import Bodies

    bodies = Bodies()
    status = 0
    for text, path in zip(texts, paths or ["-"], strict=True):
        result = cleaner.clean(text)
        sys.stdout.buffer.write(bodies.next(result.body).encode())
        if result.stopped:
            from cleaner.cli.inputs import shown

            sys.stdout.buffer.flush()
            status = _stopped(shown(path), result)
    sys.stdout.buffer.flush()
    return status


def _settings(asked: Asked) -> Mapping[str, Any] | None:
    """The settings that hold, by key; None if they ask for what is not plain. Raises ConfigError."""
    files = settings_files(os.getcwd())
    first = next(files, None)
    if first is None:
        return {}
    from cleaner.cli.config import nearest_config

    config = nearest_config(chain((first,), files))
    if not config.path:
        return {}
    if asked.jsonl or config.per_path or config.values.keys() & _LONG or config.get("statistics"):
        return None
    return config.values


def _style(asked: Asked, settings: Mapping[str, Any]) -> str | None:
    if asked.quiet:
        return None
    if asked.diff_only:
        return asked.diff or "unified"
    by_default = None if settings.get("no-diff") else settings.get("diff") or "unified"
    return asked.diff or by_default


def _colored(settings: Mapping[str, Any]) -> bool:
    """Whether a diff may have to be coloured though it goes to no terminal."""
    return settings.get("color") == "always" or bool(os.environ.get("FORCE_COLOR"))


def _shown(cleaner: Cleaner, texts: list[tuple[str, str]], asked: Asked, style: str | None) -> int:
    """Clean texts, write their bodies, and show what was taken out; returns the exit status."""
    from cleaner.cli.inputs import Bodies, shown
    from cleaner.cli.standard import telling, untold
    from cleaner.render.changes import changes
    from cleaner.render.terminal import write

    bodies = Bodies()
    status = bad = 0
    for path, text in texts:
        result = cleaner.clean(text, shown(path))
        if asked.check:
            status = 1 if result.changed else status
        elif not asked.diff_only:
            write(sys.stdout, bodies.next(result.body))
        if style and result.changed:
            diff = "".join(fragment for line in changes(result, style) for fragment, _ in line)
            if asked.diff_only:
                write(sys.stdout, diff)
            else:
                with telling():
                    write(sys.stderr, diff)
        if style and result.guarded:
            from cleaner.cli.app import fail

            fail(guarded(result.name))
        if result.stopped:
            bad = _stopped(result.name, result)
    return 2 if untold() else bad or status


def _stopped(name: str, result: Result) -> int:
    """Say of a text why it is left as it is; returns the exit status."""
    from cleaner.cli.app import fail

    return fail(f"{name}: left as it is: {result.stopped}")


def _json_lines(paths: list[str]) -> int:
    from cleaner.cli.streams import Streams
    from cleaner.output.losses import NONE

    failures: list[int] = []

    def fail(message: str) -> None:
        from cleaner.cli.app import fail

        failures.append(fail(message))

    def out(text: str) -> None:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()

    streams = Streams({}, ("text",), False, NONE, out, fail)
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
    return None if 0 < columns < _HELP_WIDTH else show_text("help.txt")


def show_text(name: str) -> int | None:
    """Write a text that lies beside this module to stdout; returns 0, or None if it is not to be had."""
    try:
        with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
            text = file.read()
    except OSError:
        return None
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


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
