"""Where every run of the program begins. Kept light: what a run does not need is not imported."""

from __future__ import annotations

import sys
from collections.abc import Sequence

INTERRUPTED = 130


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line on `args` (those of the process by default); returns the exit status."""
    try:
        from cleaner.cli.app import run

        return run(list(sys.argv[1:] if args is None else args))
    except KeyboardInterrupt:
        return INTERRUPTED
