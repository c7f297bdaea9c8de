"""Fuzz the targets: `python -m tools.fuzz [--seconds N] [--target NAME]… [--plain | --sanitize] [--seed N] [--keep FOLDER]`.

Without more: coverage-guided by atheris (`pip install atheris`), each target for its share of N seconds of processor time, one process.
What is found is kept under FOLDER, and the next run begins with it. `--plain`: random changes of the corpus, which needs no atheris.
`--sanitize`: the same in a core built with -fsanitize=address,undefined (gcc), of a copy of the package. Exit status 1 if a property
does not hold; the inputs are under FOLDER.
"""

from __future__ import annotations

import argparse
import functools
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tools.fuzz import plain, sanitized
from tools.fuzz.targets import CORPUS, ROOT, names

# Bytes of an input, seconds and megabytes that it may take.
_LONGEST, _SLOWEST, _MEMORY = 4096, 300, 3000
# Seconds of a turn of one target.
_TURN = 60.0


class Found(NamedTuple):
    """What fuzzing came to: inputs tried, seconds of processor time, faults, and edges of our code that were seen."""

    tried: int = 0
    seconds: float = 0.0
    faults: int = 0
    covered: int = 0

    def and_then(self, more: Found) -> Found:
        """Both together; the edges are those of the target that has most."""
        return Found(
            self.tried + more.tried, self.seconds + more.seconds, self.faults + more.faults, max(self.covered, more.covered)
        )  # fmt: skip

    def told(self) -> str:
        """For a person."""
        return f"{self.tried:10,} inputs {self.seconds:8.1f} s {self.covered:6} edges {self.faults:3} faults"


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
    found = {name: Found() for name in targets}
    # By turns, so that a run that is ended early has looked at everything.
    turns = max(1, round(share / _TURN))
    for turn in range(turns):
        for name in targets:
            if args.plain:
                more = Found(*plain.run(name, share / turns, args.seed + turn, args.keep))
            else:
                more = _guided(name, share / turns, args.seed + turn, args.keep)
            found[name] = found[name].and_then(more)
            print(f"{name:14} {found[name].told()}", flush=True)
    whole = functools.reduce(Found.and_then, found.values())
    print(f"{'all':14} {whole.told()}")
    return int(whole.faults > 0)


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
            f"-rss_limit_mb={_MEMORY}", f"-report_slow_units={_SLOWEST}", f"-artifact_prefix={broken / name}-", f"-seed={seed + faults}", str(grown), *map(str, given),
        ]  # fmt: skip
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
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
        if "ERROR: libFuzzer" not in said:
            raise SystemExit(f"{name}: {said[-2000:]}")
        faults += 1
        tried += int(rows[-1][0][1:]) if rows else 0
        spent += resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        print(said[said.find(" === Uncaught") :][:3000], flush=True)
    return Found(tried, spent, faults, covered)


if __name__ == "__main__":
    sys.exit(main())
