"""One way of writing, tried again and again: disturbed, looked at, run again, looked at."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.faults.forked import Forked
from tools.faults.ways import Way

ROOT = Path(__file__).resolve().parent.parent.parent
Files = dict[str, bytes]
_PAGE = 4096
# The least that is taken for what a run writes besides: a file aside, an account.
_ASIDE = 1 << 16


def contents(folder: Path) -> Files:
    """All that is there, but the account that is kept beside a folder."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and not (p.parent == folder and p.name.endswith(".cleaner-journal"))
    }


def _size(files: Files) -> int:
    """Bytes that files take on a disk of whole pages, in memory."""
    return sum(-(-len(c) // _PAGE) * _PAGE for c in files.values())


def seen(files: Files) -> Files:
    """Those of them that are not hidden."""
    return {n: c for n, c in files.items() if not any(part.startswith(".") for part in n.split("/"))}


class Trial:
    """A way.

    Args:
        way: the way.
        folder: a place for it.
        size: how many texts.
        rng: random numbers.

    Attributes:
        old, new: what is there before, and after an undisturbed run.
        seconds: of processor time that it took.
        room: within about how many bytes more a disk may be full (see `full`); what a run writes aside is not known.
        asked: from about which number of requests on the disk may fail (see `failing`).
        status: how the last run ended.
        faults: what was found in this round.
    """

    def __init__(self, way: Way, folder: Path, size: int, rng: random.Random) -> None:
        self._way, self.rng = way, rng
        self._pristine, self._work, self._temporary = folder / "pristine", folder / "work", folder / "tmp"
        for made in (self._pristine, self._temporary):
            made.mkdir(parents=True)
        way.make(self._pristine, size, rng)
        self.old = contents(self._pristine)
        self.faults: list[str] = []
        self.status, self.said = 0, ""
        self._looked = False
        shutil.copytree(self._pristine, self._work)
        undisturbed = self.start()
        self.ended(undisturbed)
        if self.status not in (0, 1):
            raise SystemExit(f"{way.command}: the undisturbed run failed ({self.status}): {self.said}")
        self.seconds = undisturbed.seconds
        self.new = contents(self._work)
        self.room = float(max(_ASIDE, _size(self.new) - _size(self.old)))
        # A write, a flush and a rename of each file.
        self.asked = 3.0 * sum(self.old.get(n) != c for n, c in self.new.items())

    def start(self, more: tuple[str, ...] = (), failing: int = 0) -> Forked:
        """Start a run; with `failing` the disk fails it from that number of requests on."""
        names = [n for n in sorted(self.old) if n.endswith(".txt")]
        given = (*self._way.command, *more, *self._way.more)
        command = [w for word in given for w in (names if word == "{texts}" else [word])]
        module = ["tools.faults.failing", str(failing), self._way.program] if failing else [self._way.program]
        environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(self._temporary)}
        return Forked([*module, *command], self._work, environment)

    def ended(self, process: Forked) -> None:
        """Wait for a run."""
        self.said = process.communicate()
        self.status = process.returncode or 0
        if self.status == -signal.SIGKILL:
            return  # its workers, if they were just about to be, say in Python's own words that nobody told them what to do
        if "Traceback" in self.said or "internal error" in self.said:
            self.faults.append(f"untold: {self.said[-500:]!r}")

    def wants_one_line(self) -> None:
        """A run that could not write must say so, with status 2."""
        if self.status != 2 or "cleaner: " not in self.said and self._way.program == "cleaner":
            self.faults.append(f"untold: {self.status}, {self.said[-300:]!r}")

    def round(self, disturb: Callable[[Trial], bool]) -> list[str] | None:
        """Disturb a run, and run again. Returns the faults found; None if nothing went wrong in time."""
        shutil.rmtree(self._work)
        shutil.copytree(self._pristine, self._work)
        self.faults, self._looked = [], False
        went = disturb(self)
        if went and not self._looked:
            self.look_and_run_again()
        for left in self._temporary.iterdir():
            if went:
                self.faults.append(f"left behind: temporary {left.name}")
        shutil.rmtree(self._temporary)
        self._temporary.mkdir()
        return self.faults if went else None

    def look_and_run_again(self) -> None:
        """Look at what a disturbed run left, run again, and look once more."""
        self._looked = True
        files = contents(self._work)
        self._look(seen(files))
        whole = all(files.get(n) == c for n, c in self.new.items())
        if not (whole and self._way.once):
            self.ended(self.start(self._way.again))
            if self.status not in (0, 1):
                self.faults.append(f"differs: the next run failed ({self.status}): {self.said[-300:]}")
        after = contents(self._work)
        self.faults += [f"left behind: {n}" for n in sorted(set(after) - set(self.new))]
        self.faults += [f"differs: {n}" for n in sorted(self.new) if after.get(n) != self.new[n]]

    def _look(self, files: Files) -> None:
        for name, content in files.items():
            if content not in (self.old.get(name), self.new.get(name)):
                self.faults.append(f"torn: {name}")
        for name, content in self.old.items():
            kept = files.get(name + self._way.kept) if self._way.kept else None
            here = files.get(name)
            if here != content and (here != self.new.get(name) or self._way.kept and kept != content):
                self.faults.append(f"lost: {name}")

    @contextmanager
    def disk(self, room: float) -> Iterator[None]:
        """A disk in the place of the work, with so many bytes free. Raises SystemExit where none can be mounted."""
        aside = self._work.with_name("held")
        self._work.rename(aside)
        self._work.mkdir()
        try:
            size = _size(self.old) + int(room) // _PAGE * _PAGE
            _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(self._work))
            try:
                shutil.copytree(aside, self._work, dirs_exist_ok=True)
                yield
            finally:
                subprocess.run(["umount", self._work], check=True)
        finally:
            shutil.rmtree(aside)

    def grow(self) -> None:
        """Give the small disk room."""
        _mount("-o", "remount,size=1G", str(self._work))


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"a small disk cannot be mounted here: {done.stderr.strip()}")
