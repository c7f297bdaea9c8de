"""Runs of `cleaner` over what the writers wrote: into another folder, by one process and two, resumed, and in place."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.cli.entry import main
from tools.environment import ROOT

_ALWAYS = ("--no-config",)

LINES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json")


@dataclass
class Group:
    """Cases that one run takes together: a folder of them, or the files of one of them.

    Attributes:
        home: where everything of it lies; `in` is in it.
        options: of `cleaner`.
        glob: which files are named one by one; empty for the folder.
        errors: what was named, by the file's name, and how often.
        said: what the first run said.
        stayed: why the run in place was refused, if only that was.
        refusal: why the whole run was refused; empty if it was not.
        faults: what did not agree.
    """

    home: Path
    options: Sequence[str]
    glob: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    said: str = ""
    stayed: str = ""
    refusal: str = ""
    faults: list[str] = field(default_factory=list)

    def result(self, kind: str, number: int, file: str) -> Path:
        """Where the result of a case lies."""
        if self.glob:
            return self.home / f"out-{kind}"
        return self.home / "out" / str(number) / kind / file

    def clean(self) -> None:
        """Do all runs, and compare them."""
        if self.glob:
            self._clean_files()
            return
        self.said = self._run("in", "-o", "out", "--jobs", "1", "--report", "report.jsonl")
        self._take(self.said)
        if self.refusal:
            self._in_place()
            return
        if not self.options:
            self._agree()
        self._in_place()

    def _agree(self) -> None:
        """Two processes, and a run that is killed and goes on, give the same."""
        self._run("in", "-o", "out2", "--jobs", "2", "--report", "report2.jsonl")
        self._killed("in", "-o", "out3", "--resume", "--report", "report3.jsonl")
        self._run("in", "-o", "out3", "--resume", "--report", "report3.jsonl")
        wanted = contents(self.home / "out"), (self.home / "report.jsonl").read_bytes()
        for n, what in (("2", "--jobs 2"), ("3", "--resume")):
            found = contents(self.home / f"out{n}")
            self.faults += [
                f"{f}: {what} is not the same" for f in wanted[0].keys() | found if wanted[0].get(f) != found.get(f)
            ]
            if (self.home / f"report{n}.jsonl").read_bytes() != wanted[1]:
                self.faults.append(f"{what}: another report")

    def _clean_files(self) -> None:
        for kind in ("dirty", "clean"):
            (folder,) = (self.home / "in").glob(f"*/{kind}/*")
            names = [str(p) for p in sorted(folder.rglob(self.glob))]
            said = self._run(*names, "-o", f"out-{kind}", "--report", f"report-{kind}.jsonl")
            # Files that are named one by one are told by their own names alone.
            self._take(said, f"report-{kind}.jsonl", f"{folder.parent.parent.name}/{kind}/")

    def _in_place(self) -> None:
        """In place every file is what the output is; what was refused stays."""
        shutil.copytree(self.home / "in", self.home / "place", symlinks=True)
        said = self._run("place", "-i")
        old, new = contents(self.home / "in"), contents(self.home / "place")
        out = contents(self.home / "out") if (self.home / "out").is_dir() else {}
        if old == new and not self.refusal and "readers do without" in said:
            self.stayed = f"-i: {' '.join(said.split())}"
            return
        for name, data in old.items():
            # What is packed and does not change is packed anew into another folder, and not touched in place.
            untouched = new.get(name) == data and unpacked(name, data) == unpacked(name, out.get(name, data))
            if not untouched and new.get(name) != out.get(name, data):
                self.faults.append(f"{name}: -i is not what -o is")
        self.faults += [f"{name}: is new after -i" for name in new.keys() - old.keys()]

    def _run(self, *arguments: str) -> str:
        """Run `cleaner` in this process, where it has to begin only once; returns what it said."""
        with redirect_stderr(io.StringIO()) as said, redirect_stdout(io.StringIO()), chdir(self.home):
            status = main([*_ALWAYS, *self.options, *arguments])
        if status not in (0, 2) or "Traceback" in said.getvalue():
            self.faults.append(f"status {status}: {said.getvalue().strip()[-300:]}")
        return said.getvalue()

    def _killed(self, *arguments: str) -> None:
        """A run that is killed when its first output is there."""
        with subprocess.Popen(
            [sys.executable, "-m", "cleaner", *_ALWAYS, *self.options, *arguments],
            cwd=self.home, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            while process.poll() is None and not any(p.is_file() for p in (self.home / "out3").glob("*/*/*")):
                time.sleep(0.001)
            process.kill()

    def _take(self, said: str, report: str = "report.jsonl", folder: str = "") -> None:
        """Read what the report and the run itself named, of files in `folder`."""
        path = self.home / report
        if not path.exists():
            self.refusal = " ".join(said.split())
            return
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if "error" in told:
                self.errors.setdefault(folder + told["name"], []).append(told["error"])

    def disagreed(self, number: int) -> list[str]:
        """What did not agree in the files of a case, or in all of a run."""
        return [f for f in self.faults if f.startswith(f"{number}/") or not f[0].isdigit()]

    def named(self, number: int, kind: str) -> list[str]:
        """What was named in the files of a case."""
        begin = re.compile(rf"(?:\A|/){number}/{kind}/")
        return [e for name, errors in self.errors.items() if begin.search(name) for e in errors]


def contents(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by name, without the accounts of runs."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and "cleaner-journal" not in p.name
    }


def unpacked(name: str, data: bytes) -> bytes:
    """Lines without their packing, which need not come out with the same bytes; other files as they are."""
    if not any(end in name for end in LINES):
        return data
    if name.endswith((".gz", ".gzip")):
        return gzip.decompress(data)
    if name.endswith(".bz2"):
        return bz2.decompress(data)
    if name.endswith(".xz"):
        return lzma.decompress(data)
    if name.endswith((".zst", ".zstd")):
        import zstandard

        with zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True) as stream:
            return bytes(stream.readall())
    return data
