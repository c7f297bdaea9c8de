#!/usr/bin/env python3
"""Kill runs with SIGKILL at random moments, over all ways of writing; then run again, and look at what is there.

    python tools/kill_test.py [--kills 100] [--ways out,inplace] [--size 300] [--seed 1] [--folder /tmp/somewhere]

After each kill: every file that can be seen is whole (*torn*), and what a person had is there, or its backup (*lost*).
After the next run (the same command, with --resume where it is one for folders) all is as after an undisturbed run, to
the byte (*differs*), and nothing else is there (*left behind*; the account that --resume keeps beside a folder, as
docs/batch.md has it, is not counted). Exit status 0 if all these are 0.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULES = ("--select", "ad,newsletter", "--lang", "en")
SENTENCES = (
    "The council met on Monday and voted for the new bridge over the river.",
    "Advertisement",
    "Nobody in the hall had expected the vote to go this way.",
    "Work begins in May, the mayor said, and is to end within two years.",
    "ADVERTISEMENT",
    "Ask the desk of the Oldtown Weekly",
    "",
)
Files = dict[str, bytes]


@dataclass(frozen=True)
class Way:
    """A way of writing.

    Attributes:
        make: writes the inputs (folder, size, random numbers).
        command: the arguments of a run; `{texts}` stands for the names of the texts.
        again: what the next run says besides.
        kept: the suffix under which the old content stays.
    """

    make: Callable[[Path, int, random.Random], None]
    command: tuple[str, ...]
    again: tuple[str, ...] = ()
    kept: str = ""


def texts(folder: Path, size: int, rng: random.Random) -> None:
    """So many texts."""
    for i in range(size):
        path = folder / "in" / f"{i % 7}" / f"{i:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([f"Story {i}.", *rng.choices(SENTENCES, k=20)]) + "\n")


def lines(folder: Path, size: int, rng: random.Random) -> None:
    """A file of JSON lines, of some MiB."""
    with (folder / "in.jsonl").open("w") as f:
        for i in range(size * 5):
            f.write(json.dumps({"id": i, "text": "\n".join([f"Story {i}.", *rng.choices(SENTENCES, k=80)])}) + "\n")


def table(folder: Path, size: int, rng: random.Random) -> None:
    """A file of comma-separated values."""
    with (folder / "in.csv").open("w") as f:
        f.write("id,text\n")
        for i in range(size * 5):
            f.write(f'{i},"' + "\n".join([f"Story {i}.", *rng.choices(SENTENCES, k=40)]) + '"\n')


RESUME = ("--resume",)
WAYS = {
    "out": Way(texts, ("in", "-o", "out", "--jobs", "1", "--report", "report"), RESUME),
    "out-2": Way(texts, ("in", "-o", "out", "--jobs", "2", "--report", "report"), RESUME),
    "inplace": Way(texts, ("in", "-i", "--jobs", "1"), RESUME),
    "inplace-2": Way(texts, ("in", "-i", "--jobs", "2"), RESUME),
    "backup": Way(texts, ("in", "-i=.bak", "--jobs", "1"), RESUME, ".bak"),
    "files": Way(texts, ("-i", "{texts}")),
    "files-backup": Way(texts, ("-i=.bak", "{texts}"), kept=".bak"),
    "jsonl": Way(lines, ("in.jsonl", "-o", "out", "--jobs", "1", "--report", "report"), RESUME),
    "jsonl-2": Way(lines, ("in.jsonl", "-o", "out", "--jobs", "2", "--report", "report"), RESUME),
    "jsonl-inplace": Way(lines, ("in.jsonl", "-i=.bak"), kept=".bak"),
    "csv": Way(table, ("in.csv", "-o", "out", "--report", "report"), RESUME),
    "report": Way(texts, ("in", "--check", "--report", "report")),
    "repeats": Way(texts, ("in", "-o", "out", "--repeats"), RESUME),
    "learn": Way(texts, ("learn", "in", "-o", "pack.toml")),
}


def contents(folder: Path) -> Files:
    """All that is there, but the account that is kept beside a folder."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not (p.parent == folder and p.name.endswith(".cleaner-journal"))
    }


def seen(files: Files) -> Files:
    """Those of them that are not hidden."""
    return {n: c for n, c in files.items() if not any(part.startswith(".") for part in n.split("/"))}


class Trial:
    """One way, tried again and again.

    Args:
        way: the way.
        folder: a place for it.
        size: how many texts.
        rng: random numbers.
    """

    def __init__(self, way: Way, folder: Path, size: int, rng: random.Random) -> None:
        self._way, self._rng = way, rng
        self._pristine, self._work, self._temporary = folder / "pristine", folder / "work", folder / "tmp"
        for made in (self._pristine, self._temporary):
            made.mkdir(parents=True)
        way.make(self._pristine, size, rng)
        self._old = contents(self._pristine)
        shutil.copytree(self._pristine, self._work)
        began = time.monotonic()
        status = self._start(()).wait()
        if status not in (0, 1):
            raise SystemExit(f"{way.command}: the undisturbed run failed ({status})")
        self.seconds = time.monotonic() - began
        self._new = contents(self._work)

    def _start(self, more: tuple[str, ...]) -> subprocess.Popen[bytes]:
        names = [n for n in sorted(self._old) if n.endswith(".txt")]
        command = [w for word in (*self._way.command, *more) for w in (names if word == "{texts}" else [word])]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self._temporary)}
        return subprocess.Popen(
            [sys.executable, "-m", "cleaner", *command, "-q", *RULES], cwd=self._work, env=environment
        )

    def kill(self) -> list[str] | None:
        """Start a run, kill it, run again. Returns the faults found; None if the run had ended before the kill."""
        shutil.rmtree(self._work)
        shutil.copytree(self._pristine, self._work)
        process = self._start(())
        time.sleep(self._rng.uniform(0.1, 1.0) * self.seconds)
        if process.poll() is not None:
            self.seconds *= 0.9  # the machine was busier when it was measured
            return None
        process.send_signal(signal.SIGKILL)
        process.wait()
        faults = self._look(seen(contents(self._work)))
        status = self._start(self._way.again).wait()
        if status not in (0, 1):
            faults.append(f"differs: the next run failed ({status})")
        after = contents(self._work)
        faults += [f"left behind: {n}" for n in sorted(set(after) - set(self._new))]
        faults += [f"differs: {n}" for n in sorted(self._new) if after.get(n) != self._new[n]]
        left = [p.name for p in self._temporary.iterdir()]
        shutil.rmtree(self._temporary)
        self._temporary.mkdir()
        return faults + [f"left behind: temporary {name}" for name in left]

    def _look(self, files: Files) -> list[str]:
        faults = []
        for name, content in files.items():
            if content not in (self._old.get(name), self._new.get(name)):
                faults.append(f"torn: {name}")
        for name, content in self._old.items():
            kept = files.get(name + self._way.kept) if self._way.kept else None
            here = files.get(name)
            if here != content and (here != self._new.get(name) or self._way.kept and kept != content):
                faults.append(f"lost: {name}")
        return faults


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    ap.add_argument("--kills", type=int, default=100, help="in all ways together")
    ap.add_argument("--ways", default=",".join(WAYS))
    ap.add_argument("--size", type=int, default=300, help="texts of a run")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--folder", type=Path)
    args = ap.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kill-", dir=args.folder))
    rng = random.Random(args.seed)
    names = args.ways.split(",")
    # The rules are made ready once; the times below shall not hold that.
    subprocess.run([sys.executable, "-m", "cleaner", "-q", *RULES], cwd=ROOT, stdin=subprocess.DEVNULL, check=True)
    trials = {name: Trial(WAYS[name], folder / name, args.size, rng) for name in names}
    print("undisturbed: " + ", ".join(f"{name} {trial.seconds:.1f} s" for name, trial in trials.items()))
    killed: collections.Counter[str] = collections.Counter()
    found: collections.Counter[str] = collections.Counter()
    late = 0
    while killed.total() < args.kills:
        name = min(names, key=lambda n: (killed[n], n))
        faults = trials[name].kill()
        if faults is None:
            late += 1
            if late > 5 * args.kills + 20:
                print("too many runs ended before they could be killed")
                return 1
            continue
        killed[name] += 1
        if killed.total() % 50 == 0:
            print(f"{killed.total()} kills, {found.total()} faults")
        for fault in faults:
            print(f"{name}, kill {killed[name]}: {fault}")
        found.update({fault.partition(":")[0] for fault in faults})
    shutil.rmtree(folder)
    ways = ", ".join(f"{name} {count}" for name, count in sorted(killed.items()))
    print(f"{killed.total()} kills ({ways}); {late} came too late")
    print(", ".join(f"{found[kind]} {kind}" for kind in ("torn", "lost", "differs", "left behind")))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
