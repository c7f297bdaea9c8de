"""In the writers' Python: `python -m benchmarks.writers.worker write FAMILY FOLDER`, `… read FAMILY LIST OUT`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.writers.case import read_all, write_all


def main() -> None:
    """Do what the arguments say."""
    what, family, place, *rest = sys.argv[1:]
    module = import_module(f"benchmarks.writers.by_{family}")
    if what == "write":
        write_all(module.WRITER, module.version(), module.cases(), Path(place))
    else:
        read_all(module.cases(), json.loads(Path(place).read_text()), Path(*rest))


if __name__ == "__main__":
    main()
