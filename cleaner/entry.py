"""Where every run of the program begins. Kept light: what a run does not need is not imported."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on `args` (those of the process by default); returns the exit status."""
    words = list(sys.argv[1:] if args is None else args)
    try:
        from cleaner.shelf import prime

        prime(_tell)
        if words and not _wants_more(words):
            from cleaner.quick import run as run_quick

            status = run_quick(words)
            if status is not None:
                return status
        from cleaner.cli.app import run

        return run(words)
    except KeyboardInterrupt:
        return INTERRUPTED


def _wants_more(words: list[str]) -> bool:
    """Whether anything beside `-q` and inputs is asked for: then the whole command line must read it."""
    return not any(w in ("-q", "--no-diff") for w in words) or any(
        w.startswith("-") and w not in ("-", "-q", "--no-diff") for w in words
    )


def _tell() -> None:
    if sys.stderr is not None and sys.stderr.isatty():
        print("cleaner: making the rules ready; this happens once, and takes some seconds", file=sys.stderr)
