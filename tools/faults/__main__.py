"""Disturb runs at random moments, over all ways of writing; then run again, and look at what is there.

    python -m tools.faults [--fault kill,signal,full,io,twice,reader] [--rounds 100] [--seconds 600] [--ways out,inplace] [--size 20] [--seed 1]

`kill`: kill -9. `signal`: a request to end. `full`: a full disk (a small tmpfs, so it needs root). `io`: an I/O error of the disk,
injected. `twice`: two runs at once. `reader`: who reads the output goes.

After each: every file that can be seen is whole (*torn*), what a person had is there, or its backup (*lost*), and a run that could
not write said so in a line, with status 2 (*untold*). After the next run (the same command, with --resume where it is one for
folders) all is as after an undisturbed run, to the byte (*differs*), and nothing else is there (*left behind*; the account that
--resume keeps beside a folder, as docs/batch.md has it, is not counted). Exit status 0 if all these are 0.
"""

from __future__ import annotations

import argparse
import collections
import math
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools.faults import inputs
from tools.faults.disturb import FAULTS, reader_gone
from tools.faults.forked import prepare
from tools.faults.trial import ROOT, Trial
from tools.faults.ways import WAYS

_KINDS = ("torn", "lost", "differs", "left behind", "untold")
_READER = "reader"
# What a person pipes somewhere; `{}` stands for a file.
_PIPED = (
    ("{text}",), ("-q", "{text}"), ("--diff-only", "{text}"), ("--jsonl", "-q", "{lines}"), ("--jsonl", "--edits", "{lines}"),
    ("--check", "--output-format", "json", "{text}"), ("explain", "{text}"), ("rules", "list"), ("compare", "{results}", "{results}"),
)  # fmt: skip


def main() -> int:
    """Disturb, and tell."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    ap.add_argument("--fault", default="kill", help="one or several, parted by commas, or all [kill]")
    ap.add_argument("--rounds", type=int, default=100, help="of each fault, in all ways together [100]")
    ap.add_argument("--seconds", type=float, default=math.inf, help="end each fault's rounds after so many, and tell")
    ap.add_argument("--ways", default=",".join(WAYS))
    ap.add_argument("--size", type=int, default=20, help="texts of a run [20]")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--folder", type=Path)
    args = ap.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="faults-", dir=args.folder))
    rng = random.Random(args.seed)
    wanted = [*FAULTS, _READER] if args.fault == "all" else args.fault.split(",")
    names = args.ways.split(",")
    prepare()
    trials = _Trials(lambda name: Trial(WAYS[name], folder / name, args.size, rng))
    found: collections.Counter[str] = collections.Counter()
    for fault in wanted:
        if fault == _READER:
            found += _readers(args.rounds, args.seconds, folder, rng)
        else:
            found += _rounds(fault, args.rounds, args.seconds, names, trials)
    shutil.rmtree(folder)
    return 1 if found else 0


class _Trials(dict[str, Trial]):
    """Those of the ways, each with its undisturbed run, made when it is asked for."""

    def __init__(self, make: Callable[[str], Trial]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Trial:
        made = self[name] = self._make(name)
        print(f"undisturbed: {name} {made.seconds:.2f} s")
        return made


def _rounds(fault: str, wanted: int, seconds: float, names: list[str], trials: _Trials) -> collections.Counter[str]:
    """Disturb so many runs in one way of disturbing."""
    done: collections.Counter[str] = collections.Counter()
    found: collections.Counter[str] = collections.Counter()
    # Where each request to the disk is to be failed, one process must make them all.
    names = [name for name in names if fault != "io" or WAYS[name].one]
    late = 0
    began = time.monotonic()
    while done.total() < wanted and time.monotonic() - began < seconds:
        name = min(names, key=lambda n: (done[n], n))
        faults = trials[name].round(FAULTS[fault])
        if faults is None:
            late += 1
            if late > 5 * wanted + 20:
                print(f"{fault}: too many runs ended before anything went wrong")
                found["late"] += 1
                return found
            continue
        done[name] += 1
        if done.total() % 10 == 0:
            print(f"{fault}: {done.total()} rounds, {found.total()} faults")
        for one in faults:
            print(f"{fault}, {name}, round {done[name]}: {one}")
        found.update({one.partition(":")[0] for one in faults})
    ways = ", ".join(f"{name} {count}" for name, count in sorted(done.items()))
    print(f"{fault}: {done.total()} rounds ({ways}); {late} came too late")
    print(f"{fault}: " + ", ".join(f"{found[kind]} {kind}" for kind in _KINDS))
    return found


def _readers(wanted: int, seconds: float, folder: Path, rng: random.Random) -> collections.Counter[str]:
    """Runs whose reader goes."""
    folder = folder / _READER
    folder.mkdir()
    WAYS["out"].make(folder, 1, rng)
    text = next((folder / "in").rglob("*.txt"))
    text.write_text(text.read_text() * 400)
    inputs.results(folder, 40, rng)
    inputs.lines(folder, 40, rng)
    known = {"{text}": str(text), "{lines}": str(folder / "in.jsonl"), "{results}": str(folder / "new.jsonl")}
    found: collections.Counter[str] = collections.Counter()
    began = time.monotonic()
    number = 0
    while number < wanted and time.monotonic() - began < seconds:
        command = [known.get(word, word) for word in _PIPED[number % len(_PIPED)]]
        taken = rng.choice((0, 1, 100, 5000))
        for one in reader_gone(
            [sys.executable, "-m", "cleaner", *command], {**os.environ, "PYTHONPATH": str(ROOT)}, taken
        ):
            print(f"{_READER}, round {number + 1}: {one}")
            found["untold"] += 1
        number += 1
    print(f"{_READER}: {number} rounds of {len(_PIPED)} commands; {found['untold']} untold")
    return found


if __name__ == "__main__":
    sys.exit(main())
