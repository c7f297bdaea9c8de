"""One target under atheris, whose coverage of our code says which inputs are worth changing further.

`python -m tools.fuzz.guided TARGET SECONDS [options of libFuzzer and folders of inputs]`; `__main__` starts it. Its last line on stdout
is JSON: inputs tried and seconds of processor time. What breaks the property ends the run with another exit status than 0, and is
written where `-artifact_prefix` says.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time

import atheris


def main() -> None:
    """Fuzz until the seconds of processor time are used up."""
    name, seconds = sys.argv[1], float(sys.argv[2])
    tried = 0
    began = time.process_time()

    def one(data: bytes) -> None:
        nonlocal tried
        spent = time.process_time() - began
        if spent > seconds:
            print(json.dumps({"tried": tried, "seconds": round(spent, 1)}), flush=True)
            os._exit(0)  # libFuzzer has no other way to be told of an end; all it found is on the disk
        tried += 1
        check(data)

    # Only our own code: what it calls is not ours to fuzz. To the end, since much is imported late.
    with atheris.instrument_imports(include=["cleaner"]):
        importlib.import_module("cleaner.api")
        check = importlib.import_module(f"tools.fuzz.targets.{name}").check
        atheris.Setup([sys.argv[0], *sys.argv[3:]], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
