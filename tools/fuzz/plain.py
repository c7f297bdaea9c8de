"""The corpus and random changes of it, for so long; what is run in a core with sanitizers, too."""

from __future__ import annotations

import hashlib
import itertools
import sys
import time
import traceback
from pathlib import Path

from tools.fuzz.mutation import mutated
from tools.fuzz.targets import Check, check_of, seeds

_FOR_EVER = sys.maxsize


def run(name: str, seconds: float, seed: int, keep: Path) -> tuple[int, float, int]:
    """Try a target for so many seconds of processor time; what breaks its property is written to `keep`.

    What fuzzing by coverage kept there is begun with. Returns inputs tried, seconds, and faults.
    """
    check, known = check_of(name), seeds(name)
    known += [file.read_bytes() for file in sorted((keep / name).glob("*"))]
    for data in known[:1]:
        _broken(check, data)  # what is made once is not counted
    tried = faults = 0
    began = time.process_time()
    for data in itertools.chain(known, mutated(known, _FOR_EVER, seed)):
        if time.process_time() - began > seconds:
            break
        tried += 1
        if why := _broken(check, data):
            faults += 1
            broken = keep / "faults" / f"{name}-{hashlib.sha1(data).hexdigest()[:12]}"
            broken.parent.mkdir(exist_ok=True)
            broken.write_bytes(data)
            print(f"{broken}:\n{why}", flush=True)
    return tried, time.process_time() - began, faults


def _broken(check: Check, data: bytes) -> str:
    """How the property does not hold for these bytes; empty if it does."""
    try:
        check(data)
    except Exception:
        return traceback.format_exc()
    return ""
