"""Fuzz the targets: `python -m tools.fuzz [--seconds N] [--target NAME]… [--plain | --sanitize] [--seed N] [--keep FOLDER]`.

Without more: coverage-guided by atheris (`pip install atheris`), each target for its share of N seconds of processor time, one process.
What is found is kept under FOLDER, and the next run begins with it. `--plain`: random changes of the corpus, which needs no atheris.
`--sanitize`: the same in a core built with -fsanitize=address,undefined (gcc), of a copy of the package. Exit status 1 if a property
does not hold; the inputs are under FOLDER.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tools.fuzz import plain, sanitized
from tools.fuzz.targets import CORPUS, ROOT, names

# Bytes of an input, seconds and megabytes that it may take.
_LONGEST, _SLOWEST, _MEMORY = 4096, 60, 3000


class Found(NamedTuple):
    """What fuzzing a target came to."""

    target: str
    tried: int
    seconds: float
    covered: int
    faults: int


def main() -> int:
    """Fuzz, and print a row for each target."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--seconds", type=float, default=600, help="of processor time, for all targets together [600]")
    ap.add_argument("--target", action="append", choices=names(), help="only these")
    ap.add_argument("--plain", action="store_true", help="random changes, not guided")
    ap.add_argument("--sanitize", action="store_true", help="random changes, in a core built with sanitizers")
    ap.add_argument("--seed", type=int, default=1, help="of random changes")
    ap.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz", metavar="FOLDER")
    args = ap.parse_args()
    targets = args.target or names()
    args.keep.mkdir(parents=True, exist_ok=True)
    share = args.seconds / len(targets)
    if args.sanitize:
        return sanitized.run(targets, share, args.seed, args.keep)
    found = []
    for name in targets:
        if args.plain:
            tried, seconds, faults = plain.run(name, share, args.seed, args.keep)
            found.append(Found(name, tried, seconds, 0, faults))
        else:
            found.append(_guided(name, share, args.seed, args.keep))
        print(
            "{0.target:14} {0.tried:9,} inputs {0.seconds:7.0f} s {0.covered:6} edges {0.faults:3} faults".format(
                found[-1]
            ),
            flush=True,
        )
    print(
        f"{sum(f.tried for f in found):,} inputs, {sum(f.seconds for f in found):.0f} s, {sum(f.faults for f in found)} faults"
    )
    return int(any(f.faults for f in found))


def _guided(name: str, share: float, seed: int, keep: Path) -> Found:
    """Fuzz a target; a fault ends its process, and the next one goes on with what is left of its time."""
    grown, broken = keep / name, keep / "faults"
    grown.mkdir(exist_ok=True)
    broken.mkdir(exist_ok=True)
    given = [folder for folder in (CORPUS / name, ROOT / "samples") if folder.is_dir()]
    tried = covered = faults = 0
    spent = 0.0
    while spent < share and faults < 5:
        command = [
            sys.executable, "-m", "tools.fuzz.guided", name, str(share - spent), f"-max_len={_LONGEST}", f"-timeout={_SLOWEST}",
            f"-rss_limit_mb={_MEMORY}", f"-artifact_prefix={broken / name}-", f"-seed={seed + faults}", grown, *given,
        ]  # fmt: skip
        began = time.monotonic()
        log = keep / f"{name}.log"
        with log.open("w") as to:
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=to, text=True)
        said = log.read_text(errors="replace")
        rows = [line.split() for line in said.splitlines() if line.startswith("#") and "cov:" in line]
        covered = max([covered, *(int(row[row.index("cov:") + 1]) for row in rows)])
        if done.returncode == 0:
            told = json.loads(done.stdout.splitlines()[-1])
            tried, spent = tried + told["tried"], spent + told["seconds"]
            break
        if not rows:
            raise SystemExit(f"{name}: {said[-2000:]}")
        faults += 1
        tried += int(rows[-1][0][1:])
        spent += time.monotonic() - began  # no less than what it took
        print(said[said.find(" === Uncaught") :][:3000], flush=True)
    return Found(name, tried, spent, covered, faults)


if __name__ == "__main__":
    sys.exit(main())
